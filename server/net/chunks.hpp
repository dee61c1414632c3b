// The chunked coding of HTTP/1.1 (RFC 9112, 7.1), taken off an answer's body. Ours, because Beast 1.81 relies on an
// assertion there that some last chunks break (found by tests/fuzz/response_fuzz.cpp; its corpus keeps one).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace passerelle::net {

class ChunkDecoder {
 public:
  enum class State { more, complete, broken };

  explicit ChunkDecoder(std::size_t body_limit) : body_limit_(body_limit) {}

  // Moves what it can decode from the front of 'arrived' to the end of 'body'; extensions and trailers are dropped.
  State decode(std::string& arrived, std::string& body);
  bool too_long() const { return too_long_; }  // broken because there is more of it than the limit

 private:
  enum class Phase { size, data, data_end, trailer };

  State take_line(std::string_view line);

  std::size_t body_limit_;
  Phase phase_ = Phase::size;
  std::size_t left_ = 0;  // of the current chunk
  std::size_t body_size_ = 0;
  bool too_long_ = false;
};

}  // namespace passerelle::net
