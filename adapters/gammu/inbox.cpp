#include "adapters/gammu/inbox.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "adapters/text.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::gammu {
namespace {

constexpr std::string_view mark = "\xFE\xFF";    // UTF-16BE
constexpr std::int64_t minute = 60'000'000'000;  // in nanoseconds
constexpr std::string_view stamp = "IN00000000_000000_00_";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The units of a part. What follows a NUL is left over from elsewhere: Gammu writes as many bytes as the text would
// need in its locale.
std::optional<std::u16string> units_of(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::u16string units;
  for (std::size_t at = mark.size(); at < bytes.size(); at += 2) {
    const auto high = static_cast<unsigned char>(bytes[at]);
    const auto low = static_cast<unsigned char>(bytes[at + 1]);
    const auto unit = static_cast<char16_t>(high << 8 | low);
    if (unit == 0) break;
    units += unit;
  }
  return units;
}

bool is_high(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string utf8_of(const std::u16string& units) {
  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char16_t unit = units[i];
    if (is_high(unit) && i + 1 < units.size() && is_low(units[i + 1])) {
      append_utf8(text, 0x10000U + ((static_cast<char32_t>(unit) - 0xD800U) << 10) + (units[++i] - 0xDC00U));
    } else {
      append_utf8(text, is_high(unit) || is_low(unit) ? char32_t{0xFFFD} : char32_t{unit});
    }
  }
  return text;
}

}  // namespace

std::optional<Name> read_name(std::string_view file_name) {
  if (!file_name.ends_with(".txt")) return std::nullopt;
  file_name.remove_suffix(4);
  if (file_name.size() < stamp.size() + 3) return std::nullopt;
  const std::string_view head = file_name.substr(0, stamp.size());
  const std::string_view tail = file_name.substr(file_name.size() - 3);
  const bool fits =
      std::ranges::equal(head, stamp, [](char c, char wanted) { return wanted == '0' ? is_digit(c) : c == wanted; });
  if (!fits || tail[0] != '_' || !is_digit(tail[1]) || !is_digit(tail[2])) return std::nullopt;
  const std::string_view sender = file_name.substr(stamp.size(), file_name.size() - stamp.size() - 3);
  if (!is_plain(sender, 64)) return std::nullopt;
  return Name{std::string(sender), static_cast<std::size_t>((tail[1] - '0') * 10 + (tail[2] - '0'))};
}

Sorted sort_parts(std::vector<link::File> files) {
  struct One {
    link::File file;
    Name name;
  };
  Sorted sorted;
  std::vector<One> order;
  for (link::File& file : files) {
    auto name = read_name(file.name);
    if (name) {
      order.push_back({std::move(file), std::move(*name)});
    } else {
      sorted.stray.push_back(std::move(file));
    }
  }
  // A file system may tell the same time of several.
  std::ranges::sort(order, {}, [](const One& one) { return std::tie(one.file.changed, one.name.part, one.file.name); });
  std::vector<std::string> senders;  // of the texts
  for (One& one : order) {
    if (one.name.part == 0) {
      senders.push_back(std::move(one.name.sender));
      sorted.texts.push_back({std::move(one.file)});
      continue;
    }
    // Of the texts that lack this part it is the newest one's; of those of one time, the first one's.
    Parts* place = &sorted.stray;
    for (std::size_t i = 0; i < sorted.texts.size(); ++i) {
      Parts& parts = sorted.texts[i];
      const bool continues = senders[i] == one.name.sender && parts.size() == one.name.part &&
                             one.file.changed - parts.front().changed < minute;
      if (continues && (place == &sorted.stray || parts.back().changed > place->back().changed)) place = &parts;
    }
    place->push_back(std::move(one.file));
  }
  return sorted;
}

std::optional<std::string> text_of(const Parts& parts) {
  std::string text;
  std::u16string units;  // an emoji may be cut in two by a border of parts
  for (const link::File& part : parts) {
    if (!part.is_whole) return std::nullopt;
    if (part.bytes.starts_with(mark)) {
      const auto more = units_of(part.bytes);
      if (!more) return std::nullopt;
      units += *more;
    } else {
      if (!is_utf8(part.bytes) || part.bytes.find('\0') != std::string::npos) return std::nullopt;
      text += utf8_of(std::exchange(units, {})) + part.bytes;
    }
  }
  return text + utf8_of(units);
}

InboundMessage message_of(const std::string& channel, const Parts& parts, std::string text, TimePoint now) {
  const link::File& first = parts.front();
  InboundMessage message;
  message.from = {channel, read_name(first.name).value_or(Name{}).sender};
  message.provider_id = first.name.substr(2, first.name.size() - 6) + "-" + std::to_string(first.changed);
  message.text = std::move(text);
  const TimePoint arrived(std::chrono::duration_cast<TimePoint::duration>(std::chrono::nanoseconds(first.changed)));
  message.sent_at = std::clamp(arrived, TimePoint(), now);  // the name's moment is of an unknown time zone
  return message;
}

}  // namespace passerelle::adapters::gammu
