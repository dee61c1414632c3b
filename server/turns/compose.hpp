// Sentences of a turn as texts: rendered in the reader's language, with the site's beside drafts that are critical.
// The only caller of language::render.
#pragma once

#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// The sentences of one turn as they will stand on the phone. 'latin_line_told' of the conversation is set when the
// line for phones without our letters was added. Sentences that need an unknown or expired fact are left out.
std::vector<std::string> compose(const Content& content, const std::vector<dialog::SayEffect>& says,
                                 const Locale& reply_in, Conversation& conversation, TimePoint now);
// The same for a phone that is watched: nothing but the sentences, as a friend would write them. The line for phones
// without our letters would tell that a machine writes.
std::vector<std::string> compose_discreetly(const Content& content, const std::vector<dialog::SayEffect>& says,
                                            const Locale& reply_in, const Conversation& conversation, TimePoint now);

}  // namespace passerelle::turns
