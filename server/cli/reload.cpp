// passerelle reload: has the running server read its content again, and prints what changed or what is wrong.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "cli/admin_client.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/print.hpp"

namespace passerelle::cli {
namespace {

constexpr std::chrono::seconds deadline{30};

int fail(int code, const std::string& what) {
  std::fprintf(stderr, "passerelle: %s\n", what.c_str());
  return code;
}

std::string text_of(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

const boost::json::array& list_of(const boost::json::object& object, std::string_view name) {
  static const boost::json::array none;
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_array() ? none : value->get_array();
}

// file:line:column: what; remedy, where editors jump to.
void print_findings(const boost::json::array& findings) {
  for (const boost::json::value& item : findings) {
    if (!item.is_object()) continue;
    const std::string remedy = text_of(item.get_object(), "remedy");
    const std::string line = text_of(item.get_object(), "at") + ": " + text_of(item.get_object(), "what") +
                             (remedy.empty() ? "" : "; " + remedy);
    std::fprintf(stderr, "%s\n", harmless(line).c_str());
  }
}

void print_names(const char* what, const boost::json::array& names) {
  std::string line;
  for (const boost::json::value& name : names) {
    if (name.is_string()) line += (line.empty() ? "" : ", ") + std::string(name.get_string());
  }
  if (!line.empty()) std::printf("dialogs %s: %s\n", what, harmless(line).c_str());
}

bool is_so(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

void print_changes(const boost::json::object& changes) {
  for (const char* what : {"added", "changed", "removed"}) print_names(what, list_of(changes, what));
  const auto* sentences = changes.if_contains("sentences");
  std::printf("sentences changed: %s\n", sentences == nullptr ? "0" : boost::json::serialize(*sentences).c_str());
  const auto* pages = changes.if_contains("pages");
  if (pages != nullptr && *pages != 0) std::printf("pages changed: %s\n", boost::json::serialize(*pages).c_str());
  if (is_so(changes, "association")) std::printf("the association changed\n");
  if (is_so(changes, "directory"))
    std::printf("directory.csv changed; 'passerelle directory import' brings it into the directory\n");
}

}  // namespace

int reload(const ConfigSources& sources, bool as_json) {
  const LoadedConfig loaded = load_config(sources);
  for (const Finding& finding : loaded.findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
  if (!loaded.findings.empty()) return exit_configuration;
  const auto answer = exchange(admin_socket(loaded.config), {"POST", "/office/reload", ""}, deadline);
  if (!answer) return fail(exit_unreachable, to_string(answer.error()));
  if (!*answer)
    return fail(exit_unreachable,
                "no server answers: " + admin_socket(loaded.config) + "; name its folder with --data or --config");
  boost::system::error_code error;
  const boost::json::value body = boost::json::parse((*answer)->body, error);
  if (error || !body.is_object())
    return fail(exit_failed, "the server answered with status " + std::to_string((*answer)->status));
  const boost::json::object& told = body.get_object();
  if (as_json) std::printf("%s\n", boost::json::serialize(told).c_str());
  if ((*answer)->status == 200) {
    if (!as_json) print_changes(told);
    return exit_ok;
  }
  print_findings(list_of(told, "findings"));
  return fail((*answer)->status == 400 ? exit_configuration : exit_failed, harmless(text_of(told, "error")));
}

}  // namespace passerelle::cli
