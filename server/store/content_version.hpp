// The text of every dialog version a conversation may still be pinned to.
#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

void keep_content(Transaction& transaction, const std::string& kind, const std::string& name, const std::string& hash,
                  const std::string& text, TimePoint now);
std::optional<std::string> find_content(Transaction& transaction, const std::string& kind, const std::string& hash);

}  // namespace passerelle::store
