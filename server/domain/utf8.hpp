// Text that JSON can hold: what is not UTF-8 in it becomes U+FFFD, as every decoder on the web does.
#pragma once

#include <string>
#include <string_view>

namespace passerelle {

std::string valid_utf8(std::string_view text);

}  // namespace passerelle
