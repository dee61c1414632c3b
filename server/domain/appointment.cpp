#include "domain/appointment.hpp"

#include <array>
#include <utility>

namespace passerelle {
namespace {

constexpr std::array<std::pair<Response, std::string_view>, 4> names{{{Response::none, "none"},
                                                                      {Response::coming, "coming"},
                                                                      {Response::declined, "declined"},
                                                                      {Response::call_me, "call_me"}}};

}  // namespace

std::string_view to_string(Response response) {
  for (const auto& [value, name] : names) {
    if (value == response) return name;
  }
  return {};
}

std::optional<Response> parse_response(std::string_view text) {
  for (const auto& [value, name] : names) {
    if (name == text) return value;
  }
  return std::nullopt;
}

}  // namespace passerelle
