// A gateway's answer in any bytes and any pieces: the reader ends within its limits, and the pieces do not change what
// it reads.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "net/response_reader.hpp"

using passerelle::net::ResponseLimits;
using passerelle::net::ResponseReader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr ResponseLimits limits{1024, 4096};
  ResponseReader whole(limits);
  auto state = whole.take(bytes);
  if (state == ResponseReader::State::more) state = whole.end();
  const bool complete = state == ResponseReader::State::complete;
  const auto response = complete ? whole.response() : passerelle::HttpResponse{};
  if (response.body.size() > limits.body) std::abort();

  ResponseReader pieces(limits);
  std::size_t at = 0;
  auto slow = ResponseReader::State::more;
  while (at < size && slow == ResponseReader::State::more) {
    const std::size_t piece = 1 + data[at] % 7;
    slow = pieces.take(bytes.substr(at, piece));
    at += piece;
  }
  if (slow == ResponseReader::State::more) slow = pieces.end();
  if (complete && (slow != state || pieces.response().body != response.body)) std::abort();
  return 0;
}
