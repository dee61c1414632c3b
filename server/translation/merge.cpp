#include "translation/merge.hpp"

#include "base/nearest.hpp"
#include "language/locale_file.hpp"
#include "language/locale_name.hpp"
#include "language/normalize.hpp"
#include "language/pattern.hpp"

namespace passerelle::translation {
namespace {

std::string list(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "{" : ", {") + name + '}';
  return out.empty() ? "none" : out;
}

class Merge {
 public:
  Merge(const Units& units, Findings& findings)
      : findings_(findings), plurals_(language::plurals_of(language::icu_locale(units.locale))) {
    for (const Unit& unit : units.all) {
      by_key_[unit.key] = &unit;
      keys_.push_back(unit.key);
    }
  }

  void take(const Row& row) {
    const auto unit = by_key_.find(row.key);
    if (unit == by_key_.end()) {
      findings_.push_back({row.at, "there is no sentence '" + row.key + "'", suggest(row.key, keys_)});
    } else if (const auto [first, fresh] = seen_.emplace(row.key, row.at.line); !fresh) {
      findings_.push_back({row.at, "'" + row.key + "' is given twice",
                           "it stands in line " + std::to_string(first->second) + " already: keep one"});
    } else if (row.source != unit->second->source) {
      findings_.push_back({row.at, "the French of '" + row.key + "' is another one now",
                           "export again, and look whether the translation still says the same"});
    } else if (!row.target.empty() && row.target != unit->second->target && check(row, *unit->second)) {
      changed_[row.key] = row.target;
    }
  }

  std::map<std::string, std::string> changed() { return std::move(changed_); }

 private:
  bool check(const Row& row, const Unit& unit) {
    const std::size_t before = findings_.size();
    if (language::strip_controls(row.target) != row.target) {
      findings_.push_back({row.at, "'" + row.key + "' holds an invisible control character",
                           "take it out: the direction of text is set when a sentence is sent"});
    }
    if (unit.words) {
      language::Sentence words;
      words.pattern = row.target;
      words.at = row.at;
      language::check_words(words, findings_);
    }
    if (unit.icu) check_pattern(row, unit);
    return findings_.size() == before;
  }

  void check_pattern(const Row& row, const Unit& unit) {
    const language::Compiled compiled = language::compile(row.target, plurals_);
    for (const language::PatternMistake& mistake : compiled.mistakes)
      findings_.push_back({row.at, "'" + row.key + "': " + mistake.what, mistake.remedy});
    const language::Compiled source = language::compile(unit.source, plurals_of_source_);
    if (compiled.pattern == nullptr || source.pattern == nullptr) return;
    if (compiled.pattern->arguments == source.pattern->arguments) return;
    findings_.push_back({row.at, "'" + row.key + "' uses the arguments " + list(compiled.pattern->arguments),
                         "fr uses " + list(source.pattern->arguments) + ": use the same"});
  }

  Findings& findings_;
  std::shared_ptr<const language::Plurals> plurals_;
  std::shared_ptr<const language::Plurals> plurals_of_source_ = language::plurals_of(std::string(source_locale));
  std::map<std::string, const Unit*> by_key_;
  std::vector<std::string> keys_;
  std::map<std::string, int> seen_;
  std::map<std::string, std::string> changed_;
};

}  // namespace

std::map<std::string, std::string> merge(const Units& units, const ReadRows& rows, Findings& findings) {
  if (!rows.locale.empty() && rows.locale != units.locale) {
    findings.push_back({rows.rows.empty() ? Position{} : Position{rows.rows.front().at.file, 0, 0},
                        "the file is in '" + rows.locale + "', not in '" + units.locale + "'",
                        "import it with --locale " + rows.locale});
    return {};
  }
  Merge merged(units, findings);
  for (const Row& row : rows.rows) merged.take(row);
  return merged.changed();
}

}  // namespace passerelle::translation
