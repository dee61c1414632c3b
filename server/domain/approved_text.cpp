#include "domain/approved_text.hpp"

#include <algorithm>

namespace passerelle {
namespace {

// Walks through a body: 'words' gets the text between places, 'place' the name of each.
template <class Words, class Place>
void walk(std::string_view body, Words words, Place place) {
  while (!body.empty()) {
    const std::size_t open = body.find('{');
    const std::size_t close = open == std::string_view::npos ? open : body.find('}', open);
    words(body.substr(0, close == std::string_view::npos ? close : open));
    if (close == std::string_view::npos) return;
    place(body.substr(open + 1, close - open - 1));
    body.remove_prefix(close + 1);
  }
}

}  // namespace

std::string_view to_string(ApprovedText::Status status) {
  switch (status) {
    case ApprovedText::Status::pending: return "pending";
    case ApprovedText::Status::approved: return "approved";
    case ApprovedText::Status::rejected: return "rejected";
  }
  return {};
}

const std::vector<std::string>& approved_kinds() {
  static const std::vector<std::string> kinds{"reminder.two_days", "reminder.two_hours", "appointment_moved",
                                              "appointment_cancelled"};
  return kinds;
}

const std::vector<std::string>& approved_places() {
  static const std::vector<std::string> places{"when", "with", "site_name", "site_address"};
  return places;
}

std::vector<std::string> places_in(std::string_view body) {
  std::vector<std::string> names;
  walk(
      body, [](std::string_view) {},
      [&](std::string_view name) {
        if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
      });
  return names;
}

std::string filled_in(const ApprovedText& text, const std::vector<std::string>& values) {
  std::string filled;
  walk(
      text.body, [&](std::string_view words) { filled += words; },
      [&](std::string_view name) {
        const auto found = std::ranges::find(text.places, name) - text.places.begin();
        if (found < std::ssize(values)) filled += values[static_cast<std::size_t>(found)];
      });
  return filled;
}

}  // namespace passerelle
