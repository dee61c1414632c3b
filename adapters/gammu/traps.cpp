#include "adapters/gammu/traps.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "adapters/settings.hpp"

namespace passerelle::adapters::gammu {
namespace {

using Keys = std::map<std::string, std::string>;  // in lower case: Gammu does not tell them apart

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\"";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The section [smsd]; '#' and ';' begin comments.
Keys read_daemon(std::string_view text) {
  Keys keys;
  bool inside = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[') inside = lower(line) == "[smsd]";
    const auto equal = line.find('=');
    if (inside && equal != std::string_view::npos)
      keys[lower(trimmed(line.substr(0, equal)))] = trimmed(line.substr(equal + 1));
  }
  return keys;
}

std::string value_of(const Keys& keys, const std::string& key) {
  const auto found = keys.find(key);
  return found == keys.end() ? std::string() : found->second;
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles& files) {
  const auto file = files.find("smsdrc");
  if (file == files.end()) {
    return {{"unless gammu-smsdrc says otherwise, the daemon writes letters beyond Latin as question marks",
             "name it with smsdrc = \"/etc/gammu-smsdrc\", so that doctor can look into it", false}};
  }
  const Keys keys = read_daemon(file->second);
  std::vector<Trap> found;
  if (lower(value_of(keys, "service")) != "files")
    found.push_back(
        {"the daemon does not work with folders: nothing is exchanged", "set service = files under [smsd]"});
  const std::string spool = without_slash(text_of(settings, "spool", "/var/spool/gammu"));
  for (const auto& [key, folder] : {std::pair{"inboxpath", "inbox"}, std::pair{"outboxpath", "outbox"},
                                    std::pair{"sentsmspath", "sent"}, std::pair{"errorsmspath", "error"}}) {
    const std::string wanted = spool + "/" + folder;
    if (without_slash(value_of(keys, key)) == wanted) continue;
    found.push_back({std::string("the daemon's ") + key + " is not the folder that this server shares with it",
                     std::string("set ") + key + " = " + wanted + "/ under [smsd]"});
  }
  if (lower(value_of(keys, "inboxformat")) != "unicode") {
    found.push_back({"letters beyond Latin come as question marks, unless the daemon runs in a UTF-8 locale",
                     "set InboxFormat = unicode under [smsd]"});
  }
  if (value_of(keys, "multiparttimeout").empty()) {
    found.push_back({"a long text whose parts come late is torn apart after ten minutes at most",
                     "set MultipartTimeout = 600 under [smsd]", false});
  }
  return found;
}

}  // namespace passerelle::adapters::gammu
