// The files in which the daemon keeps what has arrived: one for each part of a text. docs: docs.gammu.org, "Files
// backend"; the parts' names as Gammu 1.42 writes them were looked at, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channel/link.hpp"
#include "domain/message.hpp"

namespace passerelle::adapters::gammu {

// "IN20261122_003000_00_+41791234567_00.txt": of whom, and which part. The moments in the names of the parts of one
// text may differ.
struct Name {
  std::string sender;
  std::size_t part = 0;
};
std::optional<Name> read_name(std::string_view file_name);

// The parts of one text, in their order.
using Parts = std::vector<link::File>;

struct Sorted {
  std::vector<Parts> texts;       // in the order in which they arrived
  std::vector<link::File> stray;  // no text's first part, nor the next one of any
};
// The daemon writes a part right after the one before it, so that the time of a file tells to which text it belongs.
Sorted sort_parts(std::vector<link::File> files);

// Nothing: it is neither UTF-16 with its mark nor UTF-8, or longer than any text.
std::optional<std::string> text_of(const Parts& parts);

// Of a text that can be read. Its id is the name and time of its first file: names come again.
InboundMessage message_of(const std::string& channel, const Parts& parts, std::string text, TimePoint now);

}  // namespace passerelle::adapters::gammu
