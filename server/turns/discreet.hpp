// What a text from a discreet contact asks for, without believing who wrote it.
#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.hpp"
#include "domain/contact.hpp"
#include "domain/reading.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct DiscreetAnswer {
  std::string_view key;    // of the one sentence that is said
  bool pauses = false;     // it may mean that something is wrong: nothing leaves until staff have read it
  bool uses_code = false;  // it was the code word, in safe hours: the next one is agreed by voice
};

// 'coming': there is an appointment of which the code word can tell something; if not, it is kept for another time.
DiscreetAnswer read_discreetly(const Content& content, const Contact& contact, const Reading& reading,
                               const Locale& locale, bool coming, TimePoint now);

// Whether such a phone may be answered now: in its safe hours, or within a minute of the person's own message, while
// they still hold it. What we fetch or take again later than that is read by staff and answered by nobody.
bool may_answer(const Content& content, const Contact& contact, TimePoint written, TimePoint now);

// So long an answer is of use there: it must not arrive when somebody else may hold the phone.
inline constexpr std::chrono::seconds discreet_answer_lasts{60};

}  // namespace passerelle::turns
