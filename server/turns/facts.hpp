// What every sentence may tell: the association, its phone, opening hours, the emergency numbers of its country.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/render.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// Facts that are unknown or expired are absent, and a sentence that needs one is left out by enqueue.
// {open_now} is yes or no, for {open_now, select, …}; {next_opening} is told only while it is closed.
language::Values sentence_values(const Content& content, const Locale& locale, bool latin_only, TimePoint now);

// The clock of the association's main place: its quiet hours and months count. UTC without a place.
std::string_view site_zone(const Content& content);

// The languages that the menu offers to this phone.
const std::vector<dialog::LanguageChoice>& offered_languages(const Content& content, bool latin_only);

// What dialogs may ask of us for an answer in 'locale'.
dialog::Facts dialog_facts(const Content& content, const dialog::Knowledge& knowledge, const Locale& locale,
                           bool latin_only, TimePoint now);

// The menu words for a person who reads 'locale'.
const dialog::MenuWords& menu_words(const Content& content, const Locale& locale);

}  // namespace passerelle::turns
