#include "adapters/signature.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace passerelle::adapters {

bool matches_any(std::string_view given, std::span<const std::string> expected) {
  bool found = false;
  for (const std::string& mac : expected) {
    const bool equal = crypto::equal(given, mac);
    found = equal || found;  // no early exit
  }
  return found;
}

std::string hook_path(std::string_view channel) { return "/hooks/" + std::string(channel); }

std::string_view value_of(const std::vector<HttpField>& form, std::string_view key) {
  const auto found = std::ranges::find(form, key, &HttpField::name);
  return found == form.end() ? std::string_view() : std::string_view(found->value);
}

}  // namespace passerelle::adapters
