// What people wrote and who they are goes into the database only through here: four bytes that name the key (big
// endian), then the bytes. Key 0 means "not sealed yet"; sealing later changes the bytes, not the columns.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::store {

std::string seal(std::string_view text);
// The same text gives the same bytes, so that a UNIQUE index can find it: for an address's user, and nothing longer.
std::string seal_for_search(std::string_view text);
// Throws std::runtime_error when the bytes are not ours or sealed with a key that this program does not have.
std::string unseal(std::string_view sealed);

}  // namespace passerelle::store
