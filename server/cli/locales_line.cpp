#include "cli/locales_line.hpp"

#include <CLI/CLI.hpp>

namespace passerelle::cli {
namespace {

constexpr const char* about_folders = "Associations' folders; without one, locales/ here, else what is built in";

}  // namespace

CLI::App* LocalesLine::command(CLI::App& parent, const std::string& name, const std::string& about,
                               int (*act)(const LocalesOptions&), const Choose& choose) {
  CLI::App* made = parent.add_subcommand(name, about);
  made->callback([this, act, choose] { choose([this, act] { return act(options_); }); });
  return made;
}

void LocalesLine::add_exchange(CLI::App& parent, const Choose& choose) {
  CLI::App* out =
      command(parent, "export", "Write a language's sentences for a translator's program", export_locale, choose);
  out->add_option("--out", options_.file, "The file to write; without it, standard output");
  CLI::App* in =
      command(parent, "import", "Take translated sentences back: all of the file, or nothing", import_locale, choose);
  in->add_option("file", options_.file, "What the translator sent")->required();
  for (CLI::App* made : {out, in}) {
    made->add_option("--format", options_.format, "xliff12, xliff20, po or csv")->required();
    made->add_option("--locale", options_.locale, "The language, as its file is called: ar, fa-AF")->required();
    made->add_option("folder", options_.folders, about_folders)->expected(0, 1);
  }
}

void LocalesLine::add_to(CLI::App& app, const Choose& choose) {
  CLI::App* locales = app.add_subcommand("locales", "Check, measure and exchange the sentences of every language");
  locales->require_subcommand(1);
  CLI::App* lint = command(*locales, "lint", "Find mistakes in the language files", lint_locales, choose);
  CLI::App* stats =
      command(*locales, "stats", "How far each language is, and what its messages cost", stats_of_locales, choose);
  stats->add_flag("--json", options_.as_json, "As JSON, for programs");
  for (CLI::App* made : {lint, stats}) made->add_option("folders", options_.folders, about_folders);
  add_exchange(*locales, choose);

  CLI::App* accept =
      command(*locales, "accept", "Write down that translations fit today's French", accept_locale, choose);
  accept->add_option("locale", options_.locale, "The language; without it, all");
  accept->add_option("keys", options_.keys, "The sentences; without them, all");
  CLI::App* samples =
      command(*locales, "samples", "Every sentence with example values, as JSON lines", samples_of_locale, choose);
  samples->add_option("--locale", options_.locale, "The language")->required();
  for (CLI::App* made : {accept, samples})
    made->add_option("--folder", options_.folders, about_folders)->expected(1)->allow_extra_args(false);

  CLI::App* pseudo =
      locales->add_subcommand("pseudo", "Print a language file that shows what would be cut or forgotten");
  pseudo->callback([choose] { choose(pseudo_locale); });
}

}  // namespace passerelle::cli
