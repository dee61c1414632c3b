#include "base/reach.hpp"

#include <algorithm>

namespace passerelle {
namespace {

std::string port_of(const WebUrl& url) { return !url.port.empty() ? url.port : url.is_https ? "443" : "80"; }

bool is_below(const std::string& host, const std::string& domain) {
  return host == domain || host.ends_with("." + domain);
}

}  // namespace

void Reach::add(const Reach& more) {
  origins.insert(origins.end(), more.origins.begin(), more.origins.end());
  domains.insert(domains.end(), more.domains.begin(), more.domains.end());
}

std::string origin_of(const WebUrl& url) {
  return (url.is_https ? "https://" : "http://") + url.host + ":" + port_of(url);
}

bool reaches(const Reach& reach, const WebUrl& url) {
  const auto is_same = [origin = origin_of(url)](const std::string& text) {
    const auto known = read_url(text);
    return known && origin_of(*known) == origin;
  };
  if (std::ranges::any_of(reach.origins, is_same)) return true;
  if (!url.is_https || port_of(url) != "443") return false;
  return std::ranges::any_of(reach.domains, [&](const std::string& domain) { return is_below(url.host, domain); });
}

bool reaches(const Reach& reach, std::string_view url) {
  const auto read = read_url(url);
  return read && reaches(reach, *read);
}

}  // namespace passerelle
