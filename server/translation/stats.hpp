// How far each language is.
#pragma once

#include <string>

#include "translation/origins.hpp"

namespace passerelle::translation {

struct Progress {
  std::size_t keys = 0;  // that the source has
  std::size_t translated = 0;
  std::size_t stale = 0;
  std::size_t lists = 0;  // of words
  std::string status;     // "draft", or "reviewed by NAME, DAY"
  double parts = 0;       // mean number of SMS parts of a sentence
};
Progress progress_of(const language::Catalog& own, const language::Catalog& all, const Locale& locale,
                     const Origins* origins);

}  // namespace passerelle::translation
