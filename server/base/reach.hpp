// Which hosts a request may go to: a closed list, however the address was learnt.
#pragma once

#include <string>
#include <vector>

#include "base/url.hpp"

namespace passerelle {

struct Reach {
  std::vector<std::string> origins;  // "https://api.twilio.com", "http://127.0.0.1:13013"; a path is not looked at
  std::vector<std::string> domains;  // "twiliocdn.com": this host and those below it, by https at its own port alone

  bool empty() const { return origins.empty() && domains.empty(); }
  void add(const Reach& more);
};

std::string origin_of(const WebUrl& url);  // "https://api.twilio.com:443": always with its port
bool reaches(const Reach& reach, const WebUrl& url);
bool reaches(const Reach& reach, std::string_view url);  // false for what is no http(s) URL

}  // namespace passerelle
