// One mail as bytes (RFC 5322, RFC 2047, RFC 6532), from a text of ours. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace passerelle::adapters::smtp {

struct Mail {
  std::string from;  // ASCII
  std::string from_name;
  std::string to;
  std::string subject;
  std::string message_id;  // without its angle brackets
  std::string language;    // BCP 47, or empty
  std::string text;
  TimePoint date{};
};

// With CRLF at each line's end and dots doubled (RFC 5321, 4.5.2); the dot that ends it is not in it. 'eight_bit': the
// server takes letters beyond ASCII as they are (8BITMIME); else the text goes as base64.
std::string mail_bytes(const Mail& mail, bool eight_bit);

// An address that can stand in an envelope and a header without quoting: letters, digits, a few signs, one '@', a
// domain with a dot. Letters beyond ASCII are allowed: they need SMTPUTF8.
bool is_mail_address(std::string_view text);
bool is_ascii(std::string_view text);

// "Mon, 22 Mar 2027 09:00:00 +0000"
std::string mail_date(TimePoint time);

// ASCII as it is; else encoded words of at most 75 bytes, on lines of their own, no letter cut in two (RFC 2047).
std::string header_text(std::string_view text);

}  // namespace passerelle::adapters::smtp
