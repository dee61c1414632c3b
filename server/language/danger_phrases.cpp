#include "language/danger_phrases.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <stdexcept>

namespace passerelle::language {
namespace {

constexpr std::string_view gap = "…";
constexpr std::size_t longest_gap = 3;
constexpr std::size_t first_word = gap_word + 1;
constexpr std::size_t letters_in_phrase = 5;  // of a word that may be misspelled
constexpr std::size_t letters_alone = 7;
constexpr std::size_t longest_word = 24;
constexpr std::size_t shortest_stem = 3;  // bytes
constexpr std::size_t longest_stem = 63;  // bytes; stands for all that are longer, too
constexpr int place_bits = 17;            // of what 'halves_' keeps; above them stands which letters the word has

bool starts_letter(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

std::size_t after_letter(std::string_view text, std::size_t at) {
  if (at < text.size()) ++at;
  while (!starts_letter(text, at)) ++at;
  return at;
}

// Where each letter of a word begins, and its end.
class Letters {
 public:
  explicit Letters(std::string_view word) : word_(word) {
    for (std::size_t at = 0; at < word.size() && size_ <= longest_word; at = after_letter(word, at))
      begins_[size_++] = static_cast<std::uint32_t>(at);
    begins_[size_] = static_cast<std::uint32_t>(word.size());
  }
  std::size_t size() const { return size_; }  // one more than the longest word's for all that are longer
  std::string_view first(std::size_t count) const { return word_.substr(0, begins_[count]); }
  std::string_view last(std::size_t count) const { return word_.substr(begins_[size_ - count]); }
  // Which letters there are, a few under one bit. A wrong letter takes one bit away and brings another.
  std::uint32_t marks() const {
    std::uint32_t marks = 0;
    for (std::size_t i = 1; i <= size_; ++i)
      marks |= 1U << static_cast<unsigned char>(word_[begins_[i] - 1]) % (32 - place_bits);
    return marks;
  }

 private:
  std::string_view word_;
  std::array<std::uint32_t, longest_word + 2> begins_{};
  std::size_t size_ = 0;
};

// One wrong letter, and two that are swapped, leave the letters before the middle one as they are, or those behind it.
// So a word is looked for by both halves, each with its length and first letter, and nothing else is kept for it.
struct Halves {
  std::uint32_t front, back;
};
Halves halves_of(const Letters& token, std::size_t letters_of_word) {
  constexpr std::uint64_t seed = 1469598103934665603U, prime = 1099511628211U;  // FNV-1a
  constexpr int upper_bits = 50;                                                // 16 K lists
  const auto hash = [&](std::uint64_t kind, std::string_view text, std::string_view more) {
    std::uint64_t value = (seed ^ (letters_of_word * 2 + kind)) * prime;
    for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * prime;
    for (const char c : more) value = (value ^ static_cast<unsigned char>(c)) * prime;
    return static_cast<std::uint32_t>(value >> upper_bits);
  };
  const std::size_t middle = letters_of_word / 2;
  return {hash(0, token.first(middle), {}), hash(1, token.first(1), token.last(letters_of_word - middle - 1))};
}

// One letter too many, too few or another, or two neighbours swapped; the first letters are the same.
bool is_one_typo(std::string_view a, std::string_view b) {
  auto at = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  while (!starts_letter(a, at)) --at;
  if (at == 0) return false;
  const std::size_t next = after_letter(a, at), second = after_letter(a, next);
  const std::string_view rest = b.substr(at), rest_but_one = b.substr(after_letter(b, at));
  if (a.substr(at) == rest_but_one || a.substr(next) == rest || a.substr(next) == rest_but_one) return true;
  const std::string_view left = a.substr(at, next - at), right = a.substr(next, second - next);
  return rest.starts_with(right) && rest.substr(right.size()).starts_with(left) &&
         rest.substr(right.size() + left.size()) == a.substr(second);
}

// Arabic writes "and", "so", "the", "in", "to" and the signs of "will" and "is doing" together with the next word.
std::size_t arabic_prefix(std::string_view word) {
  if (!word.starts_with('\xD9') && !word.starts_with('\xD8')) return 0;  // where all of them are
  constexpr std::array<std::string_view, 13> prefixes = {"وال", "فال", "بال", "ال", "لل", "و", "ف",
                                                         "ب",   "ل",   "س",   "ه",  "ح",  "ك"};
  constexpr std::size_t shortest = 6;  // bytes: three letters
  const auto* prefix = std::find_if(prefixes.begin(), prefixes.end(), [&](std::string_view candidate) {
    return word.starts_with(candidate) && word.size() >= candidate.size() + shortest;
  });
  return prefix == prefixes.end() ? 0 : prefix->size();
}

std::size_t start_of(std::string_view stem) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(stem[i])}; };
  return (byte(0) * 31 + byte(1) * 7 + byte(2) * 149) % 1024;
}

}  // namespace

Word DangerPhrases::next_number() {
  letters_.push_back(0);
  return static_cast<Word>(letters_.size() - 1 + first_word);
}

void DangerPhrases::add_everyday(std::string_view word) {
  if (!everyday_.contains(word)) everyday_.add(word, first_word);
}

// A number of its own, so that a phrase with ten alternatives is one row and not ten.
Word DangerPhrases::number_of_one_of(std::string_view alternatives) {
  if (const Word known = alternatives_.find(alternatives); known != unknown_word) return known;
  const Word all = next_number();
  alternatives_.add(alternatives, all);
  for (std::size_t from = 0; from <= alternatives.size();) {
    const std::size_t bar = std::min(alternatives.find('|', from), alternatives.size());
    if (bar > from) one_of_.add(number(alternatives.substr(from, bar - from)), all);
    from = bar + 1;
  }
  return all;
}

Word DangerPhrases::number(std::string_view word) {
  if (word == gap) return gap_word;
  if (word.find('|') != std::string_view::npos) return number_of_one_of(word);
  const bool stem = word.ends_with('*');
  if (stem) word.remove_suffix(1);
  WordTable& numbers = stem ? stems_ : exact_;
  if (const Word known = numbers.find(word); known != unknown_word) return known;
  const Word next = next_number();
  const std::uint32_t place = numbers.add(word, next);
  if (stem && word.size() >= shortest_stem)
    stem_lengths_.at(start_of(word)) |= std::uint64_t{1} << std::min(word.size(), longest_stem);
  if (!stem && forgiving_) index_typos(word, place);
  return next;
}

void DangerPhrases::index_typos(std::string_view word, std::uint32_t place) {
  const Letters letters(word);
  if (letters.size() < letters_in_phrase || letters.size() > longest_word) return;
  letters_.back() = static_cast<std::uint8_t>(letters.size());
  if (place >> place_bits != 0) throw std::length_error("more words of DANGER than places for them");
  const Halves halves = halves_of(letters, letters.size());
  const std::uint32_t known = letters.marks() << place_bits | place;
  halves_.add(halves.front, known);
  halves_.add(halves.back, known);
}

std::uint32_t DangerPhrases::add(const std::vector<std::string>& words) {
  std::vector<Word> row;
  row.reserve(words.size());
  for (const std::string& word : words) row.push_back(number(word));
  return rows_.add(row);
}

void DangerPhrases::add_exact(std::string_view token, Candidates& out) const {
  if (const Word word = exact_.find(token); word != unknown_word) out.push_back({word, false});
}

void DangerPhrases::add_stems(std::string_view token, Candidates& out) const {
  if (token.size() < shortest_stem) return;
  const std::uint64_t lengths = stem_lengths_.at(start_of(token));
  if (lengths == 0) return;
  for (std::size_t length = shortest_stem; length <= token.size(); ++length) {
    const bool any = (lengths >> std::min(length, longest_stem) & 1) != 0;
    if (!any || !starts_letter(token, length)) continue;
    const Word stem = stems_.find(token.substr(0, length));
    if (stem != unknown_word) out.push_back({stem, false});
  }
}

void DangerPhrases::add_typos(std::string_view token, Candidates& out) const {
  if (!forgiving_) return;
  const Letters letters(token);
  const std::size_t size = letters.size();
  if (size + 1 < letters_in_phrase || size > longest_word) return;
  constexpr int most_changed = 2;  // marks, by one wrong letter
  constexpr std::uint32_t all_places = (1U << place_bits) - 1;
  const std::uint32_t marks = letters.marks();
  const auto look_up = [&](std::uint32_t half) {
    for (const std::uint32_t there : halves_.of(half)) {
      if (std::popcount(there >> place_bits ^ marks) > most_changed) continue;
      const WordTable::Known known = exact_.at(there & all_places);
      const auto same = [&known](const Candidate& candidate) { return candidate.word == known.number; };
      if (is_one_typo(token, known.word) && std::ranges::none_of(out, same)) out.push_back({known.number, true});
    }
  };
  for (std::size_t of_word = std::max(size - 1, letters_in_phrase); of_word <= std::min(size + 1, longest_word);
       ++of_word) {
    const Halves halves = halves_of(letters, of_word);
    look_up(halves.front);
    look_up(halves.back);
  }
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
    for (const Word group : one_of_.of(out[i].word)) out.push_back({group, out[i].typo});
  }
  return out;
}

DangerPhrases::Candidates DangerPhrases::words_that_it_may_be(std::string_view token) const {
  Candidates out;
  if (is_everyday(token)) {
    add_exact(token, out);
    return out;
  }
  const Word known = exact_.find(token);
  if (known != unknown_word) out.push_back({known, false});
  add_stems(token, out);
  // A word that the lists know is no other one misspelled: "does" (میکند) is not "hits" (میزند).
  if (known == unknown_word) add_typos(token, out);
  for (std::string_view rest = token; const std::size_t prefix = arabic_prefix(rest);) {
    rest.remove_prefix(prefix);
    add_exact(rest, out);
    add_stems(rest, out);
  }
  return out;
}

bool DangerPhrases::may_be_typo(std::span<const Word> row, Word word) const {
  return row.size() > 1 || letters_[word - first_word] >= letters_alone;
}

std::size_t DangerPhrases::length_at(std::span<const Word> row, std::size_t word, const std::vector<Candidates>& text,
                                     std::size_t at, bool typo_left) const {
  const std::size_t start = at;
  for (; word < row.size(); ++word) {
    if (row[word] == gap_word) {
      for (std::size_t skipped = 0; skipped <= longest_gap; ++skipped) {
        const std::size_t rest = length_at(row, word + 1, text, at + skipped, typo_left);
        if (rest > 0) return at + skipped + rest - start;
      }
      return 0;
    }
    if (at >= text.size()) return 0;
    const auto fits = [&](const Candidate& c) {
      return c.word == row[word] && (!c.typo || (typo_left && may_be_typo(row, c.word)));
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
      for (const std::uint32_t row : rows_.starting_with(candidate.word)) {
        const std::size_t length = length_at(rows_.words(row), 0, text, at, true);
        if (length > 0) out.push_back({at, at + length, row});
      }
    }
  }
  return out;
}

}  // namespace passerelle::language
