// How many SMS a text costs: GSM 03.38 (3GPP TS 23.038) alphabet or UCS-2, 8-bit concatenation references.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/message.hpp"

namespace passerelle::language {

struct Segments {
  Encoding encoding = Encoding::gsm7;
  std::vector<std::string> parts;  // UTF-8; no surrogate pair and no escape pair is split. An empty text is one part.
};

Segments segments(std::string_view text);
std::string_view to_string(Encoding encoding);  // "GSM-7" or "UCS-2"

}  // namespace passerelle::language
