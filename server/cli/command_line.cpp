#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "cli/backup.hpp"
#include "cli/command_table.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/locales_line.hpp"
#include "cli/office.hpp"
#include "cli/office_line.hpp"

namespace passerelle::cli {
namespace {

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_help_flag("-h,--help", "Show this help");
    add_serve();
    add_simulate();
    add_dialogs();
    locales_.add_to(app_, [this](std::function<int()> act) { chosen_ = std::move(act); });
    add_filters();
    add_check();
    add_reload();
    add_doctor();
    office_.add_to(app_, [this](OfficeLine::Act act) { chosen_ = std::move(act); });
    add_health_check();
    backup_.add_to(app_, [this](std::function<int()> act) { chosen_ = std::move(act); });
    add_shells();
    command(app_, "version", "Print the version", [] {
      std::puts("passerelle " PASSERELLE_VERSION);
      return static_cast<int>(exit_ok);
    });
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::Success& wanted) {
      return app_.exit(wanted);
    } catch (const CLI::ParseError& error) {
      app_.exit(error);
      return exit_usage;
    }
    return chosen_();
  }

 private:
  CLI::App* command(CLI::App& parent, const std::string& name, const std::string& about, std::function<int()> act) {
    CLI::App* made = parent.add_subcommand(name, about);
    made->callback([this, act = std::move(act)] { chosen_ = act; });
    return made;
  }

  void add_config_options(CLI::App& to) {
    to.add_option("--config", sources_.file, "The configuration, a TOML file");
    to.add_option("--data", sources_.data_dir, "The data folder");
    to.add_option("--listen", sources_.listen, "ADDRESS:PORT of the public listener; port 0 picks a free one");
    to.add_option("--set", sources_.settings,
                  "section.key=value, as often as needed; channel.NAME.key=value for a channel")
        ->allow_extra_args(false);
  }

  void add_content_options(CLI::App& to) {
    to.add_option("--association", content_.association_dir,
                  "The association's folder; without it, the demo association");
    to.add_option("--content", content_.content_dirs, "A folder whose dialogs/ and locales/ replace shipped files")
        ->allow_extra_args(false);
  }

  void add_serve() {
    CLI::App* made = command(app_, "serve", "Run the server", [this] { return serve(sources_, clock_); });
    add_config_options(*made);
    made->add_option("--clock", clock_,
                     "For tests: time stands still at this instant (2027-03-26T08:00:00Z) until 'clock' moves it");
  }

  void add_check() {
    add_config_options(*command(app_, "check", "Check the configuration and all content, and start nothing",
                                [this] { return check(sources_); }));
  }

  void add_doctor() {
    CLI::App* made = command(app_, "doctor", "Look for whatever is wrong, each with its remedy: 0, else 1",
                             [this] { return doctor(sources_, doctor_); });
    add_config_options(*made);
    made->add_flag("--fix", doctor_.fix,
                   "Mend what can be mended safely: rights of files, what a killed run left behind");
    made->add_flag("--gateways", doctor_.gateways, "Ask each gateway too, as 'channel test' does");
    made->add_flag("--json", doctor_.as_json, "Every check with what it found, for programs");
    made->add_option("--clock", doctor_.clock, "For tests: as if it were this instant (2027-03-26T08:00:00Z)");
  }

  void add_reload() {
    CLI::App* made =
        command(app_, "reload", "Have the running server read its content again, unless there is a mistake",
                [this] { return reload(sources_, as_json_); });
    add_folder_options(*made, sources_);
    made->add_flag("--json", as_json_, "The answer as JSON, for programs");
  }

  void add_health_check() {
    CLI::App* made = command(app_, "healthcheck", "Whether a server runs on the data folder and can write: 0, else 4",
                             [this] { return health_check(sources_, as_json_); });
    add_folder_options(*made, sources_);
    made->add_flag("--json", as_json_, "The answer as JSON, for programs");
  }

  void add_shells() {
    CLI::App* made = app_.add_subcommand("completion", "Print a script that completes commands in a shell");
    made->require_subcommand(1);
    using Script = std::string (*)(const std::vector<CommandRow>&);
    for (const auto& [shell, script] : {std::pair<const char*, Script>{"bash", bash_completion},
                                        std::pair<const char*, Script>{"zsh", zsh_completion},
                                        std::pair<const char*, Script>{"fish", fish_completion}}) {
      command(*made, shell, std::string("For ") + shell,
              [this, write = script] { return print_text(write(command_rows(app_))); });
    }
    command(app_, "man", "Print the man page passerelle(1): roff, for 'man -l'",
            [this] { return print_text(man_page(command_rows(app_), PASSERELLE_VERSION)); });
  }

  static int print_text(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
  }

  void add_simulate() {
    CLI::App* made = command(app_, "simulate", "Talk to the dialogs in this terminal: lines in, replies out", [this] {
      simulation_.content = content_;
      return simulate(simulation_);
    });
    add_content_options(*made);
    made->add_option("--lang", simulation_.locale,
                     "The person's language: fr, en, ar, ti, uk, fa-AF; without it, detected");
    made->add_option("--script", simulation_.scripts, "Replay transcripts instead, each twice");
  }

  void add_dialogs() {
    CLI::App* dialogs = app_.add_subcommand("dialogs", "Check and test dialogs");
    dialogs->require_subcommand(1);
    CLI::App* lint = command(*dialogs, "lint", "Find mistakes in dialogs; without files, in the shipped content",
                             [this] { return lint_dialogs(content_, files_, as_json_); });
    lint->add_option("files", files_, "Dialog files");
    lint->add_flag("--json", as_json_, "Findings and languages as JSON, for programs");
    add_content_options(*lint);
    CLI::App* test = command(*dialogs, "test", "Replay transcripts, each twice: kept, and reloaded between turns",
                             [this] { return test_dialogs(content_, files_, all_branches_); });
    test->add_option("files", files_, "Transcripts")->required();
    test->add_flag("--all-branches", all_branches_, "Fail when no transcript takes some way of a dialog");
    add_content_options(*test);
    CLI::App* graph = command(*dialogs, "graph", "Print a dialog as a Mermaid flowchart",
                              [this] { return draw_dialog(content_, files_.front(), simulation_.locale); });
    graph->add_option("file", files_, "A dialog file")->required()->expected(1);
    graph->add_option("--lang", simulation_.locale, "Write the sentences of this language instead of their keys");
    add_content_options(*graph);
  }

  void add_filters() {
    command(app_, "language", "Lines of text in; code, tab, confidence out", language_filter);
    command(app_, "keywords", "Lines of language, tab, text in; the intent the server would act on out, or -",
            keywords_filter);
    command(app_, "questions",
            "Lines of language, tab, question in; begin or ask, tab, topic, tab, confidence out, or - for the menu",
            questions_filter);
    command(app_, "segments", "JSON strings in, one a line; GSM-7 or UCS-2, tab, number of SMS parts out",
            segments_filter);
    command(app_, "phones",
            "Lines of region, tab, telephone number in; E.164, region, kind and the form for people out, or - and why",
            phones_filter);
    command(app_, "dates",
            "Lines of language, tab, 2027-03-28T14:30, tab, calendar=… clock=… digits=…; as people are told it out",
            dates_filter);
    command(app_, "typed-dates",
            "Lines of language, tab, 2027-03-28T14:30 (now), tab, text; the day and hour it means out",
            typed_dates_filter);
  }

  CLI::App app_{"Passerelle: a messaging chatbot and notification server for associations that welcome migrants",
                "passerelle"};
  ConfigSources sources_;
  ContentOptions content_;
  SimulateOptions simulation_;
  std::vector<std::string> files_;
  std::string clock_;
  DoctorOptions doctor_;
  OfficeLine office_;
  BackupLine backup_;
  LocalesLine locales_;
  bool as_json_ = false;
  bool all_branches_ = false;
  std::function<int()> chosen_;
};

}  // namespace

int run(int argc, char** argv) {
  try {
    return CommandLine().run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "passerelle: %s\n", error.what());
    return exit_failed;
  }
}

}  // namespace passerelle::cli
