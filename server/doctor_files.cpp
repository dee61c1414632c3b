// The configuration, the content, and the files on the disk: what is there, whose it is, and who can read it.
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "doctor.hpp"
#include "store/data_folder.hpp"
#include "store/upgrade.hpp"

namespace passerelle::doctor {
namespace {

namespace fs = std::filesystem;

constexpr unsigned others = S_IRWXG | S_IRWXO;
constexpr double least_free = 0.10;
constexpr std::size_t shortest_secret = 22;  // 128 bits in base64

void add(Troubles& to, std::optional<Trouble> trouble) {
  if (trouble) to.push_back(std::move(*trouble));
}

void tell(const Findings& findings, const std::string& otherwise, Troubles& to) {
  for (const Finding& finding : findings)
    to.push_back({to_string(finding.at), finding.what, finding.remedy.empty() ? otherwise : finding.remedy});
}

std::string database_of(const House& house) {
  return house.config().data_dir + "/" + std::string(store::database_name);
}

bool has_data(const House& house) {
  std::error_code code;
  return fs::is_directory(house.config().data_dir, code);
}

void configuration(const House& house, Troubles& to) {
  tell(house.loaded.findings, "compare it with the sample, config/passerelle.toml", to);
}

void content(const House& house, Troubles& to) {
  tell(house.content.findings, "'passerelle dialogs lint' and 'passerelle locales lint' tell more", to);
}

void channels(const House& house, Troubles& to) {
  tell(house.channel_findings, "see the README in the gateway's folder of adapters/", to);
}

void configuration_writable(const House& house, Troubles& to) {
  add(to, too_open(house.sources.file, S_IWGRP | S_IWOTH, "other users of this machine can change the configuration"));
}

// Some secret does not stand in a file of its own, and so in this one.
void secrets_inside(const House& house, Troubles& to) {
  std::size_t secrets = 0;
  for (const ChannelConfig& channel : house.config().channels) secrets += channel.settings.secrets.size();
  if (secrets <= house.config().secret_files.size()) return;
  add(to, too_open(house.sources.file, others, "it holds a secret, and other users of this machine can read it"));
}

void secret_files(const House& house, Troubles& to) {
  for (const std::string& file : house.config().secret_files)
    add(to, too_open(file, S_IWGRP | S_IXGRP | S_IRWXO, "other users of this machine can read or change this secret"));
}

// Those that we make up ourselves; a gateway's own are as long as it makes them.
void short_secrets(const House& house, Troubles& to) {
  for (const ChannelConfig& channel : house.config().channels) {
    for (const auto& [key, secret] : channel.settings.secrets) {
      const bool ours = key.find("hook_secret") != std::string::npos || key == "verify_token";
      if (!ours || secret.reveal().size() >= shortest_secret) continue;
      to.push_back({"channel " + channel.settings.name,
                    "'" + key + "' is shorter than 22 characters, and can be guessed",
                    "make a new one with: openssl rand -hex 16"});
    }
  }
}

void folder_there(const House& house, Troubles& to) {
  std::error_code code;
  if (has_data(house) && fs::exists(database_of(house), code)) return;
  to.push_back({house.config().data_dir, "no server has used this data folder yet",
                "start it with 'passerelle serve', or name the right folder with --data or --config", true});
}

void folder_mode(const House& house, Troubles& to) {
  add(to, too_open(house.config().data_dir, others, "other users of this machine can look into the data folder"));
}

void data_modes(const House& house, Troubles& to) {
  const std::string database = database_of(house);
  for (const std::string& path : {database, database + "-wal", database + "-shm", house.config().data_dir + "/lock"})
    add(to, too_open(path, others, "other users of this machine can read what people wrote"));
  for (const std::string& path : store::copies_of(database))
    add(to, too_open(path, others, "other users of this machine can read what people wrote"));
}

void socket_mode(const House& house, Troubles& to) {
  add(to,
      too_open(admin_socket(house.config()), others, "other users of this machine can ask the server for anything"));
}

// As root, the folder says who the server runs as; else we are that user ourselves.
void owner(const House& house, Troubles& to) {
  struct stat folder{}, file{};
  if (stat(house.config().data_dir.c_str(), &folder) != 0) return;
  if (geteuid() != 0 && folder.st_uid != geteuid()) {
    to.push_back(
        {house.config().data_dir, "the data folder belongs to another user",
         fmt::format("run this as the server's user, or: chown -R {} {}", geteuid(), house.config().data_dir)});
    return;
  }
  const std::string database = database_of(house);
  for (const std::string& path : {database, database + "-wal", database + "-shm"}) {
    if (stat(path.c_str(), &file) != 0 || file.st_uid == folder.st_uid) continue;
    const auto mend = [path, folder] { return give_to(path, folder.st_uid, folder.st_gid); };
    to.push_back({path, "belongs to another user than the data folder, so that the server cannot write it",
                  fmt::format("run: chown {}:{} {}", folder.st_uid, folder.st_gid, path), false, mend});
  }
}

void network_disk(const House& house, Troubles& to) {
  struct statfs disk{};
  if (statfs(house.config().data_dir.c_str(), &disk) != 0) return;
  const std::string_view name = store::network_file_system(disk.f_type);
  if (name.empty()) return;
  to.push_back({house.config().data_dir,
                fmt::format("the data folder is on {}, where locks and syncs cannot be trusted", name),
                "move it to a disk of this machine"});
}

void space(const House& house, Troubles& to) {
  struct statvfs disk{};
  const std::string& folder = has_data(house) ? house.config().data_dir : std::string(".");
  if (statvfs(folder.c_str(), &disk) != 0 || disk.f_blocks == 0) return;
  const double free = static_cast<double>(disk.f_bavail) / static_cast<double>(disk.f_blocks);
  if (free >= least_free) return;
  to.push_back({folder, fmt::format("only {:.1f} % of its disk is free", free * 100),
                "make room, or move the data folder: a full disk is answered with 503, and nothing is lost"});
}

// The process that holds the folder's lock, as it wrote itself down; nothing: nobody does.
std::optional<std::string> holder(const House& house) {
  const std::string path = house.config().data_dir + "/lock";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  const bool held = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  std::array<char, 32> text{};
  const ssize_t size = held ? pread(file, text.data(), text.size() - 1, 0) : 0;
  close(file);
  if (!held) return std::nullopt;
  return std::string(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
}

// A copy that is an hour old belongs to nobody who still makes a backup.
bool is_left_over(const std::string& path, TimePoint now) {
  struct stat file{};
  if (lstat(path.c_str(), &file) != 0) return false;
  return S_ISSOCK(file.st_mode) || TimePoint(std::chrono::seconds(file.st_mtime)) + std::chrono::hours(1) < now;
}

void left_over(const House& house, Troubles& to) {
  if (house.server_answers || holder(house)) return;
  const std::string& folder = house.config().data_dir;
  for (const std::string& path :
       {admin_socket(house.config()), folder + "/backup.part", folder + "/passerelle.db.trial"}) {
    if (!is_left_over(path, house.now)) continue;
    to.push_back({path, "was left behind by a run that did not end in order", "run: rm " + path, false,
                  [path]() -> result<void> {
                    std::error_code failed;
                    fs::remove(path, failed);
                    return failed ? result<void>(Error{failed.message(), path}) : result<void>();
                  }});
  }
}

void lock_held(const House& house, Troubles& to) {
  if (house.server_answers) return;
  if (const auto process = holder(house)) {
    to.push_back({house.config().data_dir + "/lock",
                  "process " + *process + " holds the data folder and does not answer",
                  "look into its log, then end it: kill " + *process});
  }
}

void old_copies(const House& house, Troubles& to) {
  for (const std::string& path : store::copies_of(database_of(house))) {
    struct stat file{};
    if (stat(path.c_str(), &file) != 0) continue;
    const auto age = house.now - TimePoint(std::chrono::seconds(file.st_mtime));
    if (age < std::chrono::hours(24 * 30)) continue;
    to.push_back({path, "the copy from before an upgrade is " + long_ago(age) + " old, and holds what people wrote",
                  "if the new version works: rm " + path, true});
  }
}

}  // namespace

std::span<const Check> file_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"config.sound", "passerelle.toml and what the command line sets", configuration},
      {"content.sound", "dialogs, sentences of every language, the association", content},
      {"channel.sound", "channels together with the association and public_url", channels},
      {"config.writable", "who can change passerelle.toml", configuration_writable},
      {"config.readable", "who can read the secrets that stand in passerelle.toml", secrets_inside},
      {"secret.mode", "who can read the files of secrets", secret_files},
      {"secret.short", "the length of the secrets that we make up", short_secrets},
      {"data.there", "the data folder and its database", folder_there},
      {"data.mode", "who can look into the data folder", folder_mode},
      {"data.files", "who can read the database", data_modes},
      {"data.socket", "who can ask the server over admin.sock", socket_mode},
      {"data.owner", "whose the data folder and its files are", owner},
      {"data.network", "the file system of the data folder", network_disk},
      {"data.space", "free room on its disk", space},
      {"data.left_over", "files of a run that was killed", left_over},
      {"data.lock", "who holds the data folder", lock_held},
      {"data.copies", "copies from before an upgrade", old_copies},
  });
  return rows;
}

}  // namespace passerelle::doctor
