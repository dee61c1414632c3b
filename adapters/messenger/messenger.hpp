// Facebook Messenger: people who write to a page. Signed JSON webhooks in, the Graph API out. docs: README.md beside
// this file.
#pragma once

#include "adapters/registry.hpp"

namespace passerelle::adapters::messenger {

Gateway gateway();

}  // namespace passerelle::adapters::messenger
