#include "turns/discreet.hpp"

#include "domain/gate.hpp"
#include "language/keywords.hpp"
#include "language/normalize.hpp"
#include "language/read.hpp"
#include "turns/facts.hpp"

namespace passerelle::turns {
namespace {

constexpr std::string_view received_key = "discreet.received";
constexpr std::string_view moment_key = "discreet.moment";

// "1", yes, thanks, hello: nothing is wrong.
bool is_harmless(const Content& content, const Reading& reading, const Locale& locale) {
  if (language::only_manners(reading, content.keywords) != language::Manners::none) return true;
  const Reading plain = language::without_manners(reading, content.keywords);
  if (plain.number) return plain.number == 1;
  const Locale& known = locale.empty() ? content.association.site_language : locale;
  const auto decision = language::decide(reading, known, true);
  return decision.kind == language::Decision::Kind::act && decision.intent == Intent::yes;
}

}  // namespace

DiscreetAnswer read_discreetly(const Content& content, const Contact& contact, const Reading& reading,
                               const Locale& locale, bool coming, TimePoint now) {
  const bool code = !contact.code.empty() && reading.folded == language::fold(contact.code);
  const bool safe = in_safe_hours(contact, site_zone(content), now);
  if (code && !contact.paused && safe && coming) return {moment_key, false, true};
  if (code) return {received_key, false, false};
  return {received_key, !is_harmless(content, reading, locale), false};
}

bool may_answer(const Content& content, const Contact& contact, TimePoint written, TimePoint now) {
  return in_safe_hours(contact, site_zone(content), now) || now - written < discreet_answer_lasts;
}

}  // namespace passerelle::turns
