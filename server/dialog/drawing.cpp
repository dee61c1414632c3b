#include "dialog/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "dialog/vocabulary.hpp"

namespace passerelle::dialog {
namespace {

// Inside quotes Mermaid still reads entities, Markdown and HTML.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool special = c == '"' || c == '#' || c == '<' || c == '>' || c == '&' || c == '`' || c == '\\' || c == ';';
    if (c == '\n')
      safe += "<br/>";
    else if (special || static_cast<unsigned char>(c) < 0x20)
      safe += fmt::format("#{};", static_cast<int>(c));
    else
      safe += c;
  }
  return safe;
}

std::string span(std::chrono::milliseconds time) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
  if (minutes % (24 * 60) == 0) return fmt::format("{}d", minutes / (24 * 60));
  return minutes % 60 == 0 ? fmt::format("{}h", minutes / 60) : fmt::format("{}m", minutes);
}

// What an answer must be, as the arrow tells it.
struct Label {
  std::string operator()(const OnNumber& test) const {
    return test.keep.empty() ? std::to_string(test.number)
                             : fmt::format("{}: {} = {}", test.number, test.keep, test.value);
  }
  std::string operator()(const OnYes&) const { return "yes"; }
  std::string operator()(const OnNo&) const { return "no"; }
  std::string operator()(const OnLanguage&) const { return "a language"; }
  std::string operator()(const OnOneOf& test) const { return fmt::format("{} = one of {}", test.keep, test.list); }
  std::string operator()(const OnCount& test) const {
    return fmt::format("{} = a number, {} to {}", test.keep, test.from, test.to);
  }
  std::string operator()(const OnDate& test) const { return test.keep + " = a date"; }
  std::string operator()(const OnMoment& test) const { return test.keep + " = a day or an hour"; }
  std::string operator()(const OnPhone& test) const { return test.keep + " = a phone number"; }
  std::string operator()(const OnMedia& test) const { return test.keep + " = a photo, voice or file"; }
  std::string operator()(const OnText& test) const { return test.keep + " = any text"; }
};

std::string label(const Branch& branch) {
  const auto fact = std::ranges::find(fact_words(), branch.fact, &FactWord::name);
  const bool yes_no = fact != fact_words().end() && fact->yes_no;
  if (yes_no) return fmt::format("{} = {}", branch.fact, branch.value == 1 ? "yes" : "no");
  switch (branch.compare) {
    case Branch::Compare::is: return fmt::format("{} = {}", branch.fact, branch.value);
    case Branch::Compare::at_least: return fmt::format("{} ≥ {}", branch.fact, branch.value);
    case Branch::Compare::at_most: return fmt::format("{} ≤ {}", branch.fact, branch.value);
  }
  return branch.fact;
}

std::string_view name_of(Consent consent) {
  switch (consent) {
    case Consent::open: return "open";
    case Consent::reminders_only: return "reminders only";
    case Consent::stopped: return "stopped";
  }
  return {};
}

struct ActionLine {
  const Wording& wording;

  std::string operator()(const Say& action) const { return wording(action.key); }
  std::string operator()(const OpenTask& action) const { return "☑ task " + action.kind; }
  std::string operator()(const OpenCase& action) const { return "☑ case " + action.kind; }
  std::string operator()(const SetConsent& action) const { return fmt::format("consent: {}", name_of(action.consent)); }
  std::string operator()(const MarkLatinOnly&) const { return "latin letters only"; }
  std::string operator()(const Respond& action) const {
    return fmt::format("invitation: {}", to_string(action.response));
  }
  std::string operator()(const Pick& action) const { return "pick " + action.what; }
  std::string operator()(const AnswerFor& action) const { return "answer for " + action.name; }
  std::string operator()(const OpenTopic& action) const { return "begin " + action.name; }
};

bool opens_something(const Step& step) {
  for (const Action& action : step.actions) {
    if (std::holds_alternative<OpenTask>(action) || std::holds_alternative<OpenCase>(action)) return true;
  }
  return false;
}

class Drawing {
 public:
  Drawing(const Dialog& dialog, const Wording& wording) : dialog_(dialog), wording_(wording) {
    for (std::size_t i = 0; i < dialog.steps.size(); ++i) ids_[dialog.steps[i].id] = fmt::format("s{}", i);
  }

  std::string draw() {
    out_ = "flowchart TD\n";
    line("b([\"{}\"])", escaped(dialog_.ref.name));
    for (const Step& step : dialog_.steps) node(step);
    for (const Step& step : dialog_.steps) arrows(step);
    for (const auto& [name, id] : ends_) line("{}([\"{}\"])", id, escaped(name));
    line("classDef opens stroke-width:4px");
    return out_;
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_ += "  " + fmt::format(format, std::forward<Parts>(parts)...) + "\n";
  }

  void node(const Step& step) {
    std::string text = step.id;
    for (const Action& action : step.actions) text += "\n" + std::visit(ActionLine{wording_}, action);
    if (!step.ask.empty()) text += "\n" + wording_(step.ask);
    if (!step.call.empty()) text += "\ncall " + step.call;
    const std::string_view open = !step.ask.empty() ? "{" : !step.call.empty() ? "[[" : "[";
    const std::string_view close = !step.ask.empty() ? "}" : !step.call.empty() ? "]]" : "]";
    line("{}{}\"{}\"{}{}", ids_[step.id], open, escaped(text), close, opens_something(step) ? ":::opens" : "");
    if (step.begins || &step == &dialog_.steps.front()) line("b --> {}", ids_[step.id]);
  }

  void arrows(const Step& step) {
    const std::string& from = ids_[step.id];
    if (!step.call.empty()) line("{} -.-> {}", from, end("dialog " + step.call));
    for (const Category& category : step.categories) arrow(from, std::visit(Label{}, category.test), category.exit);
    if (!step.ask.empty()) misses(step);
    if (step.unanswered) arrow(from, "no answer in " + span(step.unanswered->after), step.unanswered->exit);
    for (const Branch& branch : step.branches) arrow(from, label(branch), branch.exit);
    if (step.ask.empty()) arrow(from, step.branches.empty() ? "" : "else", step.exit);
  }

  // Where what fits nothing leads.
  void misses(const Step& step) {
    const std::string& from = ids_[step.id];
    const bool at_once = step.human_reads || step.tries == 1;
    const std::string unclear = at_once ? "unclear" : fmt::format("unclear {} times", step.tries);
    line("{} -. \"{}\" .-> {}", from, unclear, end("human"));
  }

  void arrow(const std::string& from, const std::string& text, const Exit& exit) {
    if (text.empty())
      line("{} --> {}", from, target(exit));
    else
      line("{} -- \"{}\" --> {}", from, escaped(text), target(exit));
  }

  std::string target(const Exit& exit) {
    if (const auto* there = std::get_if<ToStep>(&exit)) return ids_[there->step];
    if (const auto* there = std::get_if<ToDialog>(&exit)) return end("dialog " + there->dialog);
    if (std::holds_alternative<ToHuman>(exit)) return end("human");
    return end(std::holds_alternative<ToFirst>(exit) ? "first" : "end");
  }

  std::string end(const std::string& name) {
    return ends_.try_emplace(name, fmt::format("e{}", ends_.size())).first->second;
  }

  const Dialog& dialog_;
  const Wording& wording_;
  std::map<std::string, std::string> ids_;   // by the step; 'end' and the like would be words of Mermaid
  std::map<std::string, std::string> ends_;  // by what stands in them
  std::string out_;
};

}  // namespace

std::string draw(const Dialog& dialog, const Wording& wording) { return Drawing(dialog, wording).draw(); }

}  // namespace passerelle::dialog
