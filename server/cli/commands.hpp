// What each command does once its options are known. Each returns an ExitCode.
#pragma once

#include <string>
#include <vector>

#include "config.hpp"

namespace passerelle::cli {

struct ContentOptions {
  std::string association_dir;  // empty: the demo association
  std::vector<std::string> content_dirs;

  std::string association() const { return association_dir.empty() ? "config/associations/demo" : association_dir; }
};

// 'clock': where time stands still, or empty.
int serve(const ConfigSources& sources, const std::string& clock);
int check(const ConfigSources& sources);
int reload(const ConfigSources& sources, bool as_json);

struct DoctorOptions {
  bool fix = false;       // mend what can be mended safely
  bool gateways = false;  // ask the gateways too, through the running server
  bool as_json = false;
  std::string clock;  // for tests: as if it were then
};
int doctor(const ConfigSources& sources, const DoctorOptions& options);

struct SimulateOptions {
  ContentOptions content;
  std::string locale;                // --lang; empty: detected
  std::vector<std::string> scripts;  // --script FILE…: replay instead of reading lines
};
int simulate(const SimulateOptions& options);

int lint_dialogs(const ContentOptions& content, const std::vector<std::string>& files, bool as_json);
// 'locale': of the sentences in the picture; empty: their keys.
int draw_dialog(const ContentOptions& content, const std::string& file, const std::string& locale);
// 'all_branches': fails when the transcripts together leave a way of a dialog out.
int test_dialogs(const ContentOptions& content, const std::vector<std::string>& transcripts, bool all_branches);

// Filters: one line in, one line out.
int language_filter();
int keywords_filter();
int questions_filter();
int segments_filter();
int phones_filter();
int dates_filter();
int typed_dates_filter();

}  // namespace passerelle::cli
