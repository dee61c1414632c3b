// What a question in somebody's own words is about: compared with examples of every topic, language by language.
#pragma once

#include <memory>
#include <string>
#include <string_view>
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
  Topics();
  ~Topics();
  Topics(Topics&&) noexcept;
  Topics& operator=(Topics&&) noexcept;

  // An example as people type it, or a word of the topic. Before the first guess.
  void add(const Locale& locale, std::string_view topic, std::string_view example);
  // A sentence that is about no topic: what its words tell counts less.
  void add_background(const Locale& locale, std::string_view sentence);

  // Best first, at most three, no topic twice, nothing below worth_asking. The person's language counts ('known', or
  // the site's while it is not), and those that the text may be in; the confidence is that of the best one. The first
  // guess weighs all examples, some hundredths of a second that no start has to wait for; any thread may make it.
  std::vector<TopicGuess> guess(const Reading& reading, const Locale& known, const Locale& site) const;

 private:
  struct Lazy;
  std::unique_ptr<Lazy> lazy_;
};

}  // namespace passerelle::language
