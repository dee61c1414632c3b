// Fuzzes the files of Gammu's daemon: whatever their names and bytes are, each is read once, kept or set aside.
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "adapters/registry.hpp"
#include "adapters/text.hpp"
#include "domain/utf8.hpp"
#include "outcome_check.hpp"

namespace {

using namespace passerelle;
using fuzz::require;

// "name\nbytes\0name\nbytes…"
link::Found files_of(std::string_view input) {
  link::Found found;
  std::set<std::string> names;
  while (!input.empty() && found.files.size() < 20) {
    std::string_view one = input.substr(0, input.find('\0'));
    input.remove_prefix(std::min(input.size(), one.size() + 1));
    const auto line = std::min(one.find('\n'), one.size());
    const std::string name = "IN" + std::string(one.substr(0, line));
    if (!names.insert(name).second) continue;  // a folder has each name once
    found.files.push_back(
        {"/var/spool/gammu/inbox", name, std::string(one.substr(std::min(line + 1, one.size()))), 1, true});
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  adapters::ChannelSettings settings;
  settings.name = "modem";
  static const std::unique_ptr<Channel> channel = adapters::find_gateway("gammu")->make(settings).value();
  const TimePoint now(std::chrono::hours(500'000));
  const link::Found found = files_of({reinterpret_cast<const char*>(data), size});
  const auto link = channel->open_link();
  link->next(link::Begun{}, now);
  link->next(found, now);
  link::Action action = link->next(found, now);
  if (const auto* keep = std::get_if<link::Keep>(&action)) {
    require(keep->receipts.empty());
    for (const InboundMessage& message : keep->messages) {
      require(is_utf8(message.text) && adapters::is_plain(message.from.user, 64));
      require(adapters::is_plain(message.provider_id, 200) && message.sent_at <= now);
    }
    action = link->next(link::Kept{}, now);
  }
  if (const auto* tidy = std::get_if<link::Tidy>(&action)) {
    require(tidy->remove.size() + tidy->aside.size() <= found.files.size());
    return 0;
  }
  require(found.files.empty());
  return 0;
}
