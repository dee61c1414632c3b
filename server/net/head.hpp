// The header of a request, from bytes to fields: where it ends, what can never become a good one, and its parts.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/http.hpp"
#include "net/server.hpp"

namespace passerelle::net {

inline constexpr std::size_t max_fields = 100;

// Looks for the empty line in what has arrived so far, and refuses early: nobody is read to the limit, or waited for
// until the deadline, whose first bytes already rule out a request (TLS, bare line feeds, folded lines, floods).
class HeadScanner {
 public:
  enum class State { more, complete, refused };

  explicit HeadScanner(const Limits& limits) : limits_(limits) {}

  State scan(std::string_view arrived);       // all bytes since the request began; again when more are there
  std::size_t size() const { return size_; }  // when complete: of the header with its empty line
  int status() const { return status_; }      // when refused

 private:
  State refuse(int status);
  State take_line(std::string_view arrived, std::size_t line_feed);
  State judge_unfinished(std::string_view arrived);

  const Limits& limits_;
  std::size_t line_ = 0;     // where the current line begins
  std::size_t scanned_ = 0;  // no line feed before here is still to be seen
  std::size_t lines_ = 0;
  std::size_t size_ = 0;
  int status_ = 0;
};

enum class Version { http_1_0, http_1_1 };

// Fills method, target and fields of 'request' from a header that HeadScanner found complete.
// Beast's parser sees this block and nothing after it: no chunk and no trailer ever reaches it (B1, B2, B6).
std::optional<Version> read_head(std::string_view block, HttpRequest& request);

bool is_hook(std::string_view target);  // under /hooks/, where longer targets are allowed

}  // namespace passerelle::net
