#include "config_table.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "backup/key.hpp"
#include "base/nearest.hpp"

namespace passerelle::configuration {
namespace {

using Kept = std::optional<Complaint>;

bool is_ip(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, address.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
}

// "127.0.0.1:8080", "[::1]:8080". Names are refused: what they stand for may change under us.
Kept keep_listen(const std::string& text, std::string& address, std::uint16_t& port) {
  constexpr std::string_view shape = "write it as 127.0.0.1:8080";
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return Complaint{"has no port", std::string(shape)};
  std::string host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!is_ip(host) || bracketed != (host.find(':') != std::string::npos)) {
    return Complaint{"does not begin with an IP address of this machine", std::string(shape) + " or [::1]:8080"};
  }
  std::uint16_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    return Complaint{"has a port that is not between 0 and 65535", std::string(shape)};
  }
  address = host;
  port = number;
  return std::nullopt;
}

Kept keep_host_names(Config& config, const Value& value) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  std::vector<std::string> hosts = std::get<std::vector<std::string>>(value);
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    std::string& host = hosts[i];
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (host.empty() || host.find_first_not_of(allowed) != std::string::npos) {
      return Complaint{"is not a host name", "write it without scheme, port and path: sms.example.org", i};
    }
  }
  config.hosts = std::move(hosts);
  return std::nullopt;
}

Kept keep_public_url(Config& config, const Value& value) {
  std::string url = std::get<std::string>(value);
  if (auto complaint = check_url(url)) return complaint;
  while (url.ends_with('/')) url.pop_back();
  config.public_url = std::move(url);
  return std::nullopt;
}

Kept check_range(std::int64_t number, std::int64_t most, const std::string& zero) {
  if (number >= 0 && number <= most) return std::nullopt;
  return Complaint{"is not between 0 and " + std::to_string(most), "0 is " + zero};
}

Kept keep_threads(Config& config, const Value& value) {
  const auto number = std::get<std::int64_t>(value);
  if (auto complaint = check_range(number, 256, "one fewer than there are cores")) return complaint;
  config.threads = static_cast<std::size_t>(number);
  return std::nullopt;
}

Kept keep_flood(Config& config, const Value& value) {
  config.flood = std::get<std::int64_t>(value);
  return check_range(config.flood, 1'000'000, "no limit");
}

// Megabytes, as disks and gateways count them.
Kept keep_megabytes(std::int64_t& bytes, const Value& value, std::int64_t most, const std::string& zero) {
  constexpr std::int64_t megabyte = 1'000'000;
  const auto number = std::get<std::int64_t>(value);
  if (auto complaint = check_range(number, most, zero)) return complaint;
  bytes = number * megabyte;
  return std::nullopt;
}

Kept keep_folder(std::string& folder, const Value& value) {
  folder = std::get<std::string>(value);
  if (folder.empty()) return Complaint{"is empty", "give the path of a folder, or leave the key out"};
  return std::nullopt;
}

Kept keep_path(std::string& path, const Value& value) {
  path = std::get<std::string>(value);
  if (path.empty()) return Complaint{"is empty", "give the path of a file, or leave the key out"};
  return std::nullopt;
}

Kept keep_recipient(Config& config, const Value& value) {
  config.backup_recipient = std::get<std::string>(value);
  const auto read = backup::read_recipient(config.backup_recipient);
  if (read) return std::nullopt;
  return Complaint{read.error().what, "write what 'passerelle backup keygen' printed first"};
}

Kept keep_count(int& number, std::int64_t most, const std::string& zero, const Value& value) {
  number = static_cast<int>(std::clamp<std::int64_t>(std::get<std::int64_t>(value), 0, most));
  return check_range(std::get<std::int64_t>(value), most, zero);
}

Kept keep_content_dirs(Config& config, const Value& value) {
  config.content_dirs = std::get<std::vector<std::string>>(value);
  for (std::size_t i = 0; i < config.content_dirs.size(); ++i) {
    std::error_code ignored;
    if (std::filesystem::is_directory(config.content_dirs[i], ignored)) continue;
    return Complaint{"names a folder that is not there: " + config.content_dirs[i],
                     "relative paths start at the working directory", i};
  }
  return std::nullopt;
}

Kept keep_log_level(Config& config, const Value& value) {
  static const std::vector<std::string> levels = {"debug", "info", "warning", "error"};
  const std::string& name = std::get<std::string>(value);
  if (log::parse_level(name, config.log_level)) return std::nullopt;
  return Complaint{"is not a level", suggest(name, levels)};
}

Kept keep_session_store(Config& config, const Value& value) {
  auto place = live::read_place(std::get<std::string>(value));
  if (!place) {
    return Complaint{place.error().what,
                     "write it as \"embedded\", \"redis://127.0.0.1:6379/0\" or \"unix:/run/redis/redis.sock?db=0\""};
  }
  config.session_store = std::move(*place);
  return std::nullopt;
}

// The file is read when all keys are known: config.cpp.
Kept keep_later(Config&, const Value&) { return std::nullopt; }

constexpr auto table = std::to_array<KeyRow>({
    {"server", "listen", Kind::text, R"("127.0.0.1:8080")", "",
     "Where the gateways' webhooks are heard: an IP address of this machine and a port.",
     [](Config& c, const Value& v) { return keep_listen(std::get<std::string>(v), c.listen_address, c.listen_port); }},
    {"server", "admin_listen", Kind::text, R"("127.0.0.1:8081")", "",
     "Where /livez and /readyz answer. It has no login, so it must be a loopback address.",
     [](Config& c, const Value& v) { return keep_listen(std::get<std::string>(v), c.admin_address, c.admin_port); }},
    {"server", "allow_remote", Kind::flag, "false", "",
     "true: listen may be an address that other machines reach although there is no TLS: for a private network, or a\n"
     "proxy with TLS on another machine. A proxy on this one needs only 127.0.0.1.",
     [](Config& c, const Value& v) {
       c.allow_remote = std::get<bool>(v);
       return Kept();
     }},
    {"server", "tls_cert", Kind::text, "", R"("/etc/passerelle/fullchain.pem")",
     "The certificate of 'listen' with those between it and its root (PEM): TLS without a proxy. Read again when it\n"
     "changes; a pair that does not fit leaves the old one.",
     [](Config& c, const Value& v) { return keep_path(c.tls_cert, v); }},
    {"server", "tls_key", Kind::text, "", R"("/etc/passerelle/privkey.pem")", "Its private key (PEM), mode 600.",
     [](Config& c, const Value& v) { return keep_path(c.tls_key, v); }},
    {"server", "public_url", Kind::text, "", R"("https://sms.example.org")",
     "How gateways reach us, as they know it; signatures are checked against it. Without it: http://<listen>.",
     keep_public_url},
    {"server", "hosts", Kind::texts, "[]", "",
     "Further host names that requests may ask for. Always allowed: public_url's, and localhost on this machine.",
     keep_host_names},
    {"server", "threads", Kind::number, "0", "",
     "Threads that read and write sockets. 0: one fewer than the machine has cores, at least one.", keep_threads},
    {"server", "data_dir", Kind::text, R"("data")", "", "The folder of the database. One server to a folder.",
     [](Config& c, const Value& v) { return keep_folder(c.data_dir, v); }},
    {"server", "log_level", Kind::text, R"("info")", "",
     "debug, info, warning or error. Logs hold ids and numbers, never texts, names or addresses.", keep_log_level},
    {"sessions", "store", Kind::text, R"("embedded")", "",
     "\"embedded\": in this process. Or a Redis, by its IP address or its socket: "
     "\"redis://[USER@]127.0.0.1:6379/2\",\n"
     "\"unix:/run/redis/redis.sock?db=2\". There is no TLS on the way to it. It is never waited for more than 20 ms,\n"
     "and when it is away, slow, full or empty, nothing is lost: conversations go on from the database.",
     keep_session_store},
    {"sessions", "password_file", Kind::text, "", R"("redis_password")", "The file of Redis' password, if it has one.",
     keep_later},
    {"sessions", "key_file", Kind::text, "", R"("redis_key")",
     "The file of a secret (32 random characters or more) that names and seals what Redis is given. Only for several\n"
     "servers that are to share it; without one, each start draws its own, and what an earlier one left runs out.",
     keep_later},
    {"association", "dir", Kind::text, "", R"("config/associations/demo")",
     "The folder of the association. Without it the shipped dialogs answer under a neutral name.",
     [](Config& c, const Value& v) { return keep_folder(c.association_dir, v); }},
    {"content", "dirs", Kind::texts, "[]", "",
     "Folders whose dialogs/ and locales/ replace shipped files of the same name; the last folder wins.",
     keep_content_dirs},
    {"limits", "flood", Kind::number, "20", "",
     "Messages a minute that one address gets answers to, three of them at once. 0: no limit.", keep_flood},
    {"attachments", "largest_mb", Kind::number, "5", "",
     "Photos, voices and documents up to so many megabytes are fetched from the gateway. 0: none is, and only that "
     "there\n"
     "was one is known.",
     [](Config& c, const Value& v) { return keep_megabytes(c.attachments.largest, v, 50, "to fetch none"); }},
    {"attachments", "folder_mb", Kind::number, "1000", "",
     "All of them together, in the data folder; one sender may fill a tenth. What finds no room waits for up to 3 "
     "days.",
     [](Config& c, const Value& v) { return keep_megabytes(c.attachments.folder, v, 1'000'000, "no room for any"); }},
    {"backup", "recipient", Kind::text, "", R"("pbr1-…")",
     "For whom backups are sealed: what 'passerelle backup keygen' printed first. Without it none are made. The key\n"
     "that opens them belongs elsewhere: this server cannot read its own backups.",
     keep_recipient},
    {"backup", "dir", Kind::text, "", R"("/var/backups/passerelle")",
     "Where they are kept; another disk is better. Without it: the folder 'backups' of the data folder.",
     [](Config& c, const Value& v) { return keep_folder(c.backup_dir, v); }},
    {"backup", "hourly", Kind::number, "24", "",
     "For how many hours each backup is kept; one is made every hour. 0: one is made a day.",
     [](Config& c, const Value& v) { return keep_count(c.backup_hours, 24 * 31, "one a day", v); }},
    {"backup", "daily", Kind::number, "14", "",
     "…and for how many days the first one of each, which holds the attachments.",
     [](Config& c, const Value& v) { return keep_count(c.backup_days, 366, "none but the hourly ones", v); }},
});

constexpr auto sections = std::to_array<SectionRow>({
    {"server", "The web server."},
    {"sessions",
     "What several servers would share: copies of conversations, the flood limit. The database is always the truth."},
    {"association", "Who answers: places, opening hours, own dialogs and sentences."},
    {"content", "Changed dialogs and sentences."},
    {"limits", "Protection against floods."},
    {"attachments",
     "What people show us: fetched after the message, kept as files that only 'attachments save' opens."},
    {"backup", "Copies of the database, sealed, while the server runs."},
});

constexpr auto channels = std::to_array<ChannelRow>({
    {"name", R"("sms")", "Its webhook is <public_url>/hooks/<name>: 1 to 32 of a-z, 0-9, _ and -."},
    {"gateway", "", "Who carries the messages."},
    {"reply", "",
     "How replies travel: \"inline\", in the answer to the webhook, where the gateway can; \"api\", as messages of "
     "their own."},
    {"callback_url", R"("https://sms.example.org/hooks/sms")",
     "The webhook's URL as the gateway knows it. Only where it is not <public_url>/hooks/<name>."},
    {"price", R"("0.065 CHF")", "What one segment costs: staff see it before they send. Not known without it."},
    {"price_for", R"(["+33 0.072 CHF", "+216 0.098 CHF"])",
     "…where it costs something else: by how a number begins, the longest prefix wins. In the currency of 'price'."},
    {"countries", R"(["CH", "FR", "TN"])",
     "The only countries whose numbers are written to. Others are heard and shown to staff: a cry for help calls a\n"
     "person. Strangers cannot make us pay for texts to far numbers. Without it: all."},
    {"monthly_cap", R"("200 CHF")",
     "Reached within a calendar month, what we start waits for staff; 20 % beyond it, replies too; a crisis never.\n"
     "Without it there is no cap."},
    {"profile_names_us", "true",
     "Whether its profile, or its sender's name, tells who writes: such channels are refused to discreet contacts. "
     "Without\n"
     "it, as the gateway usually does. false: you have given it a name and a picture that say nothing."},
    {"per_hour", "0", "Segments an hour, as a SIM or a contract allows them. 0: no limit."},
    {"parallel", "8", "Requests to the gateway at a time; a quarter of them is kept for crises and replies."},
    {"receipt_minutes", "0",
     "How long the gateway may take to tell that a message arrived, before it is told to the next address that staff\n"
     "have recorded of the person, or a task says to call. 0: it is waited for."},
    {"on_uncertain", R"("hold")",
     "A message of which nobody knows whether it left: \"hold\" waits for its receipt or for staff; \"resend_once\" "
     "sends\n"
     "crises and reminders once more, perhaps twice to the person."},
});

}  // namespace

std::span<const KeyRow> key_table() { return table; }
std::span<const SectionRow> section_table() { return sections; }
std::span<const ChannelRow> channel_table() { return channels; }

std::vector<std::string> section_names() {
  std::vector<std::string> names;
  for (const SectionRow& row : sections) names.emplace_back(row.name);
  names.emplace_back("channel");
  return names;
}

}  // namespace passerelle::configuration
