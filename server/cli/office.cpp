#include "cli/office.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "app_channels.hpp"
#include "base/log.hpp"
#include "cli/admin_client.hpp"
#include "cli/exit_code.hpp"
#include "console/operations.hpp"
#include "store/content_version.hpp"
#include "store/data_folder.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"

namespace passerelle::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds deadline{60};
constexpr std::chrono::seconds health_deadline{5};
// A server that is starting or ending, or another command, has the folder for a moment only.
constexpr std::chrono::seconds patience{3};
constexpr std::chrono::milliseconds pause{100};
constexpr std::size_t longest_question = std::size_t{4} * 1024 * 1024;  // what the admin socket takes

OfficeAnswer failed(int code, const Error& error) { return {code, console::to_json(error)}; }

bool print(const Findings& findings) {
  for (const Finding& finding : findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
  return findings.empty();
}

OfficeAnswer read(const AdminAnswer& answer) {
  boost::system::error_code error;
  const boost::json::value body = boost::json::parse(answer.body, error);
  const bool told = !error && body.is_object();
  if (answer.status == 200 && told) return {exit_ok, body.get_object()};
  if (told) return {exit_failed, body.get_object()};
  return failed(exit_failed, {"the server answered with status " + std::to_string(answer.status), ""});
}

// A folder that no server has used yet is more likely a wrong name than a wish.
result<std::unique_ptr<store::Writer>> open_store(const std::string& folder) {
  std::error_code code;
  const bool known = std::filesystem::exists(std::filesystem::path(folder) / store::database_name, code);
  if (code) return Error{"cannot look into the data folder: " + code.message(), folder};
  if (!known) return Error{"no server has used this data folder yet; name it with --data or --config", folder};
  return store::Writer::open(folder);
}

// The console's own way: the same table, in one transaction, with what a server would have loaded.
OfficeAnswer run_here(const Config& config, std::string_view name, const boost::json::object& arguments) {
  const console::Operation* operation = console::find_operation(name);
  if (operation == nullptr) return failed(exit_unreachable, {"this needs a running server", config.data_dir});
  auto writer = open_store(config.data_dir);
  if (!writer) {
    return failed(store::Writer::is_locked(writer.error()) ? exit_locked : exit_failed, writer.error());
  }
  const turns::LoadedContent loaded = turns::load_content({config.association_dir, config.content_dirs, {}, ""});
  if (!print(loaded.findings)) return failed(exit_configuration, {"the content has mistakes", ""});
  Findings findings;
  const Channels channels =
      make_channels(config, loaded.content->association, base_url(config, config.listen_port), findings);
  if (!print(findings)) return failed(exit_configuration, {"the channels have mistakes", ""});
  const turns::ChannelBook book = channel_book(config, channels);
  result<boost::json::object> answer = boost::json::object();
  const auto done = store::transact_now(**writer, [&](store::Transaction& transaction) {
    const TimePoint now = SystemClock().now();
    for (const turns::DialogText& dialog : loaded.content->dialogs) {  // what is begun here can be gone on with
      store::keep_content(transaction, "dialog", dialog.name, dialog.hash, dialog.text, now);
    }
    console::Desk desk{transaction, *loaded.content, book, now};
    answer = console::run(*operation, desk, arguments);
  });
  (*writer)->stop();
  if (!done) return failed(exit_failed, done.error());
  return answer ? OfficeAnswer{exit_ok, std::move(*answer)} : failed(exit_failed, answer.error());
}

}  // namespace

OfficeAnswer ask_office(const ConfigSources& sources, std::string_view operation,
                        const boost::json::object& arguments) {
  const LoadedConfig loaded = load_config(sources);
  if (!print(loaded.findings)) return failed(exit_configuration, {"the configuration has mistakes", ""});
  AdminRequest request{"POST", "/office/" + std::string(operation), boost::json::serialize(arguments)};
  if (request.body.size() > longest_question)
    return failed(exit_failed, {"this is more than 4 MB; send it in parts", ""});
  log::set_level(log::Level::error);
  for (const auto end = steady_clock::now() + patience;; std::this_thread::sleep_for(pause)) {
    const auto answer = exchange(admin_socket(loaded.config), request, deadline);
    if (!answer) return failed(exit_unreachable, answer.error());
    if (*answer) return read(**answer);
    OfficeAnswer here = run_here(loaded.config, operation, arguments);
    if (here.code != exit_locked || steady_clock::now() > end) return here;
  }
}

int health_check(const ConfigSources& sources, bool as_json) {
  const LoadedConfig loaded = load_config(sources);
  if (!print(loaded.findings)) return exit_configuration;
  const auto answer = exchange(admin_socket(loaded.config), {"GET", "/readyz", ""}, health_deadline);
  const bool ready = answer && *answer && (*answer)->status == 200;
  const std::string why = !answer ? to_string(answer.error()) : *answer ? "not ready" : "no server answers";
  boost::json::object told{{"ready", ready}};
  if (!ready) told["why"] = why;
  std::printf("%s\n", as_json ? boost::json::serialize(told).c_str() : ready ? "ready" : why.c_str());
  return ready ? exit_ok : exit_unreachable;
}

}  // namespace passerelle::cli
