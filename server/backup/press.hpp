// zstd as a stream: bytes in, pressed or restored bytes out, in pieces.
#pragma once

#include <memory>
#include <string_view>

#include "backup/seal.hpp"

namespace passerelle::backup {

class Press {
 public:
  explicit Press(Bytes out);
  ~Press();
  Press(const Press&) = delete;
  Press& operator=(const Press&) = delete;
  result<void> write(std::string_view bytes);
  result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Errors: these are no pressed bytes, or would need more memory than ours do.
class Unpress {
 public:
  explicit Unpress(Bytes out);
  ~Unpress();
  Unpress(const Unpress&) = delete;
  Unpress& operator=(const Unpress&) = delete;
  result<void> write(std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace passerelle::backup
