// The questions of a turn and their buttons: which answers can be pressed, and which question a press is for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/message.hpp"

namespace passerelle::turns {

// The same for every time the question is put, and another one as soon as an answer could mean something else: another
// step or version of the dialog, another list, other answers before it, another time of the appointment. 'languages'
// are those of the menu of languages as it is now.
std::string question_id(const Frame& frame, const dialog::Library& library,
                        const std::vector<dialog::LanguageChoice>& languages);
bool stands(const Frame& frame, const dialog::Library& library);  // its dialog is a standing one

// The buttons of a sentence that was rendered: of its lines "1 = …" those whose number the question takes. None where
// the sentence is no question of this turn.
std::vector<Button> buttons_of(const Conversation& next, const dialog::SayEffect& say, std::string_view rendered,
                               const dialog::Library& library, const std::vector<dialog::LanguageChoice>& languages,
                               TimePoint now);

}  // namespace passerelle::turns
