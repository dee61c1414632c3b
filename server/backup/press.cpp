#include "backup/press.hpp"

#include <zstd.h>

#include <string>

namespace passerelle::backup {
namespace {

constexpr int level = 6;            // a third of the time of 9 for nearly its size
constexpr int largest_window = 24;  // 16 MB: what 'level' never goes beyond

Error failed(std::size_t code) { return {std::string("the backup cannot be pressed: ") + ZSTD_getErrorName(code), ""}; }

}  // namespace

struct Press::State {
  explicit State(Bytes to) : out(std::move(to)), stream(ZSTD_createCCtx()), buffer(ZSTD_CStreamOutSize(), '\0') {
    ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeCCtx(stream); }

  result<void> push(std::string_view bytes, ZSTD_EndDirective how) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    for (bool more = true; more;) {
      ZSTD_outBuffer to{buffer.data(), buffer.size(), 0};
      const std::size_t left = ZSTD_compressStream2(stream, &to, &in, how);
      if (ZSTD_isError(left) != 0) return failed(left);
      if (const auto taken = out(std::string_view(buffer).substr(0, to.pos)); !taken) return taken;
      more = how == ZSTD_e_end ? left != 0 : in.pos < in.size;
    }
    return {};
  }

  Bytes out;
  ZSTD_CCtx* stream;
  std::string buffer;
};

Press::Press(Bytes out) : state_(std::make_unique<State>(std::move(out))) {}
Press::~Press() = default;
result<void> Press::write(std::string_view bytes) { return state_->push(bytes, ZSTD_e_continue); }
result<void> Press::finish() { return state_->push({}, ZSTD_e_end); }

struct Unpress::State {
  explicit State(Bytes to) : out(std::move(to)), stream(ZSTD_createDCtx()), buffer(ZSTD_DStreamOutSize(), '\0') {
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, largest_window);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ZSTD_freeDCtx(stream); }

  Bytes out;
  ZSTD_DCtx* stream;
  std::string buffer;
};

Unpress::Unpress(Bytes out) : state_(std::make_unique<State>(std::move(out))) {}
Unpress::~Unpress() = default;

result<void> Unpress::write(std::string_view bytes) {
  State& state = *state_;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  for (bool full = false; full || in.pos < in.size;) {
    ZSTD_outBuffer to{state.buffer.data(), state.buffer.size(), 0};
    const std::size_t code = ZSTD_decompressStream(state.stream, &to, &in);
    if (ZSTD_isError(code) != 0) return Error{"this backup cannot be read: its bytes were not pressed by us", ""};
    if (const auto taken = state.out(std::string_view(state.buffer).substr(0, to.pos)); !taken) return taken;
    full = to.pos == to.size;  // there may be more without further bytes
  }
  return {};
}

}  // namespace passerelle::backup
