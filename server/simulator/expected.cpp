#include "simulator/expected.hpp"

#include <algorithm>
#include <string>

#include "turns/compose.hpp"

namespace passerelle::simulator {
namespace {

// A day and an hour as people write them are told in each language's own way; by a number a sentence may count.
dialog::Argument argument(const std::string& value, const std::string& zone) {
  constexpr std::size_t longest_number = 9;
  const bool digits = std::ranges::all_of(value, [](char each) { return each >= '0' && each <= '9'; });
  if (digits && !value.empty() && value.size() <= longest_number) return std::int64_t{std::stoll(value)};
  auto moments = parse_moments(value);
  if (moments.empty()) return value;
  if (moments.size() > 1 || !moments.front().hour) return moments;
  return dialog::Moment{to_instant(moments.front().day + *moments.front().hour, zone), zone};
}

}  // namespace

std::string expected_text(const turns::Content& content, const FromUs& expected, const Locale& locale,
                          const std::string& zone, Conversation conversation, TimePoint now) {
  if (expected.items.empty()) return expected.literal;
  std::vector<dialog::SayEffect> says;
  bool line = false;  // it goes last, wherever the transcript names it
  for (const ExpectedItem& item : expected.items) {
    dialog::SayEffect say{item.key, {}};
    for (const auto& [name, value] : item.arguments) say.arguments[name] = argument(value, zone);
    if (item.key == "common.latin_line")
      line = true;
    else
      says.push_back(std::move(say));
  }
  conversation.latin_line_told = !line;
  std::string text;
  for (const turns::Text& message : turns::compose(content, says, locale, conversation, now)) {
    text += (text.empty() ? "" : "\n") + message.text;
  }
  return text;
}

}  // namespace passerelle::simulator
