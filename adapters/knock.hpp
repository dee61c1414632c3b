// What the requests have in common that an adapter makes to our own hook, to test it.
#pragma once

#include <string_view>

#include "channel/probe.hpp"

namespace passerelle::adapters {

// 'known' with one letter in the middle of a header field turned into another, as the stranger's. The field is there.
Knocks knocks_by_field(OutgoingRequest known, std::string_view name);

}  // namespace passerelle::adapters
