// What a question in somebody's own words is about: compared with examples of every topic, language by language.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/reading.hpp"

namespace passerelle::language {

struct TopicGuess {
  std::string topic;
  double confidence = 0;  // that this is what was meant, 0 to 1; calibrated on tests/language/questions.tsv
};

// From here on a guess is acted upon; from there on it is worth asking whether it was meant.
inline constexpr double sure_of_topic = 0.85;
inline constexpr double worth_asking = 0.40;

class Topics {
 public:
  // An example as people type it, or a word of the topic.
  void add(const Locale& locale, std::string_view topic, std::string_view example);
  // A sentence that is about no topic: what its words tell counts less.
  void add_background(const Locale& locale, std::string_view sentence);
  // Weighs what was added: once, before the first guess.
  void finish();

  // Best first, at most three, no topic twice, nothing below worth_asking. The person's language counts ('known', empty
  // while it is not), the site's, English, and those that the text may be in; the confidence is that of the best one.
  std::vector<TopicGuess> guess(const Reading& reading, const Locale& known, const Locale& site) const;

 private:
  using Hash = std::uint64_t;
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

}  // namespace passerelle::language
