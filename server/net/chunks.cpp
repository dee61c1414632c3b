#include "net/chunks.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::net {
namespace {

constexpr std::size_t longest_line = 4096;  // a size with its extensions, or a trailer field

}  // namespace

ChunkDecoder::State ChunkDecoder::decode(std::string& arrived, std::string& body) {
  std::size_t at = 0;
  State state = State::more;
  while (state == State::more && at < arrived.size()) {
    if (phase_ == Phase::data) {
      const std::size_t count = std::min(left_, arrived.size() - at);
      body.append(arrived, at, count);
      at += count;
      left_ -= count;
      if (left_ == 0) phase_ = Phase::data_end;
      continue;
    }
    const auto end = arrived.find("\r\n", at);
    if (end == std::string::npos) {
      if (arrived.size() - at > longest_line) state = State::broken;
      break;
    }
    state = end - at > longest_line ? State::broken : take_line(std::string_view(arrived).substr(at, end - at));
    at = end + 2;
  }
  arrived.erase(0, at);
  return state;
}

ChunkDecoder::State ChunkDecoder::take_line(std::string_view line) {
  if (phase_ == Phase::trailer) return line.empty() ? State::complete : State::more;
  if (phase_ == Phase::data_end) {
    phase_ = Phase::size;
    return line.empty() ? State::more : State::broken;
  }
  const std::string_view digits = line.substr(0, line.find_first_of("; \t"));
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return State::broken;
  too_long_ = left_ > body_limit_ - body_size_;
  if (too_long_) return State::broken;
  body_size_ += left_;
  phase_ = left_ == 0 ? Phase::trailer : Phase::data;
  return State::more;
}

}  // namespace passerelle::net
