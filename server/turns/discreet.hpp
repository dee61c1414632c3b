// What a text from a discreet contact asks for, without believing who wrote it.
#pragma once

#include <string_view>

#include "domain/contact.hpp"
#include "domain/reading.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct DiscreetAnswer {
  std::string_view key;    // of the one sentence that is said
  bool pauses = false;     // it may mean that something is wrong: nothing leaves until staff have read it
  bool uses_code = false;  // it was the code word, in safe hours: the next one is agreed by voice
};

DiscreetAnswer read_discreetly(const Content& content, const Contact& contact, const Reading& reading,
                               const Locale& locale, TimePoint now);

}  // namespace passerelle::turns
