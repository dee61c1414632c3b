// A phone number as people type and spreadsheets keep it, in the one form in which addresses hold it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle {

// "+41 79 123 45 67", "0041791234567", "+41 (0)79 123.45.67" → "+41791234567" (E.164: + and 7 to 15 digits).
// Nothing for what is not an international number: a local one ("079 …") would be another person's in another country.
std::optional<std::string> international_number(std::string_view text);

// Begins with a + or a 0 and, but for what people group digits by, is digits only: to be read as a phone number, and
// refused when it is none. Other addresses (a Telegram id) are their gateway's own and stay as they are.
bool looks_like_phone(std::string_view text);

}  // namespace passerelle
