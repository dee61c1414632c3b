// The Redis of [sessions], where there is one. The server serves without it, so that one which is away is only told.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "doctor.hpp"
#include "live/redis_lane.hpp"

namespace passerelle::doctor {
namespace {

using live::Examined;

const live::RedisPlace* place_of(const House& house) {
  return std::get_if<live::RedisPlace>(&house.config().session_store);
}

std::string where(const House& house) {
  const live::RedisPlace& place = *place_of(house);
  return "redis " + (place.path.empty() ? fmt::format("{}:{}", place.address, place.port) : place.path);
}

// What was found where it was reached and let us in.
const Examined* inside(const House& house) {
  if (!house.redis || !house.redis->unreached.empty()) return nullptr;
  return house.redis->sign_in.empty() && house.redis->database.empty() ? &*house.redis : nullptr;
}

void reached(const House& house, Troubles& to) {
  if (!house.redis || house.redis->unreached.empty()) return;
  const std::string& why = house.redis->unreached;
  std::string remedy = "start it (systemctl start redis-server), or correct 'store' of [sessions]";
  if (why == "permission") remedy = "put the server's user into the group that owns the socket";
  if (why == "late" || why == "deadline") remedy = "look at its log, and at what keeps its machine busy";
  if (why == "protocol") remedy = "correct 'store' of [sessions]: what answers there is no Redis";
  to.push_back({where(house), "it cannot be asked (" + why + "), and the server goes on without it", remedy, true});
}

void sign_in(const House& house, Troubles& to) {
  if (!house.redis || house.redis->sign_in.empty()) return;
  const std::string& code = house.redis->sign_in;
  const bool wants_one = code == "noauth";
  to.push_back({where(house),
                wants_one ? "it wants a password, and [sessions] has none"
                          : "it refuses the password or the user of [sessions] (" + code + ")",
                wants_one ? "write it into a file, and set 'password_file' of [sessions]"
                          : "write today's password into the file of 'password_file', and its user into 'store'; "
                            "without a password, take 'password_file' out"});
}

void database(const House& house, Troubles& to) {
  if (!house.redis || house.redis->database.empty()) return;
  to.push_back({where(house),
                fmt::format("it does not give us database {} ({})", place_of(house)->database, house.redis->database),
                "choose one below its 'databases', at the end of 'store' of [sessions]"});
}

void rights(const House& house, Troubles& to) {
  const Examined* found = inside(house);
  if (found == nullptr) return;
  const std::string user = place_of(house)->user.empty() ? "default" : place_of(house)->user;
  if (!found->commands.empty()) {
    const bool by_rights = found->commands == "noperm";
    to.push_back({where(house), "it does not let us keep what we would (" + found->commands + ")",
                  by_rights ? "in redis-cli: ACL SETUSER " + user +
                                  " ~passerelle:* &passerelle:* +get +set +eval +publish +select +ping"
                            : "look at its log, and at redis-cli INFO: it may still be starting"});
  }
  if (!found->info)
    to.push_back({where(house), "it does not tell us its version, memory and role",
                  "in redis-cli: ACL SETUSER " + user + " +info", true});
}

void version(const House& house, Troubles& to) {
  constexpr int oldest = 6;
  const Examined* found = inside(house);
  if (found == nullptr || !found->info) return;
  const std::string& text = found->info->version;
  int major = 0;
  std::from_chars(text.data(), text.data() + text.size(), major);
  if (major >= oldest) return;
  to.push_back({where(house),
                "it is Redis " + (text.empty() ? "of an unknown version" : text) +
                    ", which nobody mends any more and which was never tried",
                "install one that your system mends, 6.2 or newer: apt-get install redis-server"});
}

// Full, it would take no copy and count no flood; all of ours has an end, and may be put out.
void memory(const House& house, Troubles& to) {
  const Examined* found = inside(house);
  if (found == nullptr || !found->info || found->info->most_memory == 0 || found->info->policy != "noeviction") return;
  to.push_back({where(house),
                "once its memory (maxmemory) is full it takes nothing new: maxmemory-policy is noeviction",
                "in redis.conf: maxmemory-policy volatile-ttl"});
}

void writable(const House& house, Troubles& to) {
  const Examined* found = inside(house);
  if (found == nullptr || !found->info || !found->info->is_replica) return;
  to.push_back({where(house), "it is a replica, which takes nothing from us",
                "write the address of its primary into 'store' of [sessions]"});
}

void latency(const House& house, Troubles& to) {
  const Examined* found = inside(house);
  if (found == nullptr || found->latency <= live::RedisLane::patience) return;
  to.push_back({where(house),
                fmt::format("an answer takes {} ms, and the server waits for {}", found->latency.count() / 1000,
                            live::RedisLane::patience.count()),
                "run it on this machine or on its network, and look at redis-cli SLOWLOG GET"});
}

void key(const House& house, Troubles& to) {
  if (place_of(house) == nullptr || !house.config().session_key.empty()) return;
  to.push_back({where(house), "there is no key_file, so that no other server shares what this one keeps there",
                "for several servers: openssl rand -hex 32 > redis_key, and 'key_file' of [sessions]; for one, store = "
                "\"embedded\"",
                true});
}

}  // namespace

std::span<const Check> redis_checks() {
  static constexpr auto rows = std::to_array<Check>({
      {"redis.reached", "whether the Redis of [sessions] answers", reached},
      {"redis.password", "whether it takes our user and password", sign_in},
      {"redis.database", "whether it has the database that 'store' names", database},
      {"redis.rights", "whether it lets us read, run our script and ask how it is", rights},
      {"redis.version", "how old it is", version},
      {"redis.memory", "what it does when its memory is full", memory},
      {"redis.writable", "whether it is a replica", writable},
      {"redis.latency", "how long it takes to answer", latency},
      {"redis.key", "whether several servers can share it", key},
  });
  return rows;
}

}  // namespace passerelle::doctor
