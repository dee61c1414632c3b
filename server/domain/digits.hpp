// The decimal digits of every script: ٠١٢ ۰۱۲ ०१२ 012. Ethiopic numerals (፩ ፪ … ፻) are not decimal, and not here.
#pragma once

#include <optional>

namespace passerelle {

std::optional<int> decimal_digit(char32_t c);

}  // namespace passerelle
