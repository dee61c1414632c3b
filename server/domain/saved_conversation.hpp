// A conversation as save() writes it, and read back where nothing but save() can have written it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/conversation.hpp"

namespace passerelle {

// What a saved conversation may hold.
namespace saved {
inline constexpr int format = 1;
inline constexpr std::size_t most_answers = 1'000;
inline constexpr std::int64_t most_misses = 1'000'000;
inline constexpr std::int64_t end_of_time = 253'402'300'799'999;  // the year 9999
}  // namespace saved

std::optional<Consent> parse_consent(std::string_view text);

// Nothing for what older and newer versions, or other hands, have written: load_conversation() reads those.
std::optional<Conversation> read_own(std::string_view text);

}  // namespace passerelle
