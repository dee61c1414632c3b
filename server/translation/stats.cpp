#include "translation/stats.hpp"

#include "language/segments.hpp"
#include "translation/samples.hpp"
#include "translation/units.hpp"

namespace passerelle::translation {

Progress progress_of(const language::Catalog& own, const language::Catalog& all, const Locale& locale,
                     const Origins* origins) {
  Progress progress;
  const language::LocaleFile* source = own.find(source_locale);
  const language::LocaleFile* file = own.find(locale);
  if (source == nullptr || file == nullptr) return progress;
  progress.keys = source->sentences.size();
  progress.status = file->status;
  std::size_t sentences = 0, parts = 0;
  for (const auto& [key, from] : source->sentences) {
    const auto found = file->sentences.find(key);
    if (found == file->sentences.end()) continue;
    ++progress.translated;
    const bool stale = origins != nullptr && freshness(*origins, key, from.pattern) == Freshness::stale;
    progress.stale += stale ? 1 : 0;
    if (found->second.words) {
      ++progress.lists;
      continue;
    }
    const std::vector<Sample> samples = samples_of(all, key, locale);
    if (samples.empty()) continue;
    ++sentences;
    parts += language::segments(samples.front().text).parts.size();
  }
  progress.parts = sentences == 0 ? 0 : static_cast<double>(parts) / static_cast<double>(sentences);
  return progress;
}

}  // namespace passerelle::translation
