// The outer shape of a backup: a line that says what it is, a short head in the clear, and a stream that only the
// recipient's key opens (libsodium: a sealed box around the key of a secretstream). A byte that was changed, taken away
// or added anywhere is found.
//   "PASSERELLE-BACKUP-1\n" | length of the head, 4 bytes, big endian | head | sealed key, 80 bytes |
//   head of the stream, 24 bytes | pieces of at most 64 KiB, each 17 bytes longer; the last one is marked as such
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "backup/key.hpp"
#include "base/result.hpp"

namespace passerelle::backup {

using Bytes = std::function<result<void>(std::string_view)>;  // takes the next ones

class Sealer {
 public:
  // 'out' takes the file. 'head' is not secret, at most longest_head, and bound to the rest.
  static result<std::unique_ptr<Sealer>> begin(Bytes out, const Recipient& recipient, std::string_view head);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  result<void> write(std::string_view bytes);
  result<void> finish();  // marks the end; nothing may follow

 private:
  struct State;
  explicit Sealer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

inline constexpr std::size_t longest_head = 4096;

// 'next' hands over up to 'size' bytes of the file, fewer only at its end.
using Read = std::function<result<std::string>(std::size_t size)>;

// What stands in the clear: whoever holds no key can still ask when it was made and for whom. Not yet proven genuine.
result<std::string> read_head(const Read& next);
// Reads all of it; 'out' takes what was sealed, in pieces each of which is genuine. It ends without an error only when
// the whole was. Errors: another key's, damaged, cut short, longer than it was.
result<void> unseal(const Read& next, const Opener& key, const Bytes& out);

}  // namespace passerelle::backup
