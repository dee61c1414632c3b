// What Viber carries from a message of ours to the answer ("tracking_data"). Its keyboards have no payload of their
// own: the words that are pressed come as if the person had typed them, and here stands what they were the words of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/message.hpp"

namespace passerelle::adapters::viber {

inline constexpr std::size_t longest_tracking_data = 4000;  // code points; Viber's limit

std::string write_pressed(const std::vector<Button>& buttons);
// The payload of the button with these words; empty where there was none.
std::string read_pressed(std::string_view tracking_data, std::string_view words);

}  // namespace passerelle::adapters::viber
