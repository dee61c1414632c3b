#include "dialog/library.hpp"

namespace passerelle::dialog {

void Library::note_counts(const Dialog& dialog) {
  for (const Step& step : dialog.steps) {
    for (const Category& category : step.categories) {
      if (const auto* count = std::get_if<OnCount>(&category.test)) counts_.insert(count->keep);
    }
  }
}

void Library::add(std::shared_ptr<const Dialog> dialog) {
  note_counts(*dialog);
  const std::string& name = dialog->ref.name;
  dialogs_.insert_or_assign(name, std::move(dialog));
}

void Library::add_version(std::shared_ptr<const Dialog> dialog) {
  note_counts(*dialog);
  std::pair<std::string, std::string> ref{dialog->ref.name, dialog->ref.hash};
  versions_.insert_or_assign(std::move(ref), std::move(dialog));
}

const Dialog* Library::find(const DialogRef& version) const {
  if (const Dialog* today = find(std::string_view(version.name)); today != nullptr && today->ref == version)
    return today;
  const auto found = versions_.find({version.name, version.hash});
  return found == versions_.end() ? nullptr : found->second.get();
}

const Dialog* Library::find(std::string_view name) const {
  const auto found = dialogs_.find(name);
  return found == dialogs_.end() ? nullptr : found->second.get();
}

Library::Hearer Library::hearer(std::string_view topic) const {
  for (const auto& [name, dialog] : dialogs_) {
    for (const Heard& heard : dialog->heard) {
      if (heard.topic() == topic) return {dialog.get(), &heard};
    }
  }
  return {};
}

std::set<std::string> keys_of(const Dialog& dialog) {
  std::set<std::string> keys;
  for (const Step& step : dialog.steps) {
    for (const Action& action : step.actions) {
      if (const auto* say = std::get_if<Say>(&action)) keys.insert(say->key);
    }
    if (!step.ask.empty()) keys.insert(step.ask);
    if (!step.otherwise.empty()) keys.insert(step.otherwise);
  }
  if (!dialog.title.empty()) keys.insert(dialog.title);
  for (const Heard& heard : dialog.heard) keys.insert(heard.title);
  return keys;
}

std::set<std::string> word_keys_of(const Dialog& dialog) {
  std::set<std::string> keys;
  for (const Step& step : dialog.steps) {
    for (const Category& category : step.categories) {
      const std::string& words = words_of(category.test).key;
      if (!words.empty()) keys.insert(words);
    }
  }
  for (const Heard& heard : dialog.heard) {
    for (const WordsKey& like : heard.like) keys.insert(like.key);
  }
  return keys;
}

std::map<std::string, std::set<Locale>> limited_keys(const Library& library) {
  std::map<std::string, std::set<Locale>> limited;
  std::set<std::string> everywhere;
  for (const auto& [name, dialog] : library.all()) {
    std::set<std::string> keys = keys_of(*dialog);
    keys.merge(word_keys_of(*dialog));
    if (dialog->languages.empty()) {
      everywhere.merge(keys);
      continue;
    }
    for (const std::string& key : keys) limited[key].insert(dialog->languages.begin(), dialog->languages.end());
  }
  std::erase_if(limited, [&](const auto& each) { return everywhere.contains(each.first); });
  return limited;
}

}  // namespace passerelle::dialog
