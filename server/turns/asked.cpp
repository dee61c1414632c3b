#include "turns/asked.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/crypto.hpp"
#include "dialog/language_menu.hpp"
#include "dialog/stack.hpp"
#include "domain/press.hpp"

namespace passerelle::turns {
namespace {

constexpr std::size_t longest_number = 2;
// Marks of direction, which stand around words of another one: a button is laid out by itself.
constexpr std::array<std::string_view, 11> marks = {"\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D",
                                                    "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};

std::string without_marks(std::string_view text) {
  std::string plain(text);
  if (text.find('\xE2') == std::string_view::npos) return plain;  // the byte with which all marks begin
  for (const std::string_view mark : marks) {
    for (std::size_t at = plain.find(mark); at != std::string::npos; at = plain.find(mark, at)) plain.erase(at, 3);
  }
  return plain;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

struct Line {
  int number = 0;
  std::string label;
};

// "2 = je ne peux pas"; "1 ou RDV = seulement vos rendez-vous" names a word for the same beside the number.
std::optional<Line> read_line(std::string_view text) {
  if (text.find('=') == std::string_view::npos) return std::nullopt;
  const std::string plain = without_marks(text);
  const std::string_view line = trimmed(plain);
  Line read;
  const auto [end, error] =
      std::from_chars(line.data(), line.data() + std::min(line.size(), longest_number), read.number);
  const auto length = static_cast<std::size_t>(end - line.data());
  const std::size_t equals = line.find('=');
  if (error != std::errc() || read.number < 1 || equals == std::string_view::npos || line.substr(length, 1) != " ")
    return std::nullopt;
  read.label = trimmed(line.substr(equals + 1));
  return read.label.empty() ? std::nullopt : std::optional(read);
}

struct Takes {
  int number;
  std::size_t offered;
  std::size_t languages;

  bool within(std::size_t most) const { return static_cast<std::size_t>(number) <= most; }
  bool operator()(const dialog::OnNumber& test) const { return test.number == number; }
  bool operator()(const dialog::OnOneOf&) const { return within(offered); }
  bool operator()(const dialog::OnLanguage&) const { return within(offered > 0 ? offered : languages); }
  bool operator()(const auto&) const { return false; }
};

// The question that this sentence puts; null for all others.
const Frame* asked_by(const Conversation& next, const dialog::SayEffect& say, const dialog::Library& library,
                      TimePoint now) {
  for (const Frame& frame : next.stack) {
    if (frame.asked != now || dialog::invitation_of(frame.answers) != say.invitation) continue;
    const dialog::Place place = dialog::place_of(frame, library);
    if (place.step != nullptr && place.step->ask == say.key) return &frame;
  }
  return nullptr;
}

bool asks_language(const Frame& frame, const dialog::Library& library) {
  const dialog::Step* step = dialog::place_of(frame, library).step;
  return step != nullptr && std::ranges::any_of(step->categories, [](const dialog::Category& each) {
           return std::holds_alternative<dialog::OnLanguage>(each.test);
         });
}

}  // namespace

bool stands(const Frame& frame, const dialog::Library& library) {
  const dialog::Dialog* dialog = dialog::dialog_of(frame.dialog, library);
  return dialog != nullptr && dialog->standing;
}

std::string question_id(const Frame& frame, const dialog::Library& library,
                        const std::vector<dialog::LanguageChoice>& languages) {
  constexpr std::size_t usual_size = 256;
  std::string all;
  all.reserve(usual_size);
  const auto add = [&all](std::string_view one) { all.append(std::to_string(one.size())).append(":").append(one); };
  for (const std::string* one : {&frame.dialog.name, &frame.dialog.hash, &frame.step}) add(*one);
  for (const auto& [name, answer] : frame.answers) {
    add(name);
    add(answer);
  }
  // Of a menu of languages every part has the same numbers.
  for (const std::string& one : frame.offered) {
    if (!dialog::leads_to_others(one)) add(one);
  }
  if (asks_language(frame, library)) {
    for (const dialog::LanguageChoice& each : languages) add(each.locale);
  }
  // Of the others this is only how long they wait, which each time begins anew.
  if (stands(frame, library)) add(std::to_string(frame.expires.time_since_epoch().count()));
  return crypto::hex(crypto::sha256(all)).substr(0, 16);
}

std::vector<Button> buttons_of(const Conversation& next, const dialog::SayEffect& say, std::string_view rendered,
                               const dialog::Library& library, const std::vector<dialog::LanguageChoice>& languages,
                               TimePoint now) {
  const Frame* frame = asked_by(next, say, library, now);
  if (frame == nullptr) return {};
  const dialog::Step& step = *dialog::place_of(*frame, library).step;
  const bool standing = stands(*frame, library) && !dialog::invitation_of(frame->answers).empty();
  Press press{question_id(*frame, library, languages), standing, 0};
  std::vector<Button> buttons;
  for (std::size_t begin = 0; begin < rendered.size();) {
    const std::size_t end = std::min(rendered.find('\n', begin), rendered.size());
    const auto line = read_line(rendered.substr(begin, end - begin));
    begin = end + 1;
    if (!line) continue;
    const Takes takes{line->number, frame->offered.size(), languages.size()};
    const auto taken = [&](const dialog::Category& each) { return std::visit(takes, each.test); };
    if (std::ranges::none_of(step.categories, taken)) continue;
    press.number = line->number;
    buttons.push_back({payload_of(press), line->label});
  }
  return buttons;
}

}  // namespace passerelle::turns
