// An information page of the association: one topic, its text in each language, and who answers for it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "domain/address.hpp"

namespace passerelle {

struct PageText {
  std::string title;               // a line of the list of topics
  std::string text;                // one or two segments
  std::string again;               // the same, more simply: told to whoever asks for it
  std::vector<std::string> words;  // that people may type for the topic, beside its title
  std::string reviewed_by;         // by whom, and when: empty, and it is a draft
  std::optional<date::local_days> reviewed;

  friend bool operator==(const PageText&, const PageText&) = default;
};

struct Page {
  std::string id;  // the file's name, without .yaml
  std::map<Locale, PageText> texts;
  // Facts carry their origin; an expired page is not told (product.md, Facts).
  std::string source;
  std::string owner;
  std::optional<date::local_days> seen;
  std::optional<date::local_days> expires;  // the last day on which it may be told

  friend bool operator==(const Page&, const Page&) = default;
};

bool expired(const Page& page, date::local_days today);

// In this language, else in the site's; null when it has neither.
struct FoundText {
  const PageText* text = nullptr;
  Locale locale;
};
FoundText text_of(const Page& page, const Locale& locale, const Locale& site);

}  // namespace passerelle
