// WhatsApp Cloud API of Meta: signed JSON webhooks in, the Graph API out. docs: README.md beside this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::whatsapp {

Gateway gateway();

}  // namespace passerelle::adapters::whatsapp
