#include "cli/office_line.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <utility>

#include "base/file.hpp"
#include "cli/exit_code.hpp"
#include "cli/office.hpp"
#include "cli/save_attachment.hpp"
#include "domain/utf8.hpp"

namespace passerelle::cli {
namespace {

using Kind = OfficeOption::Kind;

int fail(int code, const std::string& what) {
  std::fprintf(stderr, "passerelle: %s\n", harmless(what).c_str());
  return code;
}

std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

// {"row": 7, "error": "…"} of an import: where editors jump to.
void print_row_errors(const boost::json::array& errors, const std::string& file) {
  for (const boost::json::value& item : errors) {
    if (!item.is_object()) continue;
    const auto* row = item.get_object().if_contains("row");
    const std::string number = row == nullptr ? std::string() : ":" + boost::json::serialize(*row);
    std::fprintf(stderr, "%s%s: %s\n", file.c_str(), number.c_str(),
                 harmless(text_of(item.get_object(), "error")).c_str());
  }
}

// Rows of an import with mistakes, or a check that failed.
bool tells_failure(const boost::json::object& body) {
  const auto* errors = body.if_contains("errors");
  const auto* ok = body.if_contains("ok");
  return (errors != nullptr && errors->is_array() && !errors->get_array().empty()) || (ok != nullptr && *ok == false);
}

int print(const OfficeAnswer& answer, const Layout& layout, const std::string& file) {
  if (answer.code != exit_ok) return fail(answer.code, text_of(answer.body, "error"));
  if (!layout.verbatim.empty()) {
    std::fputs(text_of(answer.body, layout.verbatim).c_str(), stdout);
    return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
  }
  boost::json::object body = answer.body;
  const bool failed = tells_failure(body);
  if (const auto* errors = body.if_contains("errors"); errors != nullptr && errors->is_array())
    print_row_errors(errors->get_array(), file);
  body.erase("errors");
  std::fputs(for_people(body, layout).c_str(), stdout);
  return failed ? exit_failed : exit_ok;
}

int print_json(const OfficeAnswer& answer) {
  std::printf("%s\n", boost::json::serialize(answer.body).c_str());
  return answer.code == exit_ok && tells_failure(answer.body) ? exit_failed : answer.code;
}

result<std::string> text_of_file(const std::string& path) {
  result<std::string> text = read_file(path);
  if (!text || valid_utf8(*text) == *text) return text;
  return Error{"is not UTF-8; save it as \"CSV UTF-8\"", path};
}

}  // namespace

void add_folder_options(CLI::App& to, ConfigSources& sources) {
  to.add_option("--data", sources.data_dir, "The data folder of the server");
  to.add_option("--config", sources.file, "The configuration of the server, which names the folder");
  to.add_option("--set", sources.settings, "section.key=value, as often as needed")->allow_extra_args(false);
}

void OfficeLine::add_to(CLI::App& app, const Choose& choose) {
  for (const OfficeCommand& command : office_commands()) {
    CLI::App* made = noun(app, command.noun);
    if (!command.verb.empty()) made = made->add_subcommand(std::string(command.verb), std::string(command.about));
    Typed& typed = typed_.emplace_back();
    typed.command = &command;
    for (const OfficeOption& option : command.options) add_option(*made, option, typed);
    add_folder_options(*made, typed.sources);
    made->add_flag("--json", typed.as_json, "The answer as JSON, for programs");
    made->callback([made, &typed, choose] {
      if (made->get_subcommands().empty()) choose([&typed] { return act(typed); });
    });
  }
}

// A noun that is no command itself wants a verb.
CLI::App* OfficeLine::noun(CLI::App& app, std::string_view name) {
  CLI::App*& made = nouns_[name];
  if (made != nullptr) return made;
  made = app.add_subcommand(std::string(name), std::string(about_noun(name)));
  const auto rows = office_commands();
  const bool is_command =
      std::ranges::any_of(rows, [&](const OfficeCommand& row) { return row.noun == name && row.verb.empty(); });
  if (!is_command) made->require_subcommand(1);
  return made;
}

void OfficeLine::add_option(CLI::App& to, const OfficeOption& option, Typed& typed) {
  const std::string name(option.name);
  const std::string about(option.about);
  switch (option.kind) {
    case Kind::text: to.add_option(name, typed.values[option.name], about); return;
    case Kind::place:
    case Kind::file:
    case Kind::target: to.add_option(name, typed.values[option.name], about)->required(); return;
    case Kind::flag:
    case Kind::instead: to.add_flag(name, typed.flags[option.name], about); return;
  }
}

int OfficeLine::act(const Typed& typed) {
  boost::json::object arguments;
  std::string_view operation = typed.command->operation;
  std::string file;
  std::string target;
  for (const OfficeOption& option : typed.command->options) {
    const auto flag = typed.flags.find(option.name);
    if (flag != typed.flags.end()) {
      if (flag->second && option.kind == Kind::instead) operation = option.argument;
      if (flag->second && option.kind == Kind::flag) arguments[option.argument] = true;
      continue;
    }
    const std::string& value = typed.values.at(option.name);
    if (option.kind == Kind::target) {
      target = value;
    } else if (option.kind == Kind::file) {
      file = value;
      const result<std::string> text = text_of_file(file);
      if (!text) return fail(exit_failed, to_string(text.error()));
      arguments[option.argument] = *text;
    } else if (!value.empty()) {
      arguments[option.argument] = value;
    }
  }
  OfficeAnswer answer = ask_office(typed.sources, operation, arguments);
  if (!target.empty() && answer.code == exit_ok) answer = save_attachment(typed.sources, std::move(answer), target);
  return typed.as_json ? print_json(answer) : print(answer, typed.command->layout, file);
}

}  // namespace passerelle::cli
