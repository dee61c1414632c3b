// All dialogs of one content version, and the checks that need to see them together.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/dialog.hpp"

namespace passerelle::dialog {

class Library {
 public:
  void add(std::shared_ptr<const Dialog> dialog);
  const Dialog* find(std::string_view name) const;

  // An older version, for conversations that began with it; it takes no name away from today's dialogs.
  void add_version(std::shared_ptr<const Dialog> dialog);
  // The very version; null when the library does not have it.
  const Dialog* find(const DialogRef& version) const;

  // The dialog that hears this topic, and how it begins then; nulls when there is none.
  struct Hearer {
    const Dialog* dialog = nullptr;
    const Heard* heard = nullptr;
  };
  Hearer hearer(std::string_view topic) const;

  // Names that some dialog keeps a number under: sentences get them as numbers, for plurals.
  bool is_count(std::string_view name) const { return counts_.contains(name); }
  const std::map<std::string, std::shared_ptr<const Dialog>, std::less<>>& all() const { return dialogs_; }

  // The dialog that answers whoever writes without a question being open; the exit 'first' leads to it.
  void set_first(std::string name) { first_ = std::move(name); }
  const std::string& first() const { return first_; }

 private:
  void note_counts(const Dialog& dialog);

  std::string first_ = "first_contact";
  std::set<std::string, std::less<>> counts_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Dialog>> versions_;
  std::map<std::string, std::shared_ptr<const Dialog>, std::less<>> dialogs_;
};

// What lint compares dialogs with.
struct Sentences {
  std::set<std::string> keys;                              // of the source locale, sentences and lists of words alike
  std::map<std::string, std::set<std::string>> arguments;  // of sentences, by key; those left out are not looked at
  std::vector<Locale> languages;                           // that have sentences; empty: not looked at
};

// What can only be seen with all dialogs and all keys there: exits to nowhere, steps that cannot be reached, circles
// without a wait, calls without end, sentences that nobody wrote or that need what nobody knows. In the order of files
// and lines.
Findings lint(const Library& library, const Sentences& sentences);

// Every key that a dialog says or asks, for coverage reports.
std::set<std::string> keys_of(const Dialog& dialog);
// Every key under which a dialog's menus look for words.
std::set<std::string> word_keys_of(const Dialog& dialog);
// Keys that only dialogs limited to some languages use, and these languages: nobody needs them in others.
std::map<std::string, std::set<Locale>> limited_keys(const Library& library);

}  // namespace passerelle::dialog
