// One line per event: verb, ids, numbers (logfmt on stderr). Never a text, a name, an address or a secret.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace passerelle::log {

enum class Level { debug, info, warning, error };

struct Pair {
  std::string_view key;
  std::variant<std::int64_t, std::string_view> value;

  Pair(std::string_view k, std::int64_t v) : key(k), value(v) {}
  Pair(std::string_view k, std::string_view v) : key(k), value(v) {}
  Pair(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  Pair(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
};

void set_level(Level level);
bool parse_level(std::string_view name, Level& level);
void event(Level level, std::string_view verb, std::initializer_list<Pair> pairs = {});

// While one lives, what this thread does is only tried out, on somebody's simulated phone: it is no event of the
// server, and told only where it broke, with "of=simulator".
class Rehearsal {
 public:
  Rehearsal();
  ~Rehearsal();
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;
};

inline void info(std::string_view verb, std::initializer_list<Pair> pairs = {}) { event(Level::info, verb, pairs); }
inline void warning(std::string_view verb, std::initializer_list<Pair> pairs = {}) {
  event(Level::warning, verb, pairs);
}
inline void error(std::string_view verb, std::initializer_list<Pair> pairs = {}) { event(Level::error, verb, pairs); }

}  // namespace passerelle::log
