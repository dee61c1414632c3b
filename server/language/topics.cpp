#include "language/topics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <unordered_map>

#include "language/families.hpp"
#include "language/normalize.hpp"

namespace passerelle::language {
namespace {

constexpr std::size_t most_words = 40;        // of a text that are looked at
constexpr std::size_t most_guesses = 3;       // two to choose from, and one to spare
constexpr std::uint16_t background = 0xFFFF;  // stands for the topic of sentences that are about none
constexpr int background_counts = 2;          // examples
constexpr double rare = 0.2;                  // examples: what could as well be chance
constexpr double of_known_beginning = 0.5;    // how much a word's first letters tell, and the word itself
constexpr double of_beginning = 1.0;          // …of a word that no example has
constexpr double of_letters = 0.8;            // …and four letters in a row, where not even its beginning is known
constexpr double of_pair = 0.3;               // …and two words side by side
constexpr double of_unknown_word = 1.6;       // what an unknown word could have told, in log odds
constexpr double likely_language = 0.08;      // a language that the text may be in
// From the evidence to the confidence; fitted on every other pair of lines of tests/language/questions.tsv (logistic
// regression).
constexpr double by_score = 0.244;
constexpr double by_lead = 1.000;   // over the next best topic
constexpr double by_share = 1.429;  // of all that the text tells
constexpr double by_length = -1.060;
constexpr double offset = -0.045;

using Hash = std::uint64_t;

// Of letters in a row every hash is even, of anything else odd.
Hash hash_of(char kind, std::string_view text) {
  Hash hash = 14695981039346656037ULL;  // FNV-1a
  const auto eat = [&hash](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
  eat(kind);
  for (const char c : text) eat(c);
  return (hash << 1) | (kind == '#' ? 0 : 1);
}

// Where each code point begins, and the end.
std::vector<std::size_t> borders(std::string_view word) {
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if ((static_cast<unsigned char>(word[i]) & 0xC0) != 0x80) at.push_back(i);
  }
  at.push_back(word.size());
  return at;
}

Hash whole(std::string_view word) { return hash_of('=', word); }

// The first six to three letters, longest first: what a word keeps when its end changes.
std::vector<Hash> beginnings(std::string_view word) {
  const auto at = borders(word);
  std::vector<Hash> hashes;
  for (std::size_t length = std::min<std::size_t>(6, at.size() - 1); length >= 3; --length)
    hashes.push_back(hash_of('<', word.substr(0, at[length])));
  return hashes;
}

// Four letters in a row; '_' is the word's edge.
std::vector<Hash> rows(std::string_view word) {
  const std::string framed = "_" + std::string(word) + "_";
  const auto at = borders(framed);
  std::vector<Hash> hashes;
  for (std::size_t i = 0; i + 4 < at.size(); ++i)
    hashes.push_back(hash_of('#', std::string_view(framed).substr(at[i], at[i + 4] - at[i])));
  return hashes;
}

Hash pair(const std::string& first, const std::string& second) { return hash_of('+', first + " " + second); }

std::vector<Hash> features_of(const std::vector<std::string>& words) {
  std::vector<Hash> all;
  const auto add = [&all](const std::vector<Hash>& some) { all.insert(all.end(), some.begin(), some.end()); };
  for (std::size_t i = 0; i < words.size(); ++i) {
    all.push_back(whole(words[i]));
    add(beginnings(words[i]));
    add(rows(words[i]));
    if (i + 1 < words.size()) all.push_back(pair(words[i], words[i + 1]));
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// Those with a letter in them; figures tell no topic.
std::vector<std::string> first_words(std::vector<std::string> words) {
  std::erase_if(words,
                [](const std::string& word) { return word.find_first_not_of("0123456789") == std::string::npos; });
  if (words.size() > most_words) words.resize(most_words);
  return words;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

class TopicTables {
 public:
  void add(const Locale& locale, std::string_view topic, std::string_view example);
  void add_background(const Locale& locale, std::string_view sentence);
  void finish();

  std::vector<TopicGuess> guess(const Reading& reading, const Locale& known, const Locale& site) const;

 private:
  struct Weight {  // how much more often a feature stands in the examples of this topic than in the others
    std::uint16_t topic = 0;
    float log_odds = 0;
  };
  struct Language {
    std::unordered_map<Hash, std::map<std::uint16_t, int>> counts;  // examples with the feature, until finish()
    std::map<std::uint16_t, int> examples;                          // by topic
    std::unordered_map<Hash, std::vector<Weight>> weights;
  };
  struct Scored {
    std::vector<double> topics;
    double told = 0;  // what all its words tell, whatever the topic
  };

  Scored score(const Language& language, const std::vector<std::string>& words) const;
  void add_word(const Language& language, std::string_view word, Scored& scored) const;
  void guess_in(const Language& language, const std::vector<std::string>& words,
                std::map<std::uint16_t, double>& best) const;

  std::vector<std::string> names_;
  std::map<Locale, Language> languages_;
};

void TopicTables::add(const Locale& locale, std::string_view topic, std::string_view example) {
  auto name = std::ranges::find(names_, topic);
  if (name == names_.end()) name = names_.insert(names_.end(), std::string(topic));
  const auto id = static_cast<std::uint16_t>(name - names_.begin());
  Language& language = languages_[locale];
  ++language.examples[id];
  for (const Hash feature : features_of(first_words(tokens(fold(example))))) ++language.counts[feature][id];
}

void TopicTables::add_background(const Locale& locale, std::string_view sentence) {
  Language& language = languages_[locale];
  language.examples[background] += background_counts;
  for (const Hash feature : features_of(first_words(tokens(fold(sentence)))))
    language.counts[feature][background] += background_counts;
}

void TopicTables::finish() {
  for (auto& [locale, language] : languages_) {
    int all = 0;
    for (const auto& [topic, count] : language.examples) all += count;
    for (const auto& [feature, counts] : language.counts) {
      int everywhere = 0;
      for (const auto& [topic, count] : counts) everywhere += count;
      // Letters in a row that one example has are half of all features, and tell little.
      if (feature % 2 == 0 && everywhere == 1) continue;
      std::vector<Weight>& weights = language.weights[feature];
      for (const auto& [topic, count] : counts) {
        if (topic == background) continue;
        const int own = language.examples[topic];
        const double elsewhere = static_cast<double>(everywhere - count) * own / std::max(1, all - own);
        const double log_odds = std::log((count + rare) / (elsewhere + rare));
        if (log_odds > 0) weights.push_back({topic, static_cast<float>(log_odds)});
      }
    }
    language.counts = {};  // its memory, too
  }
}

// A word by itself where the examples have it, else by how it begins, else by letters in a row.
void TopicTables::add_word(const Language& language, std::string_view word, Scored& scored) const {
  const auto tell = [&](Hash feature, double factor, std::vector<double>& sums) {
    const auto found = language.weights.find(feature);
    if (found == language.weights.end()) return false;
    for (const Weight& each : found->second) sums[each.topic] += factor * each.log_odds;
    return true;
  };
  std::vector<double> sums(names_.size());
  const bool known = tell(whole(word), 1 - of_known_beginning, sums);
  bool begins = false;
  for (const Hash feature : beginnings(word)) {
    begins = tell(feature, known ? of_known_beginning : of_beginning, sums);
    if (begins) break;
  }
  if (!known && !begins) {
    const std::vector<Hash> all_rows = rows(word);
    for (const Hash feature : all_rows)
      begins = tell(feature, of_letters / static_cast<double>(all_rows.size()), sums) || begins;
  }
  const double most = sums.empty() ? 0 : *std::ranges::max_element(sums);
  for (std::size_t i = 0; i < sums.size(); ++i) scored.topics[i] += sums[i];
  scored.told += known || begins ? most : of_unknown_word;
}

TopicTables::Scored TopicTables::score(const Language& language, const std::vector<std::string>& words) const {
  Scored scored{std::vector<double>(names_.size()), 0};
  for (std::size_t i = 0; i < words.size(); ++i) {
    add_word(language, words[i], scored);
    if (i + 1 == words.size()) break;
    const auto found = language.weights.find(pair(words[i], words[i + 1]));
    if (found == language.weights.end()) continue;
    for (const Weight& each : found->second) scored.topics[each.topic] += of_pair * each.log_odds;
  }
  return scored;
}

void TopicTables::guess_in(const Language& language, const std::vector<std::string>& words,
                           std::map<std::uint16_t, double>& best) const {
  const Scored scored = score(language, words);
  const double length = std::log(std::max<std::size_t>(1, words.size()));
  for (std::size_t i = 0; i < scored.topics.size(); ++i) {
    if (scored.topics[i] <= 0) continue;
    double next = 0;  // the best of the others
    for (std::size_t j = 0; j < scored.topics.size(); ++j) {
      if (j != i) next = std::max(next, scored.topics[j]);
    }
    const double share = scored.topics[i] / std::max(0.1, scored.told);
    const double confidence = logistic(by_score * scored.topics[i] + by_lead * (scored.topics[i] - next) +
                                       by_share * share + by_length * length + offset);
    double& known = best[static_cast<std::uint16_t>(i)];
    known = std::max(known, confidence);
  }
}

std::vector<TopicGuess> TopicTables::guess(const Reading& reading, const Locale& known, const Locale& site) const {
  const std::vector<std::string> words = first_words(reading.tokens);
  std::map<std::uint16_t, double> best;
  for (const auto& [locale, language] : languages_) {
    const auto detected = [&](const LanguageScore& each) {
      return each.confidence >= likely_language && family(each.locale) == family(locale);
    };
    const bool own = locale == known || (known.empty() && locale == site);
    if (!own && std::ranges::none_of(reading.scores, detected)) continue;
    guess_in(language, words, best);
  }
  std::vector<TopicGuess> guesses;
  for (const auto& [topic, confidence] : best) {
    if (confidence >= worth_asking) guesses.push_back({names_[topic], confidence});
  }
  std::ranges::sort(guesses, std::ranges::greater{}, &TopicGuess::confidence);
  if (guesses.size() > most_guesses) guesses.resize(most_guesses);
  return guesses;
}

}  // namespace

struct Topics::Lazy {
  struct Added {
    Locale locale;
    std::string topic;  // empty: about none
    std::string text;
  };
  std::vector<Added> added;
  std::once_flag weighed;
  TopicTables tables;

  void weigh() {
    for (const Added& each : added) {
      if (each.topic.empty())
        tables.add_background(each.locale, each.text);
      else
        tables.add(each.locale, each.topic, each.text);
    }
    tables.finish();
    added = {};
  }
};

Topics::Topics() : lazy_(std::make_unique<Lazy>()) {}
Topics::~Topics() = default;
Topics::Topics(Topics&&) noexcept = default;
Topics& Topics::operator=(Topics&&) noexcept = default;

void Topics::add(const Locale& locale, std::string_view topic, std::string_view example) {
  lazy_->added.push_back({locale, std::string(topic), std::string(example)});
}

void Topics::add_background(const Locale& locale, std::string_view sentence) {
  lazy_->added.push_back({locale, {}, std::string(sentence)});
}

std::vector<TopicGuess> Topics::guess(const Reading& reading, const Locale& known, const Locale& site) const {
  std::call_once(lazy_->weighed, [this] { lazy_->weigh(); });
  return lazy_->tables.guess(reading, known, site);
}

}  // namespace passerelle::language
