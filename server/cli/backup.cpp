#include "cli/backup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>

#include <atomic>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <filesystem>

#include "app_backup.hpp"
#include "backup/restore.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "base/zone.hpp"
#include "cli/admin_client.hpp"
#include "cli/exit_code.hpp"
#include "cli/findings.hpp"
#include "cli/office_line.hpp"
#include "cli/print.hpp"
#include "store/data_folder.hpp"
#include "store/upgrade.hpp"

namespace passerelle::cli {
namespace {

namespace json = boost::json;

constexpr std::chrono::seconds deadline{40};  // of one question; a large backup takes several

int fail(int code, const std::string& what) {
  std::fprintf(stderr, "passerelle: %s\n", harmless(what).c_str());
  return code;
}

int fail(const Error& error) { return fail(exit_failed, to_string(error)); }

int tell(const json::object& answer, bool as_json, const std::string& line) {
  std::printf("%s\n", as_json ? json::serialize(answer).c_str() : harmless(line).c_str());
  return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
}

std::string files_of(const std::string& count) { return count + (count == "1" ? " file" : " files"); }

std::string size_of(std::uint64_t bytes) {
  return bytes < 10'000'000 ? fmt::format("{} KB", (bytes + 999) / 1000) : fmt::format("{} MB", bytes / 1'000'000);
}

int tell_made(const json::object& made, bool as_json) {
  const auto text = [&](const char* key) {
    const auto* value = made.if_contains(key);
    return value == nullptr     ? std::string()
           : value->is_string() ? std::string(value->get_string())
                                : json::serialize(*value);
  };
  const auto bytes = static_cast<std::uint64_t>(std::atoll(text("bytes").c_str()));
  return tell(made, as_json,
              fmt::format("{}: {} rows, {}, {}", text("file"), text("rows"), files_of(text("files")), size_of(bytes)));
}

std::string text_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

// Nothing: no server runs.
std::optional<int> ask_server(const Config& config, bool as_json) {
  json::object question;
  for (;;) {
    const auto answer = exchange(admin_socket(config), {"POST", "/office/backup", json::serialize(question)}, deadline);
    if (!answer) return fail(exit_unreachable, to_string(answer.error()));
    if (!*answer) return std::nullopt;
    boost::system::error_code failed;
    const json::value body = json::parse((*answer)->body, failed);
    if (failed || !body.is_object())
      return fail(exit_failed, "the server answered with status " + std::to_string((*answer)->status));
    const json::object& told = body.get_object();
    if ((*answer)->status != 200) return fail(Error{text_in(told, "error"), text_in(told, "where")});
    if (told.contains("done") && told.at("done") == true) return tell_made(told, as_json);
    question = {{"number", told.at("number")}};
  }
}

int make(const ConfigSources& sources, bool as_json) {
  const LoadedConfig loaded = load_config(sources);
  print_findings(loaded.findings);
  if (!loaded.findings.empty()) return exit_configuration;
  if (const auto done = ask_server(loaded.config, as_json)) return *done;
  const auto order = backup_order(loaded.config);
  if (!order)
    return fail(exit_configuration,
                "[backup] recipient is not set: run 'passerelle backup keygen', and set it to what it prints first");
  std::error_code code;
  if (!std::filesystem::exists(loaded.config.data_dir + "/" + std::string(store::database_name), code))
    return fail(exit_failed,
                loaded.config.data_dir + ": no server has used this data folder yet; name it with --data or --config");
  const auto made = backup::make_backup(*order, SystemClock().now());
  if (!made) return fail(made.error());
  return tell_made(
      {{"done", true}, {"file", made->path}, {"bytes", made->bytes}, {"rows", made->rows}, {"files", made->files}},
      as_json);
}

// The one moment in which the private half is seen.
int keygen(bool as_json) {
  const backup::KeyPair pair = backup::make_keys();
  const std::string key(pair.key.reveal());
  if (as_json) return tell({{"recipient", pair.recipient}, {"key", key}}, true, "");
  std::printf(
      "# passerelle.toml, section [backup]. It is no secret.\nrecipient = \"%s\"\n\n"
      "# The key opens every backup that is made for this recipient, and nothing else does. It is shown this once.\n"
      "# Keep it on paper or another machine, in two places, never on the server.\n%s\n",
      pair.recipient.c_str(), key.c_str());
  return std::fflush(stdout) == 0 ? exit_ok : exit_failed;
}

int list(const ConfigSources& sources, bool as_json) {
  const LoadedConfig loaded = load_config(sources);
  print_findings(loaded.findings);
  if (!loaded.findings.empty()) return exit_configuration;
  json::array rows;
  for (const backup::Kept& kept : backup::backups_in(backup_folder(loaded.config))) {
    std::error_code code;
    const auto bytes = std::filesystem::file_size(kept.path, code);
    const auto head = backup::read_archive_head(kept.path);
    rows.push_back({{"made", format_instant(kept.made)},
                    {"file", kept.path},
                    {"bytes", code ? 0 : bytes},
                    {"recipient", head ? head->recipient : "damaged"}});
  }
  const json::object answer{{"backups", std::move(rows)}};
  if (as_json) return tell(answer, true, "");
  std::fputs(for_people(answer, {"backups", {"made", "bytes", "recipient", "file"}}).c_str(), stdout);
  return exit_ok;
}

result<backup::Opener> key_of(const std::string& path) {
  if (path.empty()) return Error{"the key is needed: name its file with --key", ""};
  const auto text = read_file(path);
  if (!text) return text.error();
  // As keygen printed it: its lines that are no key are left over.
  const auto begin = text->find("pbk1-");
  const std::string found =
      begin == std::string::npos ? *text : text->substr(begin, text->find_first_of(" \r\n\"", begin) - begin);
  auto key = backup::read_key(Secret(found));
  if (!key) return Error{key.error().what, path};
  return key;
}

std::atomic<bool> broken_off = false;  // what a signal handler may touch

// Ctrl-C ends the work, not the process: what was unpacked can be read by whoever finds it, and goes first.
void end_in_order() {
  struct sigaction action{};
  action.sa_handler = [](int) { broken_off = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // the second time ends it at once
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

json::object answer_of(const std::string& file, const backup::Manifest& manifest) {
  std::int64_t rows = 0;
  json::object counts;
  for (const auto& [table, count] : manifest.counts) {
    rows += count;
    counts[table] = count;
  }
  return {{"ok", true},
          {"file", file},
          {"made", format_instant(manifest.made)},
          {"schema", manifest.schema},
          {"rows", rows},
          {"counts", counts},
          {"files", manifest.files},
          {"attachments", manifest.attachments}};
}

std::string line_of(const json::object& answer, const std::string& where) {
  const bool all = answer.at("attachments").as_bool();
  return fmt::format("{}: {}; made {}, schema {}, {} rows, {}{}", text_in(answer, "file"), where,
                     text_in(answer, "made"), answer.at("schema").as_int64(), answer.at("rows").as_int64(),
                     files_of(json::serialize(answer.at("files"))),
                     all ? "" : "; attachments are in the first backup of that day");
}

int verify(const std::string& file, const backup::Opener& key, bool as_json) {
  const char* temporary = std::getenv("TMPDIR");
  const auto done = backup::verify_backup(file, key, temporary == nullptr ? "/tmp" : temporary, &broken_off);
  if (!done) return fail(done.error());
  const json::object answer = answer_of(file, *done);
  return tell(answer, as_json, line_of(answer, "sound"));
}

int restore_into(const std::string& file, const backup::Opener& key, const std::string& into, bool as_json) {
  const auto done = backup::restore_backup(file, key, into, SystemClock().now(), &broken_off);
  if (!done) return fail(done.error());
  json::object answer = answer_of(file, done->manifest);
  answer["paused"] = json::array(done->held.channels.begin(), done->held.channels.end());
  answer["uncertain"] = done->held.messages;
  const int told = tell(answer, as_json, line_of(answer, "restored into " + into));
  if (as_json || done->held.channels.empty()) return told;
  std::printf(
      "Nothing leaves it yet. Paused: %s. Uncertain, since they may have left after the backup: %s.\n"
      "It knows nothing of what came after %s: who said STOP, what was sent, what was moved. Compare with the\n"
      "gateway's own log and your calendar, look through 'passerelle send list --state uncertain', and only then, for\n"
      "each channel: passerelle channel resume NAME\n",
      harmless(fmt::format("{}", fmt::join(done->held.channels, ", "))).c_str(),
      std::to_string(done->held.messages).c_str(), text_in(answer, "made").c_str());
  return std::fflush(stdout) == 0 ? told : exit_failed;
}

int restore(const std::string& file, const std::string& key_file, const std::string& into, bool only_verify,
            bool as_json) {
  log::set_level(log::Level::error);
  if (only_verify == !into.empty()) return fail(exit_usage, "say either --verify or --into FOLDER");
  const auto key = key_of(key_file);
  if (!key) return fail(key.error());
  end_in_order();
  return only_verify ? verify(file, *key, as_json) : restore_into(file, *key, into, as_json);
}

int migrate(const ConfigSources& sources, bool dry_run, bool as_json) {
  const LoadedConfig loaded = load_config(sources);
  print_findings(loaded.findings);
  if (!loaded.findings.empty()) return exit_configuration;
  const std::string& folder = loaded.config.data_dir;
  const auto done = dry_run ? store::rehearse_upgrade(folder) : store::upgrade_folder(folder);
  if (!done) return fail(store::is_lock_error(done.error()) ? exit_locked : exit_failed, to_string(done.error()));
  const json::object answer{{"from", done->from}, {"to", done->to}, {"dry_run", dry_run}};
  if (done->from == 0) return tell(answer, as_json, folder + ": there is no database yet; 'serve' makes it");
  if (done->from == done->to)
    return tell(answer, as_json, fmt::format("{}: schema {}, nothing to do", folder, done->to));
  const std::string what = dry_run ? "a copy was upgraded from schema {} to {} and is sound; nothing was changed"
                                   : "upgraded from schema {} to {}; the copy from before stands beside it";
  return tell(answer, as_json, folder + ": " + fmt::format(fmt::runtime(what), done->from, done->to));
}

}  // namespace

void BackupLine::add_to(CLI::App& app, const Choose& choose) {
  const auto flag_json = [this](CLI::App& to) { to.add_flag("--json", as_json_, "The answer as JSON, for programs"); };
  CLI::App* made = app.add_subcommand("backup", "Make a sealed backup now, while the server runs");
  add_folder_options(*made, sources_);
  flag_json(*made);
  made->callback([this, made, choose] {
    if (made->get_subcommands().empty()) choose([this] { return make(sources_, as_json_); });
  });
  CLI::App* keys =
      made->add_subcommand("keygen", "Make a pair of keys: the recipient's, and the one that opens backups");
  flag_json(*keys);
  keys->callback([this, choose] { choose([this] { return keygen(as_json_); }); });
  CLI::App* listed = made->add_subcommand("list", "Show the backups that are kept");
  add_folder_options(*listed, sources_);
  flag_json(*listed);
  listed->callback([this, choose] { choose([this] { return list(sources_, as_json_); }); });

  CLI::App* restored = app.add_subcommand("restore", "Check a backup, or make a data folder of it");
  restored->add_option("FILE", file_, "The backup")->required();
  restored->add_option("--key", key_file_, "The file with the key that 'backup keygen' printed")->required();
  restored->add_flag("--verify", verify_, "Only open it, check its database, and count");
  restored->add_option("--into", into_, "The data folder to make: not there yet, or empty");
  flag_json(*restored);
  restored->callback(
      [this, choose] { choose([this] { return restore(file_, key_file_, into_, verify_, as_json_); }); });

  CLI::App* migrated = app.add_subcommand("migrate", "Bring the database of a stopped server to this program's schema");
  add_folder_options(*migrated, sources_);
  migrated->add_flag("--dry-run", dry_run_, "Try it on a copy, and change nothing");
  flag_json(*migrated);
  migrated->callback([this, choose] { choose([this] { return migrate(sources_, dry_run_, as_json_); }); });
}

}  // namespace passerelle::cli
