// SMSGate (capcom6/android-sms-gateway): an Android phone with its SIM as gateway, through the app's own server, a
// private one or the public cloud. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::smsgate {

Gateway gateway();

}  // namespace passerelle::adapters::smsgate
