#include "backup/key.hpp"

#include <sodium.h>

#include <stdexcept>

#include "base/crypto.hpp"

namespace passerelle::backup {
namespace {

constexpr std::string_view recipient_prefix = "pbr1-";
constexpr std::string_view key_prefix = "pbk1-";
constexpr std::size_t check_digits = 8;

using Bytes = std::array<unsigned char, 32>;

std::string_view view(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// Over the prefix too: one half is never taken for the other.
std::string check_of(std::string_view prefix, std::string_view digits) {
  return crypto::hex(crypto::sha256(std::string(prefix) + std::string(digits))).substr(0, check_digits);
}

std::string written(std::string_view prefix, const Bytes& bytes) {
  const std::string digits = crypto::hex(view(bytes));
  return std::string(prefix) + digits + check_of(prefix, digits);
}

// The error never repeats what was given: it may be the secret half.
result<Bytes> read(std::string_view prefix, std::string_view text, const char* what) {
  Bytes bytes{};
  const std::size_t length = prefix.size() + 2 * bytes.size() + check_digits;
  if (text.size() != length || !text.starts_with(prefix)) {
    return Error{std::string("is not ") + what + ": it begins with " + std::string(prefix) + " and has " +
                     std::to_string(length) + " characters; 'passerelle backup keygen' makes a pair",
                 ""};
  }
  const std::string_view digits = text.substr(prefix.size(), 2 * bytes.size());
  std::size_t size = 0;
  const char* end = nullptr;
  const int read = sodium_hex2bin(bytes.data(), bytes.size(), digits.data(), digits.size(), nullptr, &size, &end);
  if (read != 0 || size != bytes.size() || text.substr(length - check_digits) != check_of(prefix, digits)) {
    return Error{std::string("is mistyped: the last digits of ") + what + " do not fit the others; copy it again", ""};
  }
  return bytes;
}

}  // namespace

KeyPair make_keys() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  Bytes open{}, secret{};
  crypto_box_keypair(open.data(), secret.data());
  KeyPair pair{written(recipient_prefix, open), Secret(written(key_prefix, secret))};
  sodium_memzero(secret.data(), secret.size());
  return pair;
}

result<Recipient> read_recipient(std::string_view text) {
  const auto bytes = read(recipient_prefix, text, "a recipient");
  if (!bytes) return bytes.error();
  return Recipient{*bytes};
}

Opener::~Opener() { sodium_memzero(secret.data(), secret.size()); }

result<Opener> read_key(const Secret& text) {
  const auto bytes = read(key_prefix, text.reveal(), "a backup key");
  if (!bytes) return bytes.error();
  Opener opener;
  opener.secret = *bytes;
  crypto_scalarmult_base(opener.recipient.bytes.data(), opener.secret.data());
  return opener;
}

std::string name_of(const Recipient& recipient) {
  return crypto::hex(crypto::sha256(view(recipient.bytes))).substr(0, 16);
}

}  // namespace passerelle::backup
