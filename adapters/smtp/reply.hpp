// What an SMTP server says (RFC 5321, 4.2), from bytes to a code and its lines. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace passerelle::adapters::smtp {

struct Reply {
  int code = 0;
  std::vector<std::string> lines;  // without code and separator

  int kind() const { return code / 100; }
  std::string why() const;  // "550_5.1.1", or "550": for staff and the log, never the server's words
};

enum class Reading { more, complete, broken };

// Takes the first reply off the front of 'arrived'. More: nothing is taken yet. Broken: these are no replies, or it
// goes on for ever.
Reading read_reply(std::string& arrived, Reply& reply);

// What the server offers, by its answer to EHLO.
struct Offers {
  bool start_tls = false, eight_bit = false, utf8 = false, size = false;
  bool plain = false, login = false;  // ways to sign in
};
Offers read_offers(const Reply& reply);

}  // namespace passerelle::adapters::smtp
