#include "base/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace passerelle::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

const EVP_MD* function_of(Digest digest) {
  switch (digest) {
    case Digest::md5: return EVP_md5();
    case Digest::sha1: return EVP_sha1();
    case Digest::sha256: return EVP_sha256();
    case Digest::sha384: return EVP_sha384();
    case Digest::sha512: return EVP_sha512();
  }
  return EVP_sha256();
}

}  // namespace

std::string hmac(Digest digest, const Secret& key, std::string_view message) {
  const EVP_MD* const function = function_of(digest);
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(function)), '\0');
  unsigned int size = 0;
  const std::string_view k = key.reveal();
  if (HMAC(function, k.data(), static_cast<int>(k.size()), bytes_of(message), message.size(),
           reinterpret_cast<unsigned char*>(out.data()), &size) == nullptr) {
    throw std::runtime_error("HMAC failed");
  }
  return out;
}

std::string hash(Digest digest, std::string_view message) {
  const EVP_MD* const function = function_of(digest);
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(function)), '\0');
  unsigned int size = 0;
  if (EVP_Digest(message.data(), message.size(), reinterpret_cast<unsigned char*>(out.data()), &size, function,
                 nullptr) != 1) {
    throw std::runtime_error("a digest failed");
  }
  return out;
}

std::string hmac_sha1(const Secret& key, std::string_view message) { return hmac(Digest::sha1, key, message); }
std::string hmac_sha256(const Secret& key, std::string_view message) { return hmac(Digest::sha256, key, message); }
std::string sha256(std::string_view message) { return hash(Digest::sha256, message); }

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(bytes), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) != 1) {
    throw std::runtime_error("no random bytes");
  }
  return out;
}

std::string random_ref() { return hex(random_bytes(16)); }

}  // namespace passerelle::crypto
