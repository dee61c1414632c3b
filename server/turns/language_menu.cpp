#include "turns/language_menu.hpp"

#include <algorithm>
#include <array>

#include "dialog/language_menu.hpp"
#include "language/families.hpp"
#include "language/script.hpp"
#include "language/utf32.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

constexpr double worth_showing = 0.03;       // a language that the text may be in
constexpr std::size_t most_guessed = 3;      // …of those in latin letters, which most languages could be
constexpr std::size_t most_in_text = 5;      // languages of one message, where it costs
constexpr std::size_t least_in_text = 3;     // …with long names
constexpr std::size_t letters_in_text = 68;  // …of their lines: what two SMS in UCS-2 leave for them
constexpr std::size_t latin_line = 13;       // "□□□? reply 0", which is told once, with the first of them
constexpr std::size_t most_on_buttons = 9;   // and one for the others
constexpr std::size_t rows_of_buttons = 10;

// What is spoken at home by those who have a telephone of these countries, the most spoken first. Where a country has
// many more languages, only those that we ship.
struct Spoken {
  std::string_view country;
  std::array<std::string_view, 3> languages;
};
constexpr std::array spoken{
    Spoken{"AF", {"fa-AF", "ps"}},
    Spoken{"AL", {"sq"}},
    Spoken{"AO", {"pt"}},
    Spoken{"AR", {"es"}},
    Spoken{"AT", {"de"}},
    Spoken{"BE", {"fr", "de"}},
    Spoken{"BF", {"fr"}},
    Spoken{"BJ", {"fr"}},
    Spoken{"BO", {"es"}},
    Spoken{"BR", {"pt"}},
    Spoken{"BY", {"ru"}},
    Spoken{"CD", {"fr"}},
    Spoken{"CG", {"fr"}},
    Spoken{"CH", {"de", "fr", "it"}},
    Spoken{"CI", {"fr"}},
    Spoken{"CL", {"es"}},
    Spoken{"CM", {"fr", "en"}},
    Spoken{"CO", {"es"}},
    Spoken{"CU", {"es"}},
    Spoken{"CV", {"pt"}},
    Spoken{"DE", {"de"}},
    Spoken{"DJ", {"so", "fr", "ar"}},
    Spoken{"DO", {"es"}},
    Spoken{"DZ", {"ar", "fr"}},
    Spoken{"EC", {"es"}},
    Spoken{"EG", {"ar"}},
    Spoken{"ER", {"ti", "ar"}},
    Spoken{"ES", {"es"}},
    Spoken{"ET", {"am", "ti", "so"}},
    Spoken{"FR", {"fr"}},
    Spoken{"GB", {"en"}},
    Spoken{"GH", {"en"}},
    Spoken{"GM", {"en"}},
    Spoken{"GN", {"fr"}},
    Spoken{"GT", {"es"}},
    Spoken{"GW", {"pt"}},
    Spoken{"HN", {"es"}},
    Spoken{"IE", {"en"}},
    Spoken{"IQ", {"ar", "ckb", "ku"}},
    Spoken{"IR", {"fa", "ckb"}},
    Spoken{"IT", {"it"}},
    Spoken{"JO", {"ar"}},
    Spoken{"KE", {"en", "so"}},
    Spoken{"LB", {"ar", "fr"}},
    Spoken{"LK", {"ta", "en"}},
    Spoken{"LY", {"ar"}},
    Spoken{"MA", {"ar", "fr"}},
    Spoken{"ML", {"fr"}},
    Spoken{"MR", {"ar", "fr"}},
    Spoken{"MX", {"es"}},
    Spoken{"MZ", {"pt"}},
    Spoken{"NE", {"fr"}},
    Spoken{"NG", {"en"}},
    Spoken{"PE", {"es"}},
    Spoken{"PK", {"ps", "en"}},
    Spoken{"PS", {"ar"}},
    Spoken{"PT", {"pt"}},
    Spoken{"RU", {"ru"}},
    Spoken{"SA", {"ar"}},
    Spoken{"SD", {"ar"}},
    Spoken{"SN", {"fr"}},
    Spoken{"SO", {"so"}},
    Spoken{"SV", {"es"}},
    Spoken{"SY", {"ar", "ku"}},
    Spoken{"TD", {"fr", "ar"}},
    Spoken{"TG", {"fr"}},
    Spoken{"TN", {"ar", "fr"}},
    Spoken{"TR", {"tr", "ku"}},
    Spoken{"UA", {"uk", "ru"}},
    Spoken{"US", {"en", "es"}},
    Spoken{"VE", {"es"}},
    Spoken{"VN", {"vi"}},
    Spoken{"XK", {"sq"}},
    Spoken{"YE", {"ar"}},
};

std::vector<std::string_view> spoken_in(std::string_view country) {
  const auto found = std::ranges::find(spoken, country, &Spoken::country);
  if (found == spoken.end()) return {};
  std::vector<std::string_view> languages(found->languages.begin(), found->languages.end());
  std::erase(languages, std::string_view());
  return languages;
}

// A whole message that means the same to everybody ("STOP") tells no language by its letters.
bool is_keyword(const Reading& reading) {
  return std::ranges::any_of(reading.hits, [](const KeywordHit& hit) { return hit.whole_message; });
}

class Order {
 public:
  Order(const Content& content, bool latin_only) : enabled_(offered_languages(content, latin_only)) {}

  void add(const Locale& locale) {
    const bool offered = std::ranges::find(enabled_, locale, &dialog::LanguageChoice::locale) != enabled_.end();
    if (offered && std::ranges::find(order_, locale) == order_.end()) order_.push_back(locale);
  }
  // fa-AF beside fa, since no letters tell which of them it is.
  void add_family(std::string_view code) {
    for (const dialog::LanguageChoice& each : enabled_) {
      if (language::family(each.locale) == language::family(code)) add(each.locale);
    }
  }
  void add_rest() {
    for (const dialog::LanguageChoice& each : enabled_) add(each.locale);
  }
  std::size_t size() const { return order_.size(); }
  std::vector<Locale> done() { return std::move(order_); }

 private:
  const std::vector<dialog::LanguageChoice>& enabled_;
  std::vector<Locale> order_;
};

// Of a text in Arabic letters: all that are written in them.
void add_of_script(const Content& content, const Reading& reading, Order& order) {
  for (const dialog::LanguageChoice& each : content.languages) {
    const language::LocaleFile* file = content.catalog.find(each.locale);
    if (file != nullptr && language::same_script(file->name, reading.original)) order.add(each.locale);
  }
}

// "12 = Deutsch" and the end of the line.
std::size_t letters_of_line(const Content& content, const Locale& locale, std::size_t number) {
  const language::LocaleFile* file = content.catalog.find(locale);
  const std::size_t name = file == nullptr ? locale.size() : language::to_utf32(file->name).size();
  return name + (number < 10 ? 1 : 2) + std::string_view(" = \n").size();
}

// Whether no part with so many languages is too long.
bool fit(const Content& content, const std::vector<Locale>& languages, std::size_t at_once) {
  for (std::size_t begin = 0; begin < languages.size(); begin += at_once) {
    const std::size_t end = std::min(begin + at_once, languages.size());
    const std::size_t others = begin == 0 ? 0 : 1;  // their line stands between the first part and the second
    std::size_t letters = 0;
    for (std::size_t i = begin; i < end; ++i) letters += letters_of_line(content, languages[i], i + 1 + others);
    if (letters > letters_in_text + (begin == 0 ? 0 : latin_line)) return false;
  }
  return true;
}

}  // namespace

std::vector<Locale> likely_first(const Content& content, const Conversation& conversation, const Reading& reading,
                                 std::string_view country) {
  Order order(content, conversation.latin_only);
  const bool other_letters = language::has_non_latin_letters(reading.original);
  if (!reading.number && !is_keyword(reading)) {
    for (const LanguageScore& score : reading.scores) {
      if (score.confidence >= worth_showing && (other_letters || order.size() < most_guessed))
        order.add_family(score.locale);
    }
  }
  if (other_letters) add_of_script(content, reading, order);
  order.add(conversation.locale);
  order.add(conversation.last_reply);
  if (country != content.association.country) {
    for (const std::string_view code : spoken_in(country)) order.add(Locale(code));
  }
  order.add_rest();
  return order.done();
}

Locale language_of(const Content& content, std::string_view country) {
  const auto& enabled = content.association.languages;
  for (const std::string_view code : spoken_in(country)) {
    if (std::ranges::find(enabled, code) != enabled.end()) return Locale(code);
  }
  return {};
}

std::vector<dialog::Choice> KnowsLanguages::list(std::string_view name, const Answers& kept) const {
  if (name != dialog::languages_list) return others_.list(name, kept);
  const auto& all = offered_languages(content_, conversation_.latin_only);
  // What one message holds stays in the order that the association's people know.
  if (all.size() <= at_once({}) + 1) return {};
  std::vector<Locale> order = likely_first(content_, conversation_, reading_, reached_.country);
  const std::size_t first = at_once(order);
  std::vector<dialog::Choice> choices;
  for (std::string& id : dialog::in_parts(std::move(order), first)) choices.push_back({std::move(id), {}});
  return choices;
}

// As many as each part can show: all have the same number of lines.
std::size_t KnowsLanguages::at_once(const std::vector<Locale>& languages) const {
  if (reached_.buttons >= rows_of_buttons) return most_on_buttons;
  std::size_t count = most_in_text;
  while (count > least_in_text && !fit(content_, languages, count)) --count;
  return count;
}

}  // namespace passerelle::turns
