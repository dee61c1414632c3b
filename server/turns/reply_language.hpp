// Which language an answer is written in (language.md, 2.5): the known one; another only when the text is surely in it,
// and then the known one stays stored, because only the person's own answer changes it.
#pragma once

#include <string_view>

#include "domain/conversation.hpp"
#include "domain/reading.hpp"
#include "language/keywords.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

struct ReplyLanguage {
  Locale reply_in;              // empty: not known, and the text does not tell
  Locale stored;                // what the conversation should remember from now on
  bool offer = false;           // the text may be in another language than the known one: offer the menu
  language::Decision decision;  // what the keywords of the text ask for, judged in that language
};

// 'free_text': the open question takes a name or an address, which says nothing about the language. 'country': of the
// telephone; whoever has told no language and writes what everybody writes is answered in the one that is spoken there.
ReplyLanguage read_language(const Content& content, const Conversation& conversation, const Reading& reading,
                            bool question_open, bool free_text, std::string_view country = {});

// The language of a message to this phone when 'wanted' is the person's (empty: not known, so the site's): a phone that
// shows only latin letters gets one that it can show.
Locale shown_in(const Content& content, const Conversation& conversation, const Locale& wanted);

}  // namespace passerelle::turns
