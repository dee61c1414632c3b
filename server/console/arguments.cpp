#include "console/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <charconv>

#include "base/nearest.hpp"
#include "domain/phone.hpp"
#include "domain/phone_address.hpp"

namespace passerelle::console {
namespace {

constexpr std::string_view address_example = "sms:+41791234567";
constexpr std::string_view civil_example = "2027-03-28 14:30";
constexpr std::size_t longest_user = 128;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!trim(word).empty()) words.emplace_back(trim(word));
  }
  return words;
}

// Short codes and names of senders are nobody's number; staff may look at what came from there.
bool is_telephone(const Address& address, const Telephony& telephony) {
  if (looks_like_phone(address.user)) return true;
  const bool expected = std::ranges::find(telephony.channels, address.channel) != telephony.channels.end();
  return expected && sender_of(address.user, telephony.country) == Sender::person &&
         address.user.find(':') == std::string::npos;
}

}  // namespace

const boost::json::value* Arguments::find(std::string_view name) {
  asked_.emplace_back(name);
  const auto* value = given_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void Arguments::fault(std::string_view name, const std::string& what) {
  if (!fault_) fault_ = Error{fmt::format("'{}' {}", name, what), std::string(name)};
}

void Arguments::missing(std::string_view name, std::string_view example) {
  fault(name, fmt::format("is missing: write {}", example));
}

std::optional<std::string> Arguments::text_if_given(std::string_view name, std::string_view example) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto* text = value->if_string();
  if (text == nullptr || text->find('\0') != boost::json::string::npos) {
    fault(name, fmt::format("is not a text: write {}", example));
    return std::nullopt;
  }
  const std::string_view trimmed = trim(*text);
  return trimmed.empty() ? std::nullopt : std::optional(std::string(trimmed));
}

std::string Arguments::text(std::string_view name, std::string_view example) {
  std::optional<std::string> found = text_if_given(name, example);
  if (!found) missing(name, example);
  return std::move(found).value_or(std::string());
}

std::optional<std::string> Arguments::word_if_given(std::string_view name, const std::vector<std::string>& valid) {
  std::optional<std::string> found = text_if_given(name, valid.front());
  if (!found || std::ranges::find(valid, *found) != valid.end()) return found;
  fault(name, fmt::format("cannot be '{}': {}", *found, suggest(*found, valid)));
  return std::nullopt;
}

std::string Arguments::word(std::string_view name, const std::vector<std::string>& valid) {
  std::optional<std::string> found = word_if_given(name, valid);
  if (!found) missing(name, suggest("", valid));
  return std::move(found).value_or(std::string());
}

std::vector<std::string> Arguments::words_if_given(std::string_view name, std::string_view example) {
  const auto* value = given_.if_contains(name);
  const auto* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return split(text_if_given(name, example).value_or(std::string()));
  asked_.emplace_back(name);
  std::vector<std::string> words;
  for (const boost::json::value& item : *array) {
    if (!item.is_string()) fault(name, fmt::format("is not a list of words: write {}", example));
    if (item.is_string() && !trim(item.get_string()).empty()) words.emplace_back(trim(item.get_string()));
  }
  return words;
}

std::map<std::string, std::string> Arguments::fields_if_given(std::string_view name, std::string_view example) {
  std::map<std::string, std::string> fields;
  const auto* value = find(name);
  if (value == nullptr) return fields;
  if (const auto* object = value->if_object()) {
    for (const auto& [key, each] : *object) {
      if (!each.is_string()) fault(name, fmt::format("holds something else than texts under '{}'", std::string(key)));
      if (each.is_string()) fields[std::string(key)] = std::string(trim(each.get_string()));
    }
    return fields;
  }
  std::string_view rest = value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  if (rest.empty()) fault(name, fmt::format("is no list of fields: write {}", example));
  while (!rest.empty()) {
    const std::string_view field = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    if (trim(field).empty()) continue;
    if (equals == std::string_view::npos) {
      fault(name, fmt::format("has no '=' in '{}': write {}", trim(field), example));
      return fields;
    }
    fields[std::string(trim(field.substr(0, equals)))] = std::string(trim(field.substr(equals + 1)));
  }
  return fields;
}

std::optional<std::int64_t> Arguments::number_if_given(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  std::int64_t number = least - 1;
  if (value->is_int64()) number = value->get_int64();
  if (const auto* text = value->if_string()) {
    const char* const end = text->data() + text->size();
    if (const auto read = std::from_chars(text->data(), end, number); read.ec != std::errc() || read.ptr != end) {
      number = least - 1;
    }
  }
  if (number >= least && number <= most) return number;
  fault(name, fmt::format("is not a whole number from {} to {}", least, most));
  return std::nullopt;
}

std::optional<bool> Arguments::flag_if_given(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  const std::string_view word = value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  if (word == "yes" || word == "no") return word == "yes";
  fault(name, "is neither yes nor no");
  return std::nullopt;
}

std::optional<Address> Arguments::address_if_given(std::string_view name) {
  const std::optional<std::string> text = text_if_given(name, address_example);
  if (!text) return std::nullopt;
  const result<Address> address = parse_address(*text, telephony_);
  if (address) return *address;
  fault(name, address.error().what);
  return std::nullopt;
}

Address Arguments::address(std::string_view name) {
  std::optional<Address> found = address_if_given(name);
  if (!found) missing(name, address_example);
  return std::move(found).value_or(Address());
}

std::optional<CivilTime> Arguments::civil_if_given(std::string_view name) {
  const std::optional<std::string> text = text_if_given(name, civil_example);
  if (!text) return std::nullopt;
  const result<CivilTime> civil = parse_civil(*text);
  if (civil) return *civil;
  fault(name, fmt::format("is no date and time: write {}", civil_example));
  return std::nullopt;
}

CivilTime Arguments::civil(std::string_view name) {
  const std::optional<CivilTime> found = civil_if_given(name);
  if (!found) missing(name, civil_example);
  return found.value_or(CivilTime());
}

result<void> Arguments::sound() const {
  if (fault_) return *fault_;
  for (const auto& item : given_) {
    const std::string name(item.key());
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    const std::string remedy = asked_.empty() ? "leave it out" : suggest(name, asked_);
    return Error{fmt::format("there is no argument '{}'; {}", name, remedy), name};
  }
  return {};
}

result<Address> parse_address(std::string_view text, const Telephony& telephony) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || trim(text.substr(0, colon)).empty()) {
    return Error{fmt::format("names no channel: write {}", address_example), ""};
  }
  Address address{std::string(trim(text.substr(0, colon))), std::string(trim(text.substr(colon + 1)))};
  if (address.user.empty() || address.user.size() > longest_user) {
    return Error{fmt::format("names nobody in the channel: write {}", address_example), ""};
  }
  if (!is_telephone(address, telephony)) return address;
  result<std::string> number = address_number(address.user, telephony.country, address_example);
  if (!number) return number.error();
  address.user = *std::move(number);
  return address;
}

std::string to_string(const Address& address) { return address.channel + ":" + address.user; }

}  // namespace passerelle::console
