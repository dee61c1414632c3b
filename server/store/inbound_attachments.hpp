// Where the attachments of a message are at its gateway, as they stand in the message's row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/message.hpp"

namespace passerelle::store {

// Sealed JSON, in their order; nothing: there are none.
std::optional<std::string> seal_attachments(const std::vector<Attachment>& attachments);
std::vector<Attachment> read_attachments(const std::string& sealed);

}  // namespace passerelle::store
