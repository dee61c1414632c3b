// Texts that a gateway has approved: which one says what we are about to say, and its words for one reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/approved_text.hpp"
#include "turns/channel_book.hpp"
#include "turns/compose.hpp"

namespace passerelle::turns {

// "reminder.two_days", or "appointment_moved" where the dialog begins at its first step.
std::string kind_of(std::string_view dialog, std::string_view step);

// The text for that kind of message in exactly this language, if it is approved; null: none. Nobody is written to in
// another language because that one was approved.
const ApprovedText* approved_for(const ChannelFacts& channel, std::string_view kind, const Locale& language);

// Whether all that it names is among these words.
bool can_tell(const ApprovedText& text, const dialog::Arguments& words);

struct ReaderStyle {
  const Locale& locale;
  const DateStyle& dates;
};
// In place of what was composed of these sentences: their arguments fill its places, and the first answers of their
// question its buttons. Nothing where a place has no words. Staff see the gloss of what was composed.
std::optional<Text> as_approved(const Content& content, const ApprovedText& text, const Texts& composed,
                                const std::vector<dialog::SayEffect>& says, const ReaderStyle& reader);

}  // namespace passerelle::turns
