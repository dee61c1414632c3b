#include "base/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <map>
#include <memory>
#include <stdexcept>

namespace passerelle::crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// OpenSSL 3 looks an algorithm up by its name, under locks, whenever EVP_sha256() is used: that costs more than the
// digest of a short text. So each is looked up once, and kept for as long as the program runs.
const EVP_MD* function_of(Digest digest) {
  static const std::array<const EVP_MD*, 5> found = [] {
    const auto fetched = [](const EVP_MD* named) -> const EVP_MD* {
      const EVP_MD* const own = EVP_MD_fetch(nullptr, EVP_MD_get0_name(named), nullptr);
      return own != nullptr ? own : named;  // a system that forbids MD5 says so when it is asked for one
    };
    return std::array{fetched(EVP_md5()), fetched(EVP_sha1()), fetched(EVP_sha256()), fetched(EVP_sha384()),
                      fetched(EVP_sha512())};
  }();
  return found.at(static_cast<std::size_t>(digest));
}

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// One for each thread and digest, with the key that it was made ready for: a channel signs with the same one each time.
struct Hmac {
  std::unique_ptr<EVP_MAC_CTX, FreeContext> context;
  Secret key;
  bool keyed = false;

  // Ready for a message under this key.
  bool begin(const Secret& wanted) {
    if (keyed && equal(key.reveal(), wanted.reveal())) return EVP_MAC_init(context.get(), nullptr, 0, nullptr) == 1;
    // Never null, which would mean the key of before.
    const std::string_view bytes = wanted.reveal().empty() ? std::string_view("") : wanted.reveal();
    keyed = false;  // until the copy has succeeded, too
    key = wanted;
    keyed = EVP_MAC_init(context.get(), bytes_of(bytes), bytes.size(), nullptr) == 1;
    return keyed;
  }
};

Hmac& hmac_of(Digest digest) {
  thread_local std::map<Digest, Hmac> known;
  Hmac& hmac = known[digest];
  if (!hmac.context) {
    EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    hmac.context.reset(EVP_MAC_CTX_new(algorithm));
    EVP_MAC_free(algorithm);  // the context holds on to it
    std::string name = EVP_MD_get0_name(function_of(digest));
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
                                     OSSL_PARAM_construct_end()};
    if (!hmac.context || EVP_MAC_CTX_set_params(hmac.context.get(), parameters) != 1)
      throw std::runtime_error("no HMAC");
  }
  return hmac;
}

EVP_MD_CTX* hash_context() {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  return context.get();
}

}  // namespace

std::string hmac(Digest digest, const Secret& key, std::string_view message) {
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(function_of(digest))), '\0');
  std::size_t size = 0;
  Hmac& hmac = hmac_of(digest);
  if (!hmac.begin(key) || EVP_MAC_update(hmac.context.get(), bytes_of(message), message.size()) != 1 ||
      EVP_MAC_final(hmac.context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, out.size()) != 1) {
    hmac.keyed = false;
    throw std::runtime_error("HMAC failed");
  }
  return out;
}

std::string hash(Digest digest, std::string_view message) {
  const EVP_MD* const function = function_of(digest);
  std::string out(static_cast<std::size_t>(EVP_MD_get_size(function)), '\0');
  unsigned int size = 0;
  EVP_MD_CTX* const context = hash_context();
  if (EVP_DigestInit_ex(context, function, nullptr) != 1 ||
      EVP_DigestUpdate(context, message.data(), message.size()) != 1 ||
      EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(out.data()), &size) != 1) {
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
  std::string out(bytes.size() * 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out[2 * i] = digits[byte >> 4];
    out[2 * i + 1] = digits[byte & 15];
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

// The generator's own preparation costs as much for 16 bytes as for a thousand. A ref is told to the outside world as
// soon as it is made, so that those drawn ahead are no secrets that lie about; keys are drawn one by one.
std::string random_ref() {
  constexpr std::size_t bytes = 16;
  constexpr std::size_t drawn = 64 * bytes;
  thread_local std::string ahead;
  if (ahead.empty()) ahead = random_bytes(drawn);
  std::string ref = hex(std::string_view(ahead).substr(ahead.size() - bytes));
  ahead.resize(ahead.size() - bytes);
  return ref;
}

std::string grouped_ref() {
  constexpr std::size_t shared = 3;
  constexpr int together = 64;
  thread_local std::string group;
  thread_local int left = 0;
  std::string ref = random_ref();
  if (left-- == 0) {
    group = ref.substr(0, shared);
    left = together - 1;
  }
  return ref.replace(0, shared, group);
}

}  // namespace passerelle::crypto
