// How well the detector does on text that it was not trained on: floors, so that a worse model cannot come in unseen.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "language/detect.hpp"
#include "language/families.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

struct Passage {
  Locale language;
  std::vector<std::string> words;
};

std::vector<Passage> passages() {
  std::ifstream file(SOURCE_DIR "/tests/unit/language/sentences/passages.tsv");
  std::vector<Passage> all;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Passage passage{line.substr(0, line.find('\t')), {}};
    std::istringstream words(line.substr(line.find('\t') + 1));
    for (std::string word; words >> word;) passage.words.push_back(word);
    all.push_back(std::move(passage));
  }
  return all;
}

std::size_t letters(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0 : 1;
  return count;
}

// Every piece of 'words' words; with words = 0 pieces of 10 to 40 letters.
std::vector<std::string> pieces(const Passage& passage, std::size_t words) {
  std::vector<std::string> out;
  const std::size_t size = passage.words.size();
  for (std::size_t from = 0; from < size; ++from) {
    std::string piece = passage.words[from];
    std::size_t to = from + 1;
    const std::size_t most = 10 + from * 7 % 31;
    const auto goes_on = [&] {
      return to < size && (words > 0 ? to - from < words : letters(piece + " " + passage.words[to]) <= most);
    };
    for (; goes_on(); ++to) piece += " " + passage.words[to];
    const bool whole = words > 0 ? to - from == words : letters(piece) >= 10 && letters(piece) <= 40;
    if (whole) out.push_back(piece);
  }
  return out;
}

struct Tally {
  double right = 0;
  double all = 0;
  double doubt = 0;  // the sum of what the detector itself expects to have wrong
};

// One passage counts as much as another, however long it is.
template <typename Change>
Tally tally(std::size_t words, Change&& change) {
  Tally sum;
  for (const Passage& passage : passages()) {
    const auto cut = pieces(passage, words);
    for (const std::string& piece : cut) {
      const LanguageScore best = detect(change(piece)).front();
      const double weight = 1.0 / static_cast<double>(cut.size());
      sum.all += weight;
      if (family(best.locale) == family(passage.language)) sum.right += weight;
      sum.doubt += weight * (1 - best.confidence);
    }
  }
  return sum;
}

void expect_right(const char* what, const Tally& sum, double floor) {
  const double right = 100 * sum.right / sum.all;
  std::cout << what << ": " << right << " % right, " << sum.all << " passages\n";
  EXPECT_GE(right, floor) << what;
  // Whoever reads a confidence believes it: on average it tells how often the detector is right.
  EXPECT_NEAR(sum.doubt / sum.all, 1 - sum.right / sum.all, 0.04) << what;
}

std::string as_it_is(const std::string& text) { return text; }

TEST(UnseenText, sentences_of_ten_words) { expect_right("ten words", tally(10, as_it_is), 98); }

TEST(UnseenText, fragments_of_ten_to_forty_letters) { expect_right("fragments", tally(0, as_it_is), 95); }

TEST(UnseenText, fragments_in_small_letters_without_accents) {
  expect_right("without accents", tally(0, [](const std::string& text) { return fold(text); }), 92);
}

TEST(UnseenText, two_words) { expect_right("two words", tally(2, as_it_is), 89); }

}  // namespace
}  // namespace passerelle::language
