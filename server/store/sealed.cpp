#include "store/sealed.hpp"

#include <cstdint>
#include <stdexcept>

namespace passerelle::store {
namespace {

constexpr std::size_t key_bytes = 4;

}  // namespace

std::string seal(std::string_view text) {
  std::string sealed(key_bytes, '\0');
  sealed += text;
  return sealed;
}

std::string seal_for_search(std::string_view text) { return seal(text); }

std::string unseal(std::string_view sealed) {
  if (sealed.size() < key_bytes) throw std::runtime_error("a sealed text is too short: the database is damaged");
  std::uint32_t key = 0;
  for (const char byte : sealed.substr(0, key_bytes)) key = key << 8 | static_cast<unsigned char>(byte);
  if (key != 0) throw std::runtime_error("a text is sealed with key " + std::to_string(key) + ", which is not here");
  return std::string(sealed.substr(key_bytes));
}

}  // namespace passerelle::store
