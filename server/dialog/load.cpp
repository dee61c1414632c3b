#include "dialog/load.hpp"

#include <fmt/format.h>

#include "dialog/load_heard.hpp"
#include "dialog/load_step.hpp"
#include "dialog/words.hpp"
#include "dialog/yaml_tree.hpp"

namespace passerelle::dialog {
namespace {

constexpr std::size_t most_steps = 500;
const std::vector<std::string> dialog_words{"dialog", "about",    "title",    "languages", "expires",
                                            "aside",  "optional", "standing", "heard",     "steps"};

std::string stem_of(const std::string& file) {
  const std::size_t slash = file.find_last_of('/');
  const std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

void read_head(const Node& root, Dialog& dialog, Report& report) {
  const std::string stem = stem_of(report.file());
  if (const Node* name = root.find("dialog"); name == nullptr) {
    report.add({}, "'dialog' is missing", fmt::format("begin the file with 'dialog: {}'", stem));
  } else if (const auto word = read_name(*name, "dialog", report); word && *word != stem) {
    report.add(name->at, fmt::format("this dialog is called '{}', but its file '{}'", *word, stem),
               fmt::format("write 'dialog: {}', or rename the file", stem));
  }
  dialog.ref.name = stem;
  if (const Node* about = root.find("about")) {
    if (!about->is_word()) report.add(about->at, "'about' is one sentence", "write 'about: What this dialog is for.'");
    dialog.about = about->word;
  }
  if (const Node* expires = root.find("expires")) {
    if (const auto span = read_span(*expires, "expires", report)) dialog.expires = *span;
  }
  if (const Node* title = root.find("title")) {
    dialog.title = read_sentence_key(*title, "title", report).value_or("");
    dialog.title_at = report.position(title->at);
  }
  if (const Node* languages = root.find("languages")) {
    dialog.languages = read_languages(*languages, report);
    dialog.languages_at = report.position(languages->at);
  }
  if (const Node* heard = root.find("heard")) dialog.heard = read_heard(*heard, report);
  if (const Node* aside = root.find("aside")) dialog.remembers = !read_truth(*aside, "aside", report).value_or(false);
  if (const Node* node = root.find("optional")) dialog.optional = read_truth(*node, "optional", report).value_or(false);
  if (const Node* node = root.find("standing")) dialog.standing = read_truth(*node, "standing", report).value_or(false);
  if (dialog.standing) dialog.remembers = false;
}

void read_steps(const Node& root, Dialog& dialog, Report& report) {
  const Node* steps = root.find("steps");
  if (steps == nullptr) {
    report.add({}, "'steps' is missing", "add 'steps:' and below it, two spaces in, the first step");
    return;
  }
  if (!steps->is_map() || steps->keys.empty()) {
    report.add(steps->at, "'steps' needs steps below it", "write a name and ':' on a line of its own, two spaces in");
    return;
  }
  if (steps->keys.size() > most_steps) {
    report.add(steps->keys[most_steps].at, fmt::format("a dialog has at most {} steps", most_steps),
               "split it into several dialogs ('then: dialog NAME')");
    return;
  }
  std::vector<std::string> ids;
  for (const Node& id : steps->keys) ids.push_back(id.word);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    dialog.steps.push_back(read_step(steps->keys[i], steps->items[i], ids, report));
  }
}

// A question that expires before it gives up never gives up. A standing one waits until its appointment.
void check_unanswered(const Dialog& dialog, Report& report) {
  for (const Step& step : dialog.steps) {
    if (!step.unanswered || dialog.standing || step.unanswered->after < dialog.expires) continue;
    report.add({step.unanswered->at.line, step.unanswered->at.column}, "the question expires before this time is over",
               "write a shorter time, or a longer 'expires' at the top (24h when left out)");
  }
}

}  // namespace

Loaded load(const std::string& file, const std::string& text, const std::string& hash) {
  Report report(file);
  const auto root = parse_yaml(text, report);
  if (!root) return {nullptr, report.take()};
  if (!root->is_map()) {
    report.add(root->at, "this is not a dialog", "begin with 'dialog: NAME' and 'steps:'");
    return {nullptr, report.take()};
  }
  auto dialog = std::make_shared<Dialog>();
  dialog->ref.hash = hash;
  dialog->at = report.position(root->at);
  check_keys(*root, "a dialog", dialog_words, report);
  read_head(*root, *dialog, report);
  read_steps(*root, *dialog, report);
  check_unanswered(*dialog, report);
  if (!report.empty()) return {nullptr, report.take()};
  return {std::move(dialog), {}};
}

}  // namespace passerelle::dialog
