// A gateway's answer, from bytes to an HttpResponse, within limits. No I/O.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "net/chunks.hpp"

namespace passerelle::net {

struct ResponseLimits {
  std::size_t header = 32 * 1024;
  std::size_t body = 1024 * 1024;
};

// Reads one answer; 1xx in front of it are skipped (RFC 9110, 15.2), 101 is an error: we asked for no other protocol.
class ResponseReader {
 public:
  using State = ChunkDecoder::State;

  explicit ResponseReader(const ResponseLimits& limits) : limits_(limits) {}

  State take(std::string_view arrived);  // what has newly arrived; all of it is used or kept
  State end();                           // the gateway has closed: complete where an answer may end so
  // When complete: whether the connection serves another request. Never with bytes behind the answer: nobody asked
  // for them, and they would be taken for the next answer.
  bool keeps_alive() const { return state_ == State::complete && keep_alive_ && buffer_.empty(); }
  // When broken: because the body is longer than the limit.
  bool too_long() const { return too_long_ || (chunks_ && chunks_->too_long()); }
  HttpResponse response() { return std::move(response_); }  // once, when complete

 private:
  State read_on();
  State read_head();
  State read_body();

  ResponseLimits limits_;
  std::string buffer_;    // arrived and not yet read
  std::size_t read_ = 0;  // bytes in all, so that neither chunk extensions nor trailers nor 1xx go on for ever
  HttpResponse response_;
  bool has_head_ = false;
  bool keep_alive_ = false;
  std::optional<std::size_t> length_;   // of the body, where the head tells it
  std::optional<ChunkDecoder> chunks_;  // …or the body comes in chunks; neither: it ends with the connection
  State state_ = State::more;
  bool too_long_ = false;
};

}  // namespace passerelle::net
