#include "adapters/registry.hpp"

#include <algorithm>

#include "adapters/gammu/gammu.hpp"
#include "adapters/generic/generic.hpp"
#include "adapters/kannel/kannel.hpp"
#include "adapters/messenger/messenger.hpp"
#include "adapters/signal/signal.hpp"
#include "adapters/simulator/simulator.hpp"
#include "adapters/smsgate/smsgate.hpp"
#include "adapters/smtp/smtp.hpp"
#include "adapters/telegram/telegram.hpp"
#include "adapters/twilio/twilio.hpp"
#include "adapters/viber/viber.hpp"
#include "adapters/vonage/vonage.hpp"
#include "adapters/whatsapp/whatsapp.hpp"

namespace passerelle::adapters {

const std::vector<Gateway>& registry() {
  static const std::vector<Gateway> gateways = {
      simulator::gateway(),  // a page in the browser, for demonstrations and tests
      kannel::gateway(),     // the operators' SMS gateway
      signal::gateway(),     // through signal-cli-rest-api
      smsgate::gateway(),    // an Android phone
      gammu::gateway(),      // a modem with its SIM
      telegram::gateway(),   // bots
      twilio::gateway(),     // SMS, WhatsApp by Twilio
      whatsapp::gateway(),   // Meta's Cloud API
      messenger::gateway(),  // Facebook pages
      viber::gateway(),      // bots
      vonage::gateway(),     // SMS, and the Messages API
      smtp::gateway(),       // e-mail
      generic::gateway(),    // any other, described in TOML
  };
  return gateways;
}

const Gateway* find_gateway(std::string_view name) {
  const auto found = std::ranges::find(registry(), name, &Gateway::name);
  return found == registry().end() ? nullptr : &*found;
}

}  // namespace passerelle::adapters
