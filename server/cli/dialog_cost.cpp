#include "cli/dialog_cost.hpp"

#include <fmt/format.h>

#include <map>

#include "dialog/messages.hpp"
#include "language/segments.hpp"
#include "translation/lint.hpp"
#include "translation/samples.hpp"

namespace passerelle::cli {
namespace {

class CostReader {
 public:
  explicit CostReader(const turns::Content& content) : content_(content) {}

  std::size_t parts(const dialog::WholeMessage& message, const Locale& locale) {
    std::string text;
    for (const std::string& key : message.keys) text += (text.empty() ? "" : "\n") + sample(key, locale);
    return language::segments(text).parts.size();
  }

  std::size_t most(const dialog::WholeMessage& message) const {
    const language::LocaleFile* source = content_.catalog.find("fr");
    for (const std::string& key : message.keys) {
      const auto found = source->sentences.find(key);
      if (found != source->sentences.end() && found->second.critical) return translation::most_parts_of_critical;
    }
    return translation::most_parts;
  }

 private:
  // With example values, and without the site's language beside drafts: that ends with their review.
  const std::string& sample(const std::string& key, const Locale& locale) {
    const auto [entry, added] = samples_.try_emplace({key, locale});
    if (!added) return entry->second;
    const auto samples = translation::samples_of(content_.catalog, key, locale);
    if (!samples.empty()) entry->second = samples.front().text;
    return entry->second;
  }

  const turns::Content& content_;
  std::map<std::pair<std::string, Locale>, std::string> samples_;
};

// The dearest message that begins with a step, where it is too dear.
struct Dearest {
  std::size_t parts = 0;
  std::size_t most = 0;
  Locale locale;
  std::set<Locale> too_dear_in = {};
};

Finding note_of(const dialog::Corner& corner, const Dearest& dearest) {
  std::string what = fmt::format("the message that begins with '{}' takes {} SMS in '{}'", corner.step->id,
                                 dearest.parts, dearest.locale);
  std::string others;
  for (const Locale& locale : dearest.too_dear_in) {
    if (locale != dearest.locale) others += (others.empty() ? "" : ", ") + locale;
  }
  if (!others.empty()) what += " and too many in " + others;
  return {corner.step->at, std::move(what), fmt::format("say it shorter: {} are the most", dearest.most)};
}

}  // namespace

Findings dear_messages(const turns::Content& content, const std::set<std::string>& dialogs) {
  CostReader costs(content);
  std::vector<std::pair<dialog::Corner, Dearest>> found;  // in the order of files and lines
  for (const dialog::WholeMessage& message : dialog::whole_messages(content.library)) {
    if (!dialogs.empty() && !dialogs.contains(message.begins.dialog->ref.name)) continue;
    if (found.empty() || found.back().first != message.begins) found.push_back({message.begins, {}});
    Dearest& dearest = found.back().second;
    const std::size_t most = costs.most(message);
    for (const Locale& locale : content.association.languages) {
      const std::size_t parts = costs.parts(message, locale);
      if (parts <= most) continue;
      dearest.too_dear_in.insert(locale);
      if (parts > dearest.parts) dearest = {parts, most, locale, std::move(dearest.too_dear_in)};
    }
  }
  Findings notes;
  for (const auto& [corner, dearest] : found) {
    if (dearest.parts > 0) notes.push_back(note_of(corner, dearest));
  }
  return notes;
}

}  // namespace passerelle::cli
