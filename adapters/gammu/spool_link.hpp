// Looks into the daemon's folders every second: what has arrived, and what became of our files.
#pragma once

#include <memory>

#include "adapters/gammu/outbox.hpp"
#include "channel/link.hpp"

namespace passerelle::adapters::gammu {

// A file is read once two looks have found it the same, and removed once its message is committed; one that cannot be
// read is moved aside, and told.
std::unique_ptr<Link> make_spool_link(Spool spool);

}  // namespace passerelle::adapters::gammu
