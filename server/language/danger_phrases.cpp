#include "language/danger_phrases.hpp"

#include <algorithm>
#include <array>

#include "language/utf32.hpp"

namespace passerelle::language {
namespace {

constexpr std::string_view gap = "…";
constexpr std::size_t longest_gap = 3;
constexpr std::size_t first_word = gap_word + 1;
constexpr std::size_t letters_in_phrase = 5;  // of a word that may be misspelled
constexpr std::size_t letters_alone = 7;
constexpr std::size_t longest_word = 24;
constexpr std::size_t whole_word = longest_word + 1;
constexpr std::size_t typo_slots = std::size_t{1} << 19;

// Of the letters without the one at 'left_out'.
std::uint64_t hash_without(std::u32string_view letters, std::size_t left_out) {
  std::uint64_t hash = 1469598103934665603U;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i != left_out) hash = (hash ^ letters[i]) * 1099511628211U;
  }
  return hash;
}

// One letter too many, too few or another, or two neighbours swapped; the first letters are the same.
bool is_one_typo(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || a.front() != b.front()) return false;
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (at == a.size()) return true;
  if (a.substr(at + 1) == b.substr(at + 1)) return true;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

// Arabic writes "and", "so", "the", "in", "to" and the signs of "will" and "is doing" together with the next word.
std::size_t arabic_prefix(std::string_view word) {
  constexpr std::array<std::string_view, 13> prefixes = {"وال", "فال", "بال", "ال", "لل", "و", "ف",
                                                         "ب",   "ل",   "س",   "ه",  "ح",  "ك"};
  constexpr std::size_t shortest = 6;  // bytes: three letters
  const auto* prefix = std::find_if(prefixes.begin(), prefixes.end(), [&](std::string_view candidate) {
    return word.starts_with(candidate) && word.size() >= candidate.size() + shortest;
  });
  return prefix == prefixes.end() ? 0 : prefix->size();
}

bool starts_letter(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

Word DangerPhrases::next_number() {
  letters_.emplace_back();
  return static_cast<Word>(letters_.size() - 1 + first_word);
}

// A number of its own, so that a phrase with ten alternatives is one row and not ten.
Word DangerPhrases::number_of_one_of(std::string_view alternatives) {
  if (const auto known = alternatives_.find(alternatives); known != alternatives_.end()) return known->second;
  const Word all = next_number();
  alternatives_.emplace(alternatives, all);
  for (std::size_t from = 0; from <= alternatives.size();) {
    const std::size_t bar = std::min(alternatives.find('|', from), alternatives.size());
    if (bar > from) one_of_[number(alternatives.substr(from, bar - from))].push_back(all);
    from = bar + 1;
  }
  return all;
}

Word DangerPhrases::number(std::string_view word) {
  if (word == gap) return gap_word;
  if (word.find('|') != std::string_view::npos) return number_of_one_of(word);
  const bool stem = word.ends_with('*');
  if (stem) word.remove_suffix(1);
  Numbers& numbers = stem ? stems_ : exact_;
  if (const auto known = numbers.find(word); known != numbers.end()) return known->second;
  const Word next = next_number();
  numbers.emplace(word, next);
  if (stem) {
    longest_stem_ = std::max(longest_stem_, word.size());
  } else if (forgiving_ && word.size() >= letters_in_phrase) {
    letters_.back() = to_utf32(std::string(word));
    index_typos(next);
  }
  return next;
}

void DangerPhrases::index_typos(Word word) {
  std::u32string& letters = letters_[word - first_word];
  if (letters.size() < letters_in_phrase || letters.size() > longest_word) {
    letters.clear();
    return;
  }
  add_typo_hash(hash_without(letters, whole_word), word);
  for (std::size_t i = 1; i < letters.size(); ++i) add_typo_hash(hash_without(letters, i), word);
}

void DangerPhrases::add_typo_hash(std::uint64_t hash, Word word) {
  typo_slots_.resize(typo_slots);
  typo_slots_[hash % typo_slots] = true;
  typos_.emplace(hash, word);
}

std::size_t DangerPhrases::add(const std::vector<std::string>& words) {
  Row row;
  for (const std::string& word : words) row.words.push_back(number(word));
  row.alone = row.words.size() == 1;
  std::vector<std::size_t>& rows = by_first_[row.words.front()];
  const auto known = std::find_if(rows.begin(), rows.end(), [&](std::size_t i) { return rows_[i].words == row.words; });
  if (known != rows.end()) return *known;
  rows.push_back(rows_.size());
  rows_.push_back(std::move(row));
  return rows_.size() - 1;
}

void DangerPhrases::add_exact(std::string_view token, Candidates& out) const {
  if (const auto word = exact_.find(token); word != exact_.end()) out.push_back({word->second, false});
}

void DangerPhrases::add_spelled(std::string_view token, Candidates& out) const {
  add_exact(token, out);
  constexpr std::size_t shortest_stem = 3;
  for (std::size_t length = shortest_stem; length <= std::min(token.size(), longest_stem_); ++length) {
    if (!starts_letter(token, length)) continue;
    const auto stem = stems_.find(token.substr(0, length));
    if (stem != stems_.end()) out.push_back({stem->second, false});
  }
}

void DangerPhrases::add_typos(std::string_view token, Candidates& out) const {
  constexpr std::size_t shortest = letters_in_phrase - 1;
  if (token.size() < shortest || typos_.empty()) return;
  const std::u32string letters = to_utf32(std::string(token));
  if (letters.size() < shortest || letters.size() > longest_word) return;
  const auto look_up = [&](std::size_t left_out) {
    const std::uint64_t hash = hash_without(letters, left_out);
    if (!typo_slots_[hash % typo_slots]) return;
    const auto [from, to] = typos_.equal_range(hash);
    for (auto found = from; found != to; ++found) {
      const Word word = found->second;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Candidate& c) { return c.word == word; });
      if (!known && is_one_typo(letters, letters_[word - first_word])) out.push_back({word, true});
    }
  };
  look_up(whole_word);
  for (std::size_t i = 1; i < letters.size(); ++i) look_up(i);
}

// Itself, or behind an Arabic "and", "the", "for" …
bool DangerPhrases::is_everyday(std::string_view token) const {
  if (everyday_.contains(token)) return true;
  const std::size_t prefix = arabic_prefix(token);
  return prefix > 0 && is_everyday(token.substr(prefix));
}

DangerPhrases::Candidates DangerPhrases::candidates(std::string_view token) const {
  Candidates out = words_that_it_may_be(token);
  const std::size_t single = out.size();
  for (std::size_t i = 0; i < single; ++i) {
    const auto groups = one_of_.find(out[i].word);
    if (groups == one_of_.end()) continue;
    for (const Word group : groups->second) out.push_back({group, out[i].typo});
  }
  return out;
}

DangerPhrases::Candidates DangerPhrases::words_that_it_may_be(std::string_view token) const {
  Candidates out;
  if (is_everyday(token)) {
    add_exact(token, out);
    return out;
  }
  add_spelled(token, out);
  // A word that the lists know is no other one misspelled: "does" (میکند) is not "hits" (میزند).
  if (!exact_.contains(token)) add_typos(token, out);
  for (std::string_view rest = token; const std::size_t prefix = arabic_prefix(rest);) {
    rest.remove_prefix(prefix);
    add_spelled(rest, out);
  }
  return out;
}

bool DangerPhrases::may_be_typo(const Row& row, Word word) const {
  return !row.alone || letters_[word - first_word].size() >= letters_alone;
}

std::size_t DangerPhrases::length_at(const Row& row, std::size_t word, const std::vector<Candidates>& text,
                                     std::size_t at, bool typo_left) const {
  const std::size_t start = at;
  for (; word < row.words.size(); ++word) {
    if (row.words[word] == gap_word) {
      for (std::size_t skipped = 0; skipped <= longest_gap; ++skipped) {
        const std::size_t rest = length_at(row, word + 1, text, at + skipped, typo_left);
        if (rest > 0) return at + skipped + rest - start;
      }
      return 0;
    }
    if (at >= text.size()) return 0;
    const auto fits = [&](const Candidate& c) {
      return c.word == row.words[word] && (!c.typo || (typo_left && may_be_typo(row, c.word)));
    };
    const auto found = std::find_if(text[at].begin(), text[at].end(), fits);
    if (found == text[at].end()) return 0;
    typo_left = typo_left && !found->typo;
    ++at;
  }
  return at - start;
}

std::vector<Span> DangerPhrases::find(const std::vector<std::string>& words) const {
  std::vector<Candidates> text;
  text.reserve(words.size());
  for (const std::string& word : words) text.push_back(candidates(word));
  std::vector<Span> out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const Candidate& candidate : text[at]) {
      const auto rows = by_first_.find(candidate.word);
      if (rows == by_first_.end()) continue;
      for (const std::size_t row : rows->second) {
        const std::size_t length = length_at(rows_[row], 0, text, at, true);
        if (length > 0) out.push_back({at, at + length, row});
      }
    }
  }
  return out;
}

}  // namespace passerelle::language
