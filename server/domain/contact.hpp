// What staff recorded of an address: who reads this phone, and when it is safe to write to it (product.md, Person ≠
// number; Discreet contacts).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle {

// Until somebody has recorded it, a phone is treated as shared: day, time, first name of staff, and nothing else.
enum class Readers { unknown, own, shared };
std::string_view to_string(Readers readers);
std::optional<Readers> parse_readers(std::string_view text);

struct SafeHours {
  std::chrono::minutes from{};  // since midnight, the association's clock
  std::chrono::minutes to{};    // before 'from': over midnight

  friend bool operator==(const SafeHours&, const SafeHours&) = default;
};
std::optional<SafeHours> parse_safe_hours(std::string_view text);  // "09:00-11:30"
std::string to_string(const SafeHours& hours);

struct Contact {
  Readers readers = Readers::unknown;
  bool discreet = false;                // neutral words only; nothing that comes from it changes anything by itself
  std::optional<SafeHours> safe_hours;  // messages leave only then
  bool paused = false;                  // a discreet contact wrote what may mean danger: nothing until staff look
  std::string code;                     // works once, for day and time; empty: none

  friend bool operator==(const Contact&, const Contact&) = default;
};

}  // namespace passerelle
