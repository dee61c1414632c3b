#include "adapters/kannel/traps.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <string_view>

#include "adapters/settings.hpp"

namespace passerelle::adapters::kannel {
namespace {

using Group = std::map<std::string, std::string, std::less<>>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\"";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// kannel.conf: groups of "key = value", each begun by "group = …"; '#' begins a comment at the start of a line.
std::vector<Group> read_groups(std::string_view text) {
  std::vector<Group> groups;
  while (!text.empty()) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    text.remove_prefix(
        std::min(text.size(), text.find('\n') == std::string_view::npos ? text.size() : text.find('\n') + 1));
    const auto equal = line.find('=');
    if (line.empty() || line.front() == '#' || equal == std::string_view::npos) continue;
    const std::string key(trimmed(line.substr(0, equal)));
    if (key == "group") groups.emplace_back();
    if (!groups.empty()) groups.back()[key] = trimmed(line.substr(equal + 1));
  }
  return groups;
}

const std::string& value_of(const Group& group, std::string_view key) {
  static const std::string none;
  const auto found = group.find(key);
  return found == group.end() ? none : found->second;
}

int number_of(const Group& group, std::string_view key) {
  const std::string& text = value_of(group, key);
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

const Group* find_group(const std::vector<Group>& groups, std::string_view name, std::string_view key = {},
                        std::string_view value = {}) {
  const auto found = std::ranges::find_if(groups, [&](const Group& group) {
    return value_of(group, "group") == name && (key.empty() || value_of(group, key).find(value) != std::string::npos);
  });
  return found == groups.end() ? nullptr : &*found;
}

void look_at_core(const Group& core, std::vector<Trap>& found) {
  if (value_of(core, "store-location").empty() && value_of(core, "store-file").empty()) {
    found.push_back({"bearerbox keeps its queue in memory only: texts that wait are lost when it ends",
                     "add to group = core: store-type = spool and store-location = /var/spool/kannel/store"});
  }
  const std::string& dlr = value_of(core, "dlr-storage");
  if (dlr.empty() || dlr == "internal") {
    found.push_back({"delivery reports that the operator still owes are forgotten when bearerbox ends",
                     "add to group = core: dlr-storage = spool and dlr-spool = /var/spool/kannel/dlr"});
  }
}

void look_at_smsbox(const Group& box, std::vector<Trap>& found) {
  if (number_of(box, "http-request-retry") == 0) {
    found.push_back({"smsbox tries a text of a person once: whatever comes while this server is down is lost",
                     "add to group = smsbox: http-request-retry = 100000 and http-queue-delay = 5"});
  }
  if (value_of(box, "mo-recode") != "true" && value_of(box, "mo-recode") != "yes") {
    found.push_back({"texts in Arabic, Tigrinya or with emoji come as UTF-16, which is read, but is longer in logs",
                     "add to group = smsbox: mo-recode = true", false});
  }
  for (const char* key : {"global-sender", "faked-sender"}) {
    if (value_of(box, key).empty()) continue;
    found.push_back({std::string(key) + " replaces the number that people wrote to: they cannot answer",
                     "take " + std::string(key) + " out of group = smsbox"});
  }
}

void look_at_service(const Group& service, std::vector<Trap>& found) {
  const std::string& post = value_of(service, "post-url");
  const std::string& url = post.empty() ? value_of(service, "get-url") : post;
  if (url.find("%I") == std::string::npos) {
    found.push_back({"texts come without Kannel's own id: one that Kannel repeats may be taken for another",
                     "write ?id=%I at the end of the address in group = sms-service"});
  }
  if (value_of(service, "max-messages") != "0") {
    found.push_back({"Kannel texts people its own excuses whenever this server does not answer",
                     "set max-messages = 0 and omit-empty = true in group = sms-service"});
  }
}

void look_at_user(const Group& user, std::vector<Trap>& found) {
  if (number_of(user, "max-messages") < 10) {
    found.push_back({"texts that are longer than a few parts are cut without a word",
                     "set max-messages = 255 and concatenation = true in group = sendsms-user"});
  }
}

}  // namespace

std::vector<Trap> traps(const ChannelSettings& settings, const PeerFiles& files) {
  const auto conf = files.find("conf");
  if (conf == files.end()) {
    return {{"unless kannel.conf says otherwise, Kannel loses a text that this server could not take at once",
             "name it with conf = \"/etc/kannel/kannel.conf\", so that doctor can look into it", false}};
  }
  const std::vector<Group> groups = read_groups(conf->second);
  std::vector<Trap> found;
  if (const Group* core = find_group(groups, "core")) look_at_core(*core, found);
  if (const Group* box = find_group(groups, "smsbox")) look_at_smsbox(*box, found);
  const std::string hook = "/hooks/" + settings.name + "/";
  const Group* service = find_group(groups, "sms-service", "post-url", hook);
  if (service == nullptr) service = find_group(groups, "sms-service", "get-url", hook);
  if (service != nullptr)
    look_at_service(*service, found);
  else
    found.push_back({"no group = sms-service brings texts to " + hook + "…: people are not heard",
                     "take the group from config/kannel/kannel.conf"});
  const std::string username = text_of(settings, "username");
  if (const Group* user = find_group(groups, "sendsms-user", "username", username))
    look_at_user(*user, found);
  else
    found.push_back({"kannel.conf has no sendsms-user '" + username + "': nothing can be sent",
                     "take the group from config/kannel/kannel.conf"});
  return found;
}

}  // namespace passerelle::adapters::kannel
