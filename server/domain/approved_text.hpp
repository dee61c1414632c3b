// A text that a gateway must approve before it carries it to people outside of its window (WhatsApp's templates), as
// the configuration tells of it; and one of them with its places filled in, on its way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/address.hpp"

namespace passerelle {

struct ApprovedText {
  enum class Status { pending, approved, rejected };

  std::string kind;                 // of our message: one of approved_kinds()
  Locale language;                  // of its words, by our code: "fa-AF"
  std::string name;                 // at the gateway
  std::string code;                 // the gateway's name of the language: "fr", "pt_PT"
  Status status = Status::pending;  // only what is approved is ever used
  std::string body;                 // as the gateway has it, with {when} where that has {{1}}
  std::vector<std::string> places;  // the names of body, in the order of the gateway's numbers
  std::int64_t buttons = 0;         // of its quick replies: so many, and they are the first answers of our question
  Position at = {};                 // in the configuration
};
std::string_view to_string(ApprovedText::Status status);

// Our messages that can be such a text: "reminder.two_days", "appointment_moved" and so on: dialog, and step where the
// server begins it elsewhere than at its first.
const std::vector<std::string>& approved_kinds();
// What a body may name. Where a phone may not be told one of them, the text cannot be used there.
const std::vector<std::string>& approved_places();

// The names between braces, in the order of their first use.
std::vector<std::string> places_in(std::string_view body);
// The body with each name replaced; 'values' are those of 'places', in their order.
std::string filled_in(const ApprovedText& text, const std::vector<std::string>& values);

// What a gateway must know of it, to send it.
struct FilledText {
  std::string name;
  std::string code;
  std::vector<std::string> values;    // in the order of the gateway's numbers
  std::vector<std::string> payloads;  // of its quick replies, in their order: press.hpp

  friend bool operator==(const FilledText&, const FilledText&) = default;
};

}  // namespace passerelle
