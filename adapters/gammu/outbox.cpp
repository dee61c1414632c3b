#include "adapters/gammu/outbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "domain/utf8.hpp"

namespace passerelle::adapters::gammu {
namespace {

constexpr std::chrono::seconds disk_is_full{60};
constexpr std::size_t ref_length = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() >= 3 && text.size() <= 15 && std::ranges::all_of(text, is_digit);
}

char priority(MessageClass message_class) {
  switch (message_class) {
    case MessageClass::crisis: return 'A';
    case MessageClass::reply: return 'B';
    case MessageClass::reminder: return 'C';
    case MessageClass::shift: return 'D';
    case MessageClass::notice: return 'E';
  }
  return 'E';
}

// With its mark the daemon reads it as UTF-16BE whatever its locale; without, it may see question marks.
std::string utf16_of(std::string_view text) {
  std::string bytes = "\xFE\xFF";
  const auto put = [&](char32_t unit) {
    bytes += static_cast<char>(unit >> 8 & 0xFF);
    bytes += static_cast<char>(unit & 0xFF);
  };
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    at += c.size;
    if (c.value < 0x10000) {
      put(c.value);
    } else {
      put(0xD800 + ((c.value - 0x10000) >> 10));
      put(0xDC00 + ((c.value - 0x10000) & 0x3FF));
    }
  }
  return bytes;
}

// Where the daemon wants a date and a time stands our number of the message: it takes the first file by name.
std::string name_of(const OutboundMessage& message) {
  if (!is_number(message.to.user)) return {};
  const auto id = static_cast<std::uint64_t>(message.id.value) % 100'000'000'000'000;
  const std::string end = message.not_after ? fmt::format("_T{}", to_ms(*message.not_after) / 1000) : "";
  return fmt::format("OUT{}{:08}_{:06}_00_{}{}_{}.txt", priority(message.message_class), id / 1'000'000, id % 1'000'000,
                     message.to.user, end, message.ref);
}

}  // namespace

OutgoingRequest put_request(const Spool& spool, const OutboundMessage& message) {
  const std::string name = name_of(message);
  OutgoingRequest request;
  request.method = "PUT";
  request.url = "file://" + spool.outbox() + "/" + name;
  for (const std::string& folder : {spool.sent(), spool.error()})
    request.fields.push_back({"Elsewhere", folder + "/" + name});
  request.body = utf16_of(message.text);
  return request;
}

Outcome judge_put(const HttpResponse& response) {
  switch (response.status) {
    case 201: return Accepted{};
    case 409: return Accepted{};  // it has had this message: we ended before we knew
    case 400: return Refused{"recipient"};
    case 403: return Misconfigured{"outbox_denied"};
    case 404: return Misconfigured{"outbox_missing"};
    case 507: return RetryLater{disk_is_full, "no_space"};
    default: return RetryLater{std::chrono::seconds(0), "disk"};
  }
}

std::optional<TimePoint> end_of(std::string_view file_name) {
  const std::string ref = ref_of(file_name);
  if (ref.empty()) return std::nullopt;
  file_name.remove_suffix(ref.size() + std::string_view("_.txt").size());
  const auto mark = file_name.rfind("_T");
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view text = file_name.substr(mark + 2);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool fits = error == std::errc() && end == text.data() + text.size() && seconds > 0 && text.size() <= 11;
  return fits ? std::optional(from_ms(seconds * 1000)) : std::nullopt;
}

std::string ref_of(std::string_view file_name) {
  if (!file_name.starts_with("OUT") || !file_name.ends_with(".txt")) return {};
  file_name.remove_suffix(4);
  if (file_name.size() < ref_length + 1 || file_name[file_name.size() - ref_length - 1] != '_') return {};
  const std::string_view ref = file_name.substr(file_name.size() - ref_length);
  const bool is_hex = std::ranges::all_of(ref, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  return is_hex ? std::string(ref) : std::string();
}

}  // namespace passerelle::adapters::gammu
