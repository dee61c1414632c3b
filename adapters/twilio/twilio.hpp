// Twilio (SMS and WhatsApp): signed form webhooks in, TwiML with inline replies out. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::twilio {

Gateway gateway();

}  // namespace passerelle::adapters::twilio
