// Changes sentences in the text of a language file and leaves everything else as it is, so that a reviewer sees a line
// of difference for a sentence.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace passerelle::translation {

// 'order': the source's keys, for the place of a sentence that is new. The text is a language file without findings.
std::string with_sentences(const std::string& text, const std::map<std::string, std::string>& sentences,
                           const std::vector<std::string>& order);

// A language file without sentences yet.
std::string empty_locale_file(const std::string& name);

std::string quoted_json(const std::string& text);  // "…", with letters as they are

}  // namespace passerelle::translation
