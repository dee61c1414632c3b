#include "language/render.hpp"

#include <algorithm>
#include <vector>

#include "language/assemble.hpp"
#include "language/bidi.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

constexpr std::size_t longest_argument = 500;  // code points

bool printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; });
}

std::string clean(const std::string& text) {
  if (text.size() <= longest_argument && printable_ascii(text)) return text;
  return strip_controls(truncate(text, longest_argument));
}

class ToArgument {
 public:
  ToArgument(const Catalog& catalog, const LocaleFile& locale, std::string_view site, const DateStyle& style)
      : catalog_(catalog), locale_(locale), site_(site), style_(style) {}

  ArgumentText operator()(const std::string& text) const { return shown(clean(text)); }
  ArgumentText operator()(std::int64_t number) const {
    ArgumentText argument = shown(std::to_string(number));
    argument.number = number;
    return argument;
  }
  ArgumentText operator()(CivilTime civil) const { return told(civil); }
  ArgumentText operator()(Day day) const { return told(day); }
  ArgumentText operator()(const std::vector<MeantMoment>& moments) const {
    std::string text;
    for (const MeantMoment& moment : moments) {
      if (!text.empty()) text += " / ";
      text += moment.hour ? local_time(catalog_, moment.day + *moment.hour, locale_.locale, site_, style_)
                          : local_time(catalog_, Day{moment.day}, locale_.locale, site_, style_);
    }
    return shown(std::move(text));
  }
  ArgumentText operator()(Hour hour) const { return told(hour); }

 private:
  template <class Time>
  ArgumentText told(Time time) const {
    return shown(local_time(catalog_, time, locale_.locale, site_, style_));
  }

  ArgumentText shown(std::string text) const {
    std::string marked = isolate(text, locale_.rtl);
    return {{}, std::move(text), std::move(marked)};
  }

  const Catalog& catalog_;
  const LocaleFile& locale_;
  std::string_view site_;
  const DateStyle& style_;
};

}  // namespace

result<Rendered> render(const Catalog& catalog, std::string_view key, std::string_view locale, std::string_view site,
                        const Values& values, const DateStyle& style) {
  const auto found = catalog.sentence(key, locale, site);
  if (!found) {
    return Error{"there is no sentence '" + std::string(key) + "' in any of the languages; add it to locales/fr.json",
                 std::string(locale)};
  }
  const ToArgument to_argument(catalog, *found->locale, site, style);
  std::vector<ArgumentText> arguments;
  arguments.reserve(found->sentence->arguments().size());
  for (const std::string& name : found->sentence->arguments()) {
    const auto value = values.find(name);
    if (value == values.end()) continue;  // assemble() names it
    arguments.push_back(std::visit(to_argument, value->second));
    arguments.back().name = name;
  }
  auto text = assemble(*found->sentence->compiled(), arguments, found->locale->rtl);
  if (!text) {
    return Error{"the sentence '" + std::string(key) + "' cannot be written: " + text.error().what,
                 to_string(found->sentence->at)};
  }
  return Rendered{found->locale->rtl ? to_marks(*text) : *std::move(text), found->locale->locale};
}

}  // namespace passerelle::language
