#include "backup/seal.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace passerelle::backup {
namespace {

constexpr std::string_view magic = "PASSERELLE-BACKUP-1\n";
constexpr std::size_t piece = std::size_t{64} * 1024;
constexpr std::size_t sealed_key = crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES;
constexpr std::size_t stream_head = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t added = crypto_secretstream_xchacha20poly1305_ABYTES;

using Stream = crypto_secretstream_xchacha20poly1305_state;
using StreamKey = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES>;

const unsigned char* in(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* out_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Error damaged() { return {"this backup is damaged, or was changed; take another one", ""}; }

std::string length_of(std::string_view head) {
  const auto size = static_cast<std::uint32_t>(head.size());
  std::string four;
  for (const int shift : {24, 16, 8, 0}) four += static_cast<char>(size >> shift & 0xFF);
  return four;
}

std::size_t read_length(std::string_view four) {
  std::size_t size = 0;
  for (const char byte : four) size = size << 8 | static_cast<unsigned char>(byte);
  return size;
}

result<std::string> exactly(const Read& next, std::size_t size) {
  result<std::string> bytes = next(size);
  if (bytes && bytes->size() != size) return damaged();
  return bytes;
}

// One piece, genuine and in its place. 'head' was bound to the first.
result<bool> pull(Stream& stream, std::string_view sealed, std::string_view head, std::string& plain) {
  if (sealed.size() < added) return damaged();
  plain.resize(sealed.size() - added);
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&stream, out_of(plain), nullptr, &tag, in(sealed), sealed.size(),
                                                 in(head), head.size()) != 0) {
    return damaged();
  }
  return tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

}  // namespace

struct Sealer::State {
  State(Bytes to, std::string_view bound) : out(std::move(to)), head(bound) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { sodium_memzero(&stream, sizeof stream); }

  result<void> push(std::string_view plain, unsigned char tag) {
    std::string sealed(plain.size() + added, '\0');
    crypto_secretstream_xchacha20poly1305_push(&stream, out_of(sealed), nullptr, in(plain), plain.size(), in(head),
                                               head.size(), tag);
    head.clear();  // bound to the first piece, and by the stream's own chain to all others
    return out(sealed);
  }

  Bytes out;
  std::string head;
  Stream stream{};
  std::string waiting;
};

result<std::unique_ptr<Sealer>> Sealer::begin(Bytes out, const Recipient& recipient, std::string_view head) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  if (head.size() > longest_head) return Error{"the head of a backup is too long", ""};
  StreamKey key{};
  auto state = std::make_unique<State>(std::move(out), head);
  std::string start(stream_head, '\0'), box(sealed_key, '\0');
  crypto_secretstream_xchacha20poly1305_keygen(key.data());
  crypto_secretstream_xchacha20poly1305_init_push(&state->stream, out_of(start), key.data());
  const int sealed = crypto_box_seal(out_of(box), key.data(), key.size(), recipient.bytes.data());
  sodium_memzero(key.data(), key.size());
  if (sealed != 0) return Error{"the recipient's key cannot be used", ""};
  const std::string beginning = std::string(magic) + length_of(head) + std::string(head) + box + start;
  if (const auto written = state->out(beginning); !written) return written.error();
  return std::unique_ptr<Sealer>(new Sealer(std::move(state)));
}

Sealer::Sealer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sealer::~Sealer() = default;

result<void> Sealer::write(std::string_view bytes) {
  std::string& waiting = state_->waiting;
  waiting += bytes;
  std::size_t at = 0;
  for (; waiting.size() - at > piece; at += piece) {
    if (const auto pushed = state_->push(std::string_view(waiting).substr(at, piece), 0); !pushed) return pushed;
  }
  waiting.erase(0, at);
  return {};
}

result<void> Sealer::finish() { return state_->push(state_->waiting, crypto_secretstream_xchacha20poly1305_TAG_FINAL); }

result<std::string> read_head(const Read& next) {
  const auto start = next(magic.size() + 4);
  if (!start) return start.error();
  if (!start->starts_with(magic) || start->size() != magic.size() + 4) {
    return Error{"this is no backup of Passerelle, or its beginning is damaged", ""};
  }
  const std::size_t length = read_length(std::string_view(*start).substr(magic.size()));
  if (length > longest_head) return damaged();
  return exactly(next, length);
}

result<void> unseal(const Read& next, const Opener& key, const Bytes& out) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used");
  auto head = read_head(next);
  if (!head) return head.error();
  const auto box = exactly(next, sealed_key);
  if (!box) return box.error();
  const auto start = exactly(next, stream_head);
  if (!start) return start.error();
  StreamKey stream_key{};
  if (crypto_box_seal_open(stream_key.data(), in(*box), box->size(), key.recipient.bytes.data(), key.secret.data()) !=
      0)
    return Error{"this key does not open this backup: it is another one's, or the backup is damaged", ""};
  Stream stream{};
  crypto_secretstream_xchacha20poly1305_init_pull(&stream, in(*start), stream_key.data());
  sodium_memzero(stream_key.data(), stream_key.size());
  std::string plain;
  for (bool last = false; !last; head->clear()) {
    const auto sealed = next(piece + added);
    if (!sealed) return sealed.error();
    const auto genuine = pull(stream, *sealed, *head, plain);
    if (!genuine) return genuine.error();
    last = *genuine;
    if (const auto taken = out(plain); !taken) return taken;
  }
  const auto rest = next(1);
  if (!rest) return rest.error();
  return rest->empty() ? result<void>() : result<void>(damaged());
}

}  // namespace passerelle::backup
