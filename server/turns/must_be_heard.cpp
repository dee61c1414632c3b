#include "turns/must_be_heard.hpp"

#include "language/keywords.hpp"

namespace passerelle::turns {

bool must_be_heard(const Reading& reading, const Locale& locale) {
  const auto decision = language::decide(reading, locale, false);
  if (decision.kind == language::Decision::Kind::ask_stop) return true;
  if (decision.kind == language::Decision::Kind::none) return false;
  return decision.intent == Intent::danger || decision.intent == Intent::stop || decision.intent == Intent::start ||
         decision.intent == Intent::callback;
}

}  // namespace passerelle::turns
