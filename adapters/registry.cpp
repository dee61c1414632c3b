#include "adapters/registry.hpp"

#include <algorithm>

#include "adapters/kannel/kannel.hpp"
#include "adapters/messenger/messenger.hpp"
#include "adapters/simulator/simulator.hpp"
#include "adapters/smsgate/smsgate.hpp"
#include "adapters/telegram/telegram.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/viber/viber.hpp"
#include "adapters/whatsapp/whatsapp.hpp"

namespace passerelle::adapters {

const std::vector<Gateway>& registry() {
  static const std::vector<Gateway> gateways = {
      simulator::gateway(),
      kannel::gateway(),
      smsgate::gateway(),
      telegram::gateway(),
      twilio::gateway(),
      whatsapp::gateway(),
      simulator::gateway(), kannel::gateway(), messenger::gateway(), twilio::gateway(), whatsapp::gateway(),
      simulator::gateway(), kannel::gateway(), messenger::gateway(),
      twilio::gateway(),    viber::gateway(),  whatsapp::gateway(),
  };
  return gateways;
}

const Gateway* find_gateway(std::string_view name) {
  const auto found = std::ranges::find(registry(), name, &Gateway::name);
  return found == registry().end() ? nullptr : &*found;
}

}  // namespace passerelle::adapters
