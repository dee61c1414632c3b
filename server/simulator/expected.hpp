// What a line "< {keys}" of a transcript stands for: the text as it will be on the phone.
#pragma once

#include <string>

#include "simulator/transcript.hpp"
#include "turns/content.hpp"

namespace passerelle::simulator {

// A literal is itself. 'zone' is the transcript's, 'conversation' as it is after the turn.
std::string expected_text(const turns::Content& content, const FromUs& expected, const Locale& locale,
                          const std::string& zone, Conversation conversation, TimePoint now);

}  // namespace passerelle::simulator
