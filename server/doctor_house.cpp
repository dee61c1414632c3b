// Gathers what the checks look at: reads files and the database, and changes nothing.
#include <filesystem>

#include "doctor.hpp"
#include "store/data_folder.hpp"
#include "store/reader.hpp"
#include "store/service.hpp"

namespace passerelle::doctor {
namespace {

void read_channels(House& house) {
  if (!house.content.content) return;
  house.channels = make_channels(house.config(), house.content.content->association,
                                 base_url(house.config(), house.config().listen_port), house.channel_findings);
}

Records read_records(store::Transaction& transaction, const Config& config, TimePoint now) {
  Records records{store::inbound_by_state(transaction),
                  store::outbound_by_state(transaction),
                  store::waiting_messages(transaction, now),
                  store::open_tasks_by_kind(transaction),
                  store::due_rows(transaction),
                  {},
                  store::all_services(transaction)};
  for (const ChannelConfig& channel : config.channels) {
    const std::string& name = channel.settings.name;
    records.channels[name] = store::load_channel_state(transaction, name);
  }
  return records;
}

void read_store(House& house) {
  const std::string& folder = house.config().data_dir;
  std::error_code code;
  if (!std::filesystem::exists(folder + "/" + std::string(store::database_name), code)) return;
  house.health = store::health_of(folder);
  if (!*house.health) return;
  store::Health& health = **house.health;
  if (!health.damage.empty() || health.schema != health.newest) return;
  const auto reader = store::Reader::open(folder);
  if (!reader) return;
  try {
    (*reader)->read(
        [&](store::Transaction& transaction) { house.records = read_records(transaction, house.config(), house.now); });
  } catch (const std::exception& error) {  // a row that nobody can read
    health.damage = error.what();
  }
}

}  // namespace

House gather(const ConfigSources& sources, TimePoint now) {
  House house;
  house.sources = sources;
  house.now = now;
  house.loaded = load_config(sources);
  house.content = turns::load_content({house.config().association_dir, house.config().content_dirs, {}, ""});
  read_channels(house);
  read_store(house);
  return house;
}

}  // namespace passerelle::doctor
