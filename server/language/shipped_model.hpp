// The bytes of model/letters.bin, in the program.
#pragma once

#include <string_view>

namespace passerelle::language {

std::string_view shipped_model();

}  // namespace passerelle::language
