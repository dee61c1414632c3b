// What Redis says in any bytes and any pieces: the reader stays within its limits, and the pieces do not change what it
// reads.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "live/reply.hpp"

using passerelle::live::Reply;
using passerelle::live::ReplyReader;

namespace {

bool same(const std::vector<Reply>& a, const std::vector<Reply>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].kind != b[i].kind || a[i].number != b[i].number || a[i].text != b[i].text) return false;
    if (!same(a[i].items, b[i].items)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReplyReader whole;
  std::vector<Reply> replies;
  const bool sound = whole.take(bytes, replies);
  for (const Reply& reply : replies) {
    if (reply.items.size() > ReplyReader::most_items || reply.code().size() > 16) std::abort();
  }

  ReplyReader pieces;
  std::vector<Reply> slow;
  bool still = true;
  for (std::size_t at = 0; at < size && still;) {
    const std::size_t piece = 1 + data[at] % 7;
    still = pieces.take(bytes.substr(at, piece), slow);
    at += piece;
  }
  if (still != sound || !same(replies, slow)) std::abort();
  return 0;
}
