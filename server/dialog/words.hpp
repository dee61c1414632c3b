// The single words of the grammar: sentence keys, names, numbers, spans of time and exits. Each reader reports what
// is wrong where it stands, and gives nothing (or the default) then.
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/dialog.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {

inline constexpr int largest_count = 100'000;  // of what people can be asked to count, and of what facts count

// Every key of the map is one of 'valid'; 'owner' is "a step", "an answer"…
void check_keys(const Node& map, std::string_view owner, const std::vector<std::string>& valid, Report& report);

// The remedy for a word that should have been one of a short or a long list.
std::string remedy_for(std::string_view word, const std::vector<std::string>& valid, std::string otherwise);

bool is_name(std::string_view word);  // a to z, then digits, '_' and '-' too; at most 64
void check_step_id(const Node& id, Report& report);

// 'what' is the key of the grammar before the value: "say", "ask"…
std::optional<std::string> read_sentence_key(const Node& value, std::string_view what, Report& report);
std::optional<std::string> read_name(const Node& value, std::string_view what, Report& report);
// A name under which an answer is kept, and which sentences use as {name}: '-' is not allowed, nor are names that the
// engine itself keeps something under.
std::optional<std::string> read_answer_name(const Node& value, std::string_view what, Report& report);
// One word of a closed list.
std::optional<std::string> read_one_of(const Node& value, std::string_view what, const std::vector<std::string>& valid,
                                       Report& report);
std::optional<int> read_number(const Node& value, std::string_view what, int least, int most, Report& report);
std::optional<bool> read_truth(const Node& value, std::string_view what, Report& report);
std::optional<Consent> read_consent(const Node& value, Report& report);
std::optional<Response> read_response(const Node& value, Report& report);
bool read_unclear(const Node& value, Report& report);  // 'human' is the only word that it takes
// 15m, 24h, 7d
std::optional<std::chrono::milliseconds> read_span(const Node& value, std::string_view what, Report& report);
std::vector<Locale> read_languages(const Node& value, Report& report);  // [fr, ar]

// 'steps' are the ids that this dialog has.
std::optional<Exit> read_exit(const Node& value, const std::vector<std::string>& steps, Report& report);

}  // namespace passerelle::dialog
