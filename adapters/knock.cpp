#include "adapters/knock.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace passerelle::adapters {

Knocks knocks_by_field(OutgoingRequest known, std::string_view name) {
  OutgoingRequest stranger = known;
  const auto found =
      std::ranges::find_if(stranger.fields, [&](const HttpField& each) { return same_field_name(each.name, name); });
  assert(found != stranger.fields.end() && !found->value.empty());
  char& letter = found->value[found->value.size() / 2];
  letter = letter == '0' ? '1' : '0';
  return {std::move(known), std::move(stranger)};
}

}  // namespace passerelle::adapters
