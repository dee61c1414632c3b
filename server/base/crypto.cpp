#include "base/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <map>
#include <memory>
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

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

// One for each thread and digest: OpenSSL 3 looks its algorithms up by name, which costs more than a signature itself.
EVP_MAC_CTX* hmac_context(Digest digest) {
  thread_local std::map<Digest, std::unique_ptr<EVP_MAC_CTX, FreeContext>> contexts;
  auto& context = contexts[digest];
  if (!context) {
    EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    context.reset(EVP_MAC_CTX_new(algorithm));
    EVP_MAC_free(algorithm);  // the context holds on to it
    std::string name = EVP_MD_get0_name(function_of(digest));
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
                                     OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_CTX_set_params(context.get(), parameters) != 1) throw std::runtime_error("no HMAC");
  }
  return context.get();
}

}  // namespace

std::string hmac(Digest digest, const Secret& key, std::string_view message) {
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(function_of(digest))), '\0');
  std::size_t size = 0;
  // Never null, which would mean the key of before.
  const std::string_view k = key.reveal().empty() ? std::string_view("") : key.reveal();
  EVP_MAC_CTX* const context = hmac_context(digest);
  if (EVP_MAC_init(context, bytes_of(k), k.size(), nullptr) != 1 ||
      EVP_MAC_update(context, bytes_of(message), message.size()) != 1 ||
      EVP_MAC_final(context, reinterpret_cast<unsigned char*>(out.data()), &size, out.size()) != 1) {
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
