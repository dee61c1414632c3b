#include "net/head.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <limits>

namespace passerelle::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using view = boost::beast::string_view;  // Boost's own; converts to std::string_view

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

constexpr std::size_t longest_method = 32;
constexpr std::size_t http_tail = 10;  // " HTTP/1.1" and the carriage return

// From the target on; empty while the method has not ended. Looks at a bounded prefix, because a peer that sends byte
// by byte has us look each time.
std::string_view from_target(std::string_view arrived) {
  const auto space = arrived.substr(0, longest_method + 1).find(' ');
  return space == std::string_view::npos ? std::string_view() : arrived.substr(space + 1);
}

// Writes straight into our request, without Beast's field container. Reused strings keep their memory.
class HeadParser final : public http::basic_parser<true> {
 public:
  explicit HeadParser(HttpRequest& request) : request_(request) {
    header_limit(std::numeric_limits<std::uint32_t>::max());  // HeadScanner has already limited the block
    skip(true);                                               // the body is the session's business
  }

  std::size_t fields() const { return fields_; }
  int version() const { return version_; }

 private:
  void on_request_impl(http::verb, view method, view target, int version, error_code& error) override {
    error = {};
    request_.method = method;
    request_.target = target;
    version_ = version;
  }

  void on_field_impl(http::field, view name, view value, error_code& error) override {
    error = {};
    if (fields_ == request_.fields.size()) request_.fields.emplace_back();
    request_.fields[fields_].name = name;
    request_.fields[fields_].value = value;
    ++fields_;
  }

  void on_header_impl(error_code& error) override { error = {}; }
  void on_finish_impl(error_code& error) override { error = {}; }

  // None of these is reached with skip(true); were one, the request would be refused.
  void on_response_impl(int, view, int, error_code& error) override { error = http::error::bad_method; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& error) override {
    error = http::error::unexpected_body;
  }
  std::size_t on_body_impl(view, error_code& error) override {
    error = http::error::unexpected_body;
    return 0;
  }
  void on_chunk_header_impl(std::uint64_t, view, error_code& error) override { error = http::error::bad_chunk; }
  std::size_t on_chunk_body_impl(std::uint64_t, view, error_code& error) override {
    error = http::error::bad_chunk;
    return 0;
  }

  HttpRequest& request_;
  std::size_t fields_ = 0;
  int version_ = 0;
};

}  // namespace

bool is_hook(std::string_view target) { return target.starts_with("/hooks/"); }

HeadScanner::State HeadScanner::refuse(int status) {
  status_ = status;
  return State::refused;
}

HeadScanner::State HeadScanner::scan(std::string_view arrived) {
  if (arrived.empty()) return State::more;
  if (!is_letter(arrived.front())) return refuse(400);  // a TLS greeting, an empty line, garbage
  while (scanned_ < arrived.size()) {
    const void* found = std::memchr(arrived.data() + scanned_, '\n', arrived.size() - scanned_);
    if (found == nullptr) break;
    const State state = take_line(arrived, static_cast<std::size_t>(static_cast<const char*>(found) - arrived.data()));
    if (state != State::more) return state;
  }
  scanned_ = arrived.size();
  return judge_unfinished(arrived);
}

HeadScanner::State HeadScanner::take_line(std::string_view arrived, std::size_t line_feed) {
  if (line_feed == line_ || arrived[line_feed - 1] != '\r') return refuse(400);  // a bare line feed
  const bool empty = line_feed - 1 == line_;
  const char first = arrived[line_];
  if (lines_ > 0 && (first == ' ' || first == '\t')) return refuse(400);  // a folded line
  if (empty) {
    size_ = line_feed + 1;
    const std::size_t limit = is_hook(from_target(arrived)) ? limits_.hook_header : limits_.header;
    return size_ > limit ? refuse(431) : State::complete;
  }
  if (++lines_ > max_fields + 1) return refuse(431);
  line_ = scanned_ = line_feed + 1;
  return State::more;
}

HeadScanner::State HeadScanner::judge_unfinished(std::string_view arrived) {
  const std::string_view rest = from_target(arrived);
  const bool hook = is_hook(rest);
  if (lines_ == 0 && rest.empty() && arrived.size() > longest_method) return refuse(400);
  if (lines_ == 0 && rest.size() > (hook ? limits_.hook_target : limits_.target) + http_tail) return refuse(414);
  const std::size_t limit = hook ? limits_.hook_header : limits_.header;
  return arrived.size() >= limit ? refuse(431) : State::more;
}

std::optional<Version> read_head(std::string_view block, HttpRequest& request) {
  HeadParser parser(request);
  error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(block.data(), block.size()), error);
  request.fields.resize(parser.fields());
  if (error || !parser.is_header_done() || used != block.size()) return std::nullopt;
  return parser.version() == 10 ? Version::http_1_0 : Version::http_1_1;
}

}  // namespace passerelle::net
