#include "live/live.hpp"

#include "live/embedded_live.hpp"
#include "live/redis_live.hpp"

namespace passerelle::live {

std::string_view to_string(State state) {
  switch (state) {
    case State::up: return "up";
    case State::refusing: return "refusing";
    case State::down: return "down";
  }
  return "";
}

Task<std::vector<Looked>> EmbeddedLive::look(std::vector<Asked> asked) {
  std::vector<Looked> looked;
  for (const Asked& each : asked) looked.push_back({!flood_.take(each.who, each.wrote, each.pace), std::nullopt});
  co_return looked;
}

std::unique_ptr<Live> make(Settings settings) {
  if (std::holds_alternative<Embedded>(settings.place)) return std::make_unique<EmbeddedLive>(settings.flood);
  return std::make_unique<RedisLive>(std::move(settings));
}

}  // namespace passerelle::live
