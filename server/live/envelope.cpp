#include "live/envelope.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "base/crypto.hpp"

namespace passerelle::live {
namespace {

constexpr char format = 1;  // the first byte; then the nonce, the text, the tag
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t head_bytes = 1 + nonce_bytes;
constexpr std::size_t mark_bytes = 16;  // before the copy's own bytes: version and time, big endian

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out(char* text) { return reinterpret_cast<unsigned char*>(text); }
int length(std::string_view text) { return static_cast<int>(text.size()); }

void must(bool done) {
  if (!done) throw std::runtime_error("AES-256-GCM failed");
}

// Looked up once, and a context for each thread: both cost more than to seal a short text.
EVP_CIPHER_CTX* cipher(const Secret& key, std::string_view nonce, std::string_view name, bool sealing) {
  static const EVP_CIPHER* const gcm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  thread_local const Cipher made(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  must(gcm != nullptr && made != nullptr);
  must(EVP_CipherInit_ex(made.get(), gcm, nullptr, in(key.reveal()), in(nonce), sealing ? 1 : 0) == 1);
  int size = 0;
  must(EVP_CipherUpdate(made.get(), nullptr, &size, in(name), length(name)) == 1);
  return made.get();
}

// Drawn ahead, for the preparation costs as much as a hundred of them; a nonce is no secret.
std::string next_nonce() {
  thread_local std::string ahead;
  if (ahead.empty()) ahead = crypto::random_bytes(64 * nonce_bytes);
  std::string nonce = ahead.substr(ahead.size() - nonce_bytes);
  ahead.resize(ahead.size() - nonce_bytes);
  return nonce;
}

void put(std::string& to, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) to += static_cast<char>(number >> shift & 0xFF);
}

std::uint64_t get(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace

Envelope::Envelope(const Secret& secret) {
  const Secret root = secret.empty() ? Secret(crypto::random_bytes(32)) : Secret(std::string(secret.reveal()));
  naming_ = Secret(crypto::hmac_sha256(root, "passerelle live names"));
  sealing_ = Secret(crypto::hmac_sha256(root, "passerelle live copies"));
}

std::string Envelope::name(std::string_view kind, std::string_view who) const {
  constexpr std::size_t digits = 32;
  std::string name = "passerelle:" + std::string(kind) + ":";
  return name + crypto::hex(crypto::hmac_sha256(naming_, who)).substr(0, digits);
}

std::string Envelope::seal(std::string_view name, const Copy& copy) const {
  std::string text;
  text.reserve(mark_bytes + copy.bytes.size());
  put(text, copy.version);
  put(text, static_cast<std::uint64_t>(to_ms(copy.saved_at)));
  text += copy.bytes;

  const std::string nonce = next_nonce();
  std::string sealed(head_bytes + text.size() + tag_bytes, format);
  sealed.replace(1, nonce_bytes, nonce);
  EVP_CIPHER_CTX* const made = cipher(sealing_, nonce, name, true);
  int size = 0;
  must(EVP_CipherUpdate(made, out(sealed.data() + head_bytes), &size, in(text), length(text)) == 1);
  must(EVP_CipherFinal_ex(made, out(sealed.data() + head_bytes + size), &size) == 1);
  must(EVP_CIPHER_CTX_ctrl(made, EVP_CTRL_GCM_GET_TAG, tag_bytes, sealed.data() + head_bytes + text.size()) == 1);
  return sealed;
}

std::optional<Copy> Envelope::open(std::string_view name, std::string_view sealed) const {
  if (sealed.size() < head_bytes + mark_bytes + tag_bytes || sealed.front() != format) return std::nullopt;
  EVP_CIPHER_CTX* const made = cipher(sealing_, sealed.substr(1, nonce_bytes), name, false);
  const std::string_view body = sealed.substr(head_bytes, sealed.size() - head_bytes - tag_bytes);
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  std::string text(body.size(), '\0');
  int size = 0;
  must(EVP_CipherUpdate(made, out(text.data()), &size, in(body), length(body)) == 1);
  must(EVP_CIPHER_CTX_ctrl(made, EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
  if (EVP_CipherFinal_ex(made, out(text.data() + size), &size) != 1) return std::nullopt;
  const std::string_view plain = text;
  return Copy{get(plain.substr(0, 8)), from_ms(static_cast<std::int64_t>(get(plain.substr(8, 8)))),
              std::string(plain.substr(mark_bytes))};
}

}  // namespace passerelle::live
