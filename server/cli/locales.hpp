// passerelle locales …: what translators do with the sentences. Each returns an ExitCode.
#pragma once

#include <string>
#include <vector>

namespace passerelle::cli {

struct LocalesOptions {
  std::vector<std::string> folders;  // associations' own; empty: locales/ here, else the built-in ones
  std::string format;
  std::string locale;             // of accept: empty means all
  std::string file;               // to write or to read; empty: standard output
  std::vector<std::string> keys;  // to accept; empty: all
  bool as_json = false;
};

int lint_locales(const LocalesOptions& options);
int stats_of_locales(const LocalesOptions& options);
int export_locale(const LocalesOptions& options);
int import_locale(const LocalesOptions& options);
// Writes down that the translations fit today's French.
int accept_locale(const LocalesOptions& options);
// A language file on standard output, in a language that nobody speaks.
int pseudo_locale();
// {"key", "values", "text"}, one line a sample, for other programs to compare with.
int samples_of_locale(const LocalesOptions& options);

}  // namespace passerelle::cli
