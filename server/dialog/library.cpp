#include "dialog/library.hpp"

namespace passerelle::dialog {

void Library::add(std::shared_ptr<const Dialog> dialog) {
  const std::string& name = dialog->ref.name;
  dialogs_.insert_or_assign(name, std::move(dialog));
}

const Dialog* Library::find(std::string_view name) const {
  const auto found = dialogs_.find(name);
  return found == dialogs_.end() ? nullptr : found->second.get();
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
  return keys;
}

std::set<std::string> word_keys_of(const Dialog& dialog) {
  std::set<std::string> keys;
  for (const Step& step : dialog.steps) {
    for (const Category& category : step.categories) {
      const auto* number = std::get_if<OnNumber>(&category.test);
      if (number != nullptr && !number->words.empty()) keys.insert(number->words);
    }
  }
  return keys;
}

}  // namespace passerelle::dialog
