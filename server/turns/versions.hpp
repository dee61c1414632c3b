// The versions of dialogs that running conversations began with: loaded from the store when today's content has
// another one.
#pragma once

#include <optional>

#include "dialog/library.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// Today's library and the versions that this conversation needs besides; nothing when it needs none, which is nearly
// always. A version that today's grammar does not read, or whose sentences are gone, is left out: the conversation then
// goes on in today's.
std::optional<dialog::Library> with_versions(store::Transaction& transaction, const Content& content,
                                             const Conversation& conversation);

}  // namespace passerelle::turns
