// What comes back when a button of ours is pressed: which question it stood under, and which answer it is. A payload
// tells nothing of either to whoever else sees it, and is no secret: whoever could send one could type the answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle {

struct Press {
  std::string question;   // 16 hex digits, by turns/asked.hpp
  bool standing = false;  // the question waits beside others until its event: a reminder's
  int number = 0;         // of the answer in the text, 1 to 99

  friend bool operator==(const Press&, const Press&) = default;
};

// "q0123456789abcdef.2", or "s…" of a standing question: at most 20 letters, digits and dots.
std::string payload_of(const Press& press);
// Nothing for what payload_of() did not write.
std::optional<Press> read_press(std::string_view payload);

}  // namespace passerelle
