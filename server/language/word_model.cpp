#include "language/word_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "language/normalize.hpp"
#include "language/utf32.hpp"

namespace passerelle::language {
namespace {

// Weights are natural logarithms of odds, set by hand: one long word makes a language 11 times as likely.
constexpr std::array<float, 5> by_length = {0, 0.4F, 0.9F, 1.6F, 2.4F};
constexpr float enough_alone = 3.6F;  // in a text of at most three words
constexpr std::size_t short_text = 3;
constexpr float own_letter = 1.2F;
constexpr float own_row = 0.7F;
constexpr float ascii_row = 0.4F;
// What the possibility of a language that we do not know weighs against all of them, and how each word that no list
// holds adds to it.
constexpr double unknown_language = 1.5;
constexpr double unknown_word_doubt = 0.25;
constexpr double worth_telling = 0.01;
constexpr std::size_t most_scores = 5;
constexpr std::size_t most_words = 400;  // of a long text; the rest would not change the answer

float weight_of(std::size_t letters) { return by_length.at(std::min(letters, by_length.size() - 1)); }

std::size_t slot(char32_t first, char32_t second) { return (first * 61 + second) % 4096; }

bool is_ascii(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
}

float row_weight(std::u32string_view row) {
  if (is_ascii(row)) return ascii_row;
  return row.size() == 1 ? own_letter : own_row;
}

}  // namespace

WordModel::WordModel(std::span<const WordList> lists, std::span<const WordList> also) {
  for (const WordList& list : lists) add(list);
  for (const WordList& list : also) add(list);
}

void WordModel::add(const WordList& list) {
  const auto language = static_cast<std::uint8_t>(codes_.size());
  codes_.emplace_back(list.code);
  std::size_t from = 0;
  while (from < list.words.size()) {
    const std::size_t space = std::min(list.words.find(' ', from), list.words.size());
    if (space > from) add_word(list.words.substr(from, space - from), language);
    from = space + 1;
  }
}

void WordModel::add_word(std::string_view word, std::uint8_t language) {
  if (word.starts_with('~')) {
    const std::u32string row = to_utf32(word.substr(1));
    longest_row_ = std::max(longest_row_, row.size());
    if (row.size() == 1) single_rows_.set(slot(0, row[0]));
    if (row.size() > 1) row_starts_.set(slot(row[0], row[1]));
    strengthen(rows_, row, {language, row_weight(row), false});
    return;
  }
  const bool alone = word.ends_with('*');
  if (alone) word.remove_suffix(1);
  const std::u32string letters = to_utf32(word);
  const Evidence evidence{language, weight_of(letters.size()), alone};
  strengthen(words_, letters, evidence);
  // Many people leave the accents out, and Arabic keyboards differ.
  strengthen(words_, to_utf32(fold(word)), evidence);
}

void WordModel::strengthen(Table& table, const std::u32string& key, Evidence evidence) {
  auto& all = table[key];
  const auto known =
      std::find_if(all.begin(), all.end(), [&](const Evidence& e) { return e.language == evidence.language; });
  if (known == all.end()) {
    all.push_back(evidence);
  } else {
    known->weight = std::max(known->weight, evidence.weight);
    known->enough_alone = known->enough_alone || evidence.enough_alone;
  }
}

bool WordModel::add_evidence(const std::u32string& word, bool alone, std::vector<double>& sums) const {
  const auto found = words_.find(word);
  if (found == words_.end()) return false;
  for (const Evidence& evidence : found->second) {
    sums[evidence.language] += alone && evidence.enough_alone ? enough_alone : evidence.weight;
  }
  return true;
}

void WordModel::add_rows(const std::u32string& word, std::vector<double>& sums) const {
  const std::u32string edged = U'_' + word + U'_';
  std::u32string row;
  for (std::size_t from = 0; from < edged.size(); ++from) {
    const bool longer = from + 1 < edged.size() && row_starts_[slot(edged[from], edged[from + 1])];
    const std::size_t longest = longer ? std::min(longest_row_, edged.size() - from) : 1;
    for (std::size_t length = single_rows_[slot(0, edged[from])] ? 1 : 2; length <= longest; ++length) {
      row.assign(edged, from, length);
      const auto found = rows_.find(row);
      if (found == rows_.end()) continue;
      for (const Evidence& evidence : found->second) sums[evidence.language] += evidence.weight;
    }
  }
}

std::vector<LanguageScore> WordModel::score(const std::vector<std::u32string>& words) const {
  std::vector<double> sums(codes_.size(), 0.0);
  double doubt = unknown_language;
  const bool alone = words.size() <= short_text;
  for (std::size_t i = 0; i < words.size() && i < most_words; ++i) {
    add_rows(words[i], sums);
    if (add_evidence(words[i], alone, sums)) continue;
    // "l'enfant" is "l'" and "enfant".
    const std::size_t apostrophe = words[i].find(U'\'');
    const bool parts = apostrophe != std::u32string::npos && apostrophe + 1 < words[i].size();
    const bool first = parts && add_evidence(words[i].substr(0, apostrophe + 1), alone, sums);
    const bool second = parts && add_evidence(words[i].substr(apostrophe + 1), alone, sums);
    if (!first && !second) doubt += unknown_word_doubt;
  }
  const double highest = std::max(doubt, *std::max_element(sums.begin(), sums.end()));
  double total = std::exp(doubt - highest);
  for (const double sum : sums) total += sum > 0 ? std::exp(sum - highest) : 0;

  std::vector<LanguageScore> scores;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double confidence = sums[i] > 0 ? std::exp(sums[i] - highest) / total : 0;
    if (confidence >= worth_telling) scores.push_back({codes_[i], confidence});
  }
  std::sort(scores.begin(), scores.end(), [](const LanguageScore& a, const LanguageScore& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.locale < b.locale;
  });
  if (scores.size() > most_scores) scores.resize(most_scores);
  return scores;
}

}  // namespace passerelle::language
