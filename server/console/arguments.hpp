// Reads the arguments of an operation. Faults are kept, so that an operation asks for everything, then looks once:
//   Arguments given(arguments);
//   const CivilTime at = given.civil("at");
//   const auto limit = given.number_if_given("limit", 1, 1000);
//   if (const auto sound = given.sound(); !sound) return sound.error();
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/zone.hpp"
#include "domain/address.hpp"

namespace passerelle::console {

// How telephone numbers in addresses are read.
struct Telephony {
  std::string country;                // where one without its country's code is dialled: "CH"
  std::vector<std::string> channels;  // whose addresses are telephone numbers
};

class Arguments {
 public:
  explicit Arguments(const boost::json::object& given, Telephony telephony = {})
      : given_(given), telephony_(std::move(telephony)) {}  // 'given' outlives this

  // 'example' shows in errors how it is written. What is required and missing is a fault, and reads as empty.
  // Texts have no blanks at their ends and no NUL; one that is nothing but blanks counts as missing.
  std::string text(std::string_view name, std::string_view example);
  std::optional<std::string> text_if_given(std::string_view name, std::string_view example);
  // One of 'valid'; another word is a fault with a suggestion.
  std::string word(std::string_view name, const std::vector<std::string>& valid);
  std::optional<std::string> word_if_given(std::string_view name, const std::vector<std::string>& valid);
  // A list, or one text with commas.
  std::vector<std::string> words_if_given(std::string_view name, std::string_view example);
  // {"from": "2027-03-28 08:00"}, or one text: "from=2027-03-28 08:00; to=…".
  std::map<std::string, std::string> fields_if_given(std::string_view name, std::string_view example);
  // A JSON number, or its digits as a text.
  std::optional<std::int64_t> number_if_given(std::string_view name, std::int64_t least, std::int64_t most);
  // true, false, "yes" or "no".
  std::optional<bool> flag_if_given(std::string_view name);
  // "sms:+41791234567": the name of a channel and the person's name there. A phone number becomes E.164.
  Address address(std::string_view name);
  std::optional<Address> address_if_given(std::string_view name);
  CivilTime civil(std::string_view name);  // "2027-03-28 14:30"
  std::optional<CivilTime> civil_if_given(std::string_view name);

  // The first fault; else an argument that nothing has asked for.
  result<void> sound() const;

 private:
  const boost::json::value* find(std::string_view name);
  void missing(std::string_view name, std::string_view example);
  void fault(std::string_view name, const std::string& what);

  const boost::json::object& given_;
  Telephony telephony_;
  std::vector<std::string> asked_;
  std::optional<Error> fault_;
};

// The address in "CHANNEL:USER".
result<Address> parse_address(std::string_view text, const Telephony& telephony);
std::string to_string(const Address& address);

}  // namespace passerelle::console
