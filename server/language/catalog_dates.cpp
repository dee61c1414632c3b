// The words of dates beside the sentences.
#include "language/catalog.hpp"
#include "language/date_words.hpp"

namespace passerelle::language {

Findings Catalog::add_dates(const std::string& file, const std::string& text) {
  Findings findings;
  auto words = std::make_shared<DateWords>(parse_date_words(file, text, findings));
  if (findings.empty()) dates_.insert_or_assign(words->locale, std::move(words));
  return findings;
}

const DateWords* Catalog::date_words(std::string_view locale) const {
  const auto found = dates_.find(locale);
  return found == dates_.end() ? nullptr : found->second.get();
}

std::vector<const DateWords*> Catalog::all_date_words() const {
  std::vector<const DateWords*> all;
  for (const auto& [locale, words] : dates_) all.push_back(words.get());
  return all;
}

}  // namespace passerelle::language
