#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace passerelle::log {
namespace {

thread_local int rehearsals = 0;

spdlog::level::level_enum translate(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::logger& logger() {
  static const auto shared = [] {
    auto made = spdlog::stderr_logger_mt("passerelle");
    made->set_pattern("ts=%Y-%m-%dT%H:%M:%S.%eZ lvl=%l %v", spdlog::pattern_time_type::utc);
    return made;
  }();
  return *shared;
}

void append(std::string& line, std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(" \"=\\\n\r\t") == std::string_view::npos;
  if (plain) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') line += '\\';
    line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  line += '"';
}

}  // namespace

void set_level(Level level) { logger().set_level(translate(level)); }

bool parse_level(std::string_view name, Level& level) {
  if (name == "debug")
    level = Level::debug;
  else if (name == "info")
    level = Level::info;
  else if (name == "warning")
    level = Level::warning;
  else if (name == "error")
    level = Level::error;
  else
    return false;
  return true;
}

Rehearsal::Rehearsal() { ++rehearsals; }
Rehearsal::~Rehearsal() { --rehearsals; }

void event(Level level, std::string_view verb, std::initializer_list<Pair> pairs) {
  if (rehearsals > 0 && level != Level::error) return;
  if (!logger().should_log(translate(level))) return;
  std::string line = "evt=";
  line += verb;
  for (const Pair& pair : pairs) {
    line += ' ';
    line += pair.key;
    line += '=';
    if (const auto* number = std::get_if<std::int64_t>(&pair.value))
      line += std::to_string(*number);
    else
      append(line, std::get<std::string_view>(pair.value));
  }
  if (rehearsals > 0) line += " of=simulator";
  logger().log(translate(level), "{}", line);
}

}  // namespace passerelle::log
