// Who can read a backup: a pair of keys. The server knows the recipient only, and so cannot read what it has written.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace passerelle::backup {

// The public half, as libsodium's sealed boxes take it (X25519).
struct Recipient {
  std::array<unsigned char, 32> bytes{};
};

// As people keep them: "pbr1-…" and "pbk1-…", hexadecimal, with 8 digits at the end that find a typing mistake.
struct KeyPair {
  std::string recipient;
  Secret key;
};

KeyPair make_keys();
result<Recipient> read_recipient(std::string_view text);  // errors: it is none, or mistyped

// The private half, and the public one that belongs to it.
struct Opener {
  Recipient recipient;
  std::array<unsigned char, 32> secret{};

  Opener() = default;
  Opener(const Opener&) = default;
  Opener& operator=(const Opener&) = default;
  ~Opener();  // wipes the secret
};
result<Opener> read_key(const Secret& text);

std::string name_of(const Recipient& recipient);  // 16 digits: which key a backup was made for

}  // namespace passerelle::backup
