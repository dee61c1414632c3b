// The versions of dialogs that running conversations began with: loaded from the store when today's content has
// another one.
#pragma once

#include <optional>
#include <string>

#include "dialog/library.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// What is kept of a dialog beside its text, as a comment at its end: what its sentences said.
std::string with_sentences(std::string text, const language::Catalog& catalog, const dialog::Dialog& dialog);

// Today's library and the versions that this conversation needs besides; nothing when it needs none, which is nearly
// always. A version that today's grammar does not read, or whose sentences are gone, is left out: the conversation then
// goes on in today's. One whose sentences have changed is stale (dialog.hpp).
std::optional<dialog::Library> with_versions(store::Transaction& transaction, const Content& content,
                                             const Conversation& conversation);

}  // namespace passerelle::turns
