#include "adapters/generic/event.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/json_object.hpp"
#include "adapters/text.hpp"
#include "base/zone.hpp"
#include "domain/utf8.hpp"

namespace passerelle::adapters::generic {
namespace {

namespace json = boost::json;

constexpr std::size_t most_found = 1000;      // values that one reference may name
constexpr std::size_t most_parameters = 200;  // of a form

std::string unescaped(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    out += !escape ? step[i] : step[++i] == '1' ? '/' : '~';
  }
  return out;
}

std::optional<std::size_t> index_of(std::string_view step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  return error == std::errc() && end == step.data() + step.size() ? std::optional(index) : std::nullopt;
}

void walk(const json::value& value, std::span<const std::string> steps, std::vector<const json::value*>& found) {
  if (found.size() >= most_found) return;
  if (steps.empty()) return found.push_back(&value);
  const std::string& step = steps.front();
  const auto rest = steps.subspan(1);
  if (const auto* object = value.if_object()) {
    if (step == "*") {
      for (const auto& member : *object) walk(member.value(), rest, found);
    } else if (const auto* member = object->if_contains(step)) {
      walk(*member, rest, found);
    }
  } else if (const auto* list = value.if_array()) {
    const auto index = index_of(step);
    if (step == "*") {
      for (const json::value& item : *list) walk(item, rest, found);
    } else if (index && *index < list->size()) {
      walk((*list)[*index], rest, found);
    }
  }
}

std::string spelt_out(const json::value& value) {
  if (const auto* text = value.if_string()) return valid_utf8(*text);
  if (value.is_null() || value.is_object() || value.is_array()) return {};
  return json::serialize(value);
}

// The bytes 0x80 to 0x9F of Windows-1252 (WHATWG Encoding); all others are those of ISO-8859-1.
constexpr std::array<char32_t, 32> windows_1252 = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  if (charset == "utf-8" || is_utf8(bytes)) return valid_utf8(bytes);
  std::string out;
  for (const char each : bytes) {
    const auto c = static_cast<unsigned char>(each);
    append_utf8(out, charset == "windows-1252" && c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c);
  }
  return out;
}

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<TimePoint> read_number(std::string_view text, bool is_utc) {
  constexpr std::int64_t latest = 32'503'680'000;  // the year 3000
  if (text.size() == 14 && is_utc) {               // YYYYMMDDhhmmss
    std::string spelt;
    for (std::size_t i = 0; i < text.size(); ++i) {
      spelt += i == 4 || i == 6 ? "-" : i == 8 ? "T" : i == 10 || i == 12 ? ":" : "";
      spelt += text[i];
    }
    const auto instant = parse_instant(spelt + "Z");
    return instant ? std::optional(*instant) : std::nullopt;
  }
  std::int64_t value = 0;
  if (text.size() > 13) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (value <= 0) return std::nullopt;
  return value <= latest ? from_ms(value * 1000) : from_ms(value);
}

}  // namespace

Reference parse_reference(std::string_view text) {
  Reference reference;
  if (text.starts_with('?')) {
    reference.kind = Reference::Kind::query;
    reference.name = text.substr(1);
  } else if (!text.empty() && !text.starts_with('/')) {
    reference.kind = Reference::Kind::field;
    reference.name = text;
  }
  if (reference.kind != Reference::Kind::pointer) return reference;
  while (!text.empty()) {
    const auto end = std::min(text.find('/', 1), text.size());
    reference.steps.push_back(unescaped(text.substr(1, end - 1)));
    text.remove_prefix(end);
  }
  return reference;
}

std::optional<json::value> read_json(std::string_view text) {
  // The lenient reader of objects reads an array, too, as a member.
  std::string wrapped = "{\"whole\":";
  wrapped.append(text).append("}");
  std::optional<json::object> object = read_object(wrapped);
  if (!object || object->size() != 1) return std::nullopt;
  return std::move(object->at("whole"));
}

std::optional<Arrived> read_request(const HttpRequest& request, Format format, std::string_view charset) {
  Arrived arrived;
  arrived.query = parse_form(request.query(), most_parameters);
  if (format == Format::form) {
    arrived.form = request.method == "GET" ? arrived.query : parse_form(request.body, most_parameters);
    for (HttpField& pair : arrived.form) pair.value = to_utf8(pair.value, charset);
    return arrived;
  }
  std::optional<json::value> value = read_json(request.body);
  if (!value) return std::nullopt;
  arrived.json = std::move(*value);
  return arrived;
}

std::vector<Event> events_at(const Arrived& arrived, const Reference& where, Format format) {
  if (format == Format::form) return {{&arrived, nullptr}};
  std::vector<const json::value*> found;
  walk(arrived.json, where.steps, found);
  std::vector<Event> events;
  for (const json::value* value : found) events.push_back({&arrived, value});
  return events;
}

std::vector<std::string> all(const Event& event, const References& references) {
  std::vector<std::string> values;
  for (const Reference& reference : references) {
    if (reference.kind == Reference::Kind::pointer) {
      std::vector<const json::value*> found;
      if (event.json != nullptr) walk(*event.json, reference.steps, found);
      for (const json::value* value : found) {
        if (std::string text = spelt_out(*value); !text.empty()) values.push_back(std::move(text));
      }
      continue;
    }
    const bool in_query = reference.kind == Reference::Kind::query;
    for (const HttpField& pair : in_query ? event.arrived->query : event.arrived->form) {
      if (pair.name == reference.name && !pair.value.empty()) values.push_back(valid_utf8(pair.value));
    }
  }
  return values;
}

std::string first(const Event& event, const References& references) {
  const std::vector<std::string> values = all(event, references);
  return values.empty() ? std::string() : values.front();
}

bool holds(const Condition& condition, const Event& event) {
  const std::string value = first(event, condition.at);
  if (value.empty()) return false;
  return (condition.is.empty() || among(condition.is, value)) && !among(condition.is_not, value);
}

std::optional<TimePoint> read_moment(std::string_view text, bool is_utc) {
  if (all_digits(text)) return read_number(text, is_utc);
  constexpr std::size_t with_seconds = 19;
  if (text.size() < with_seconds) return std::nullopt;
  std::string spelt(text.substr(0, with_seconds));
  if (spelt[10] == ' ') spelt[10] = 'T';
  std::string_view rest = text.substr(with_seconds);
  if (rest.starts_with('.')) {
    const auto end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    std::string fraction(rest.substr(1, std::min<std::size_t>(end - 1, 3)));
    if (!fraction.empty()) spelt += "." + fraction + std::string(3 - fraction.size(), '0');
    rest.remove_prefix(end);
  }
  const bool without_colon = rest.size() == 5 && (rest[0] == '+' || rest[0] == '-') && all_digits(rest.substr(1));
  if (rest.empty() && !is_utc) return std::nullopt;
  if (rest.empty())
    spelt += 'Z';
  else if (without_colon)
    spelt.append(rest.substr(0, 3)).append(":").append(rest.substr(3));
  else
    spelt += rest;
  const auto instant = parse_instant(spelt);
  return instant ? std::optional(*instant) : std::nullopt;
}

}  // namespace passerelle::adapters::generic
