// Fuzzes the door: any bytes as a request header, whole and byte by byte, judged again by an independent reading.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/guard.hpp"
#include "net/head.hpp"
#include "net/router.hpp"

namespace {

using namespace passerelle;
using namespace passerelle::net;
using State = HeadScanner::State;

void must(bool holds) {
  if (!holds) std::abort();
}

// Whatever the packets were, the decision is the same.
void same_when_split(std::string_view bytes, std::size_t step, State state, const HeadScanner& whole,
                     const Limits& limits) {
  HeadScanner split(limits);
  State last = State::more;
  for (std::size_t end = step; end < bytes.size() && last == State::more; end += step)
    last = split.scan(bytes.substr(0, end));
  if (last == State::more) last = split.scan(bytes);
  if (last == State::refused || state == State::refused) return;  // an early refusal may come by another rule
  must(last == state && split.size() == whole.size());
}

std::size_t count(std::string_view block, std::string_view lower_name) {
  std::size_t found = 0;
  for (std::size_t at = block.find("\r\n"); at != std::string_view::npos; at = block.find("\r\n", at + 2)) {
    std::string name;
    for (std::size_t i = at + 2; i < block.size() && block[i] != ':' && block[i] != '\r'; ++i) {
      name += static_cast<char>(block[i] >= 'A' && block[i] <= 'Z' ? block[i] + 32 : block[i]);
    }
    found += name == lower_name ? 1 : 0;
  }
  return found;
}

// What passed the guard is a message that every parser must read alike.
void is_unambiguous(std::string_view block, const HttpRequest& request, const Verdict& verdict, const Limits& limits) {
  must(count(block, "host") == 1);
  must(count(block, "transfer-encoding") == 0);
  must(count(block, "content-length") <= 1);
  must(request.method == "GET" || request.method == "POST");
  must(request.method == "GET" || count(block, "content-length") == 1);
  must(verdict.content_length <= limits.body);
  must(block.starts_with(request.method + " " + request.target + " HTTP/1."));
  for (const char c : request.target) must(c > ' ' && c < 127);
  must(block.find("\r\n ") == std::string_view::npos && block.find("\r\n\t") == std::string_view::npos);
  must(block.find('\0') == std::string_view::npos);
  must(request.fields.size() <= max_fields);
}

const Router& router() {
  static const Router made = [] {
    Router rows;
    for (const char* pattern : {"/hooks/{channel}", "/hooks/{channel}/{secret}", "/hooks/{channel}/status", "/"}) {
      must(rows.add({"POST", pattern,
                     [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> { co_return bare(200); }})
               .has_value());
    }
    return rows;
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Limits limits;
  ListenerSettings listener;
  listener.hosts = {"a"};
  listener.check_origin = (data[0] & 1) != 0;
  const std::size_t step = 1 + data[0] / 2 % 64;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);  // of its exact size, for ASan
  HeadScanner scanner(limits);
  const State state = scanner.scan(bytes);
  same_when_split(bytes, step, state, scanner, limits);
  if (state != State::complete) return 0;
  const std::string block = bytes.substr(0, scanner.size());
  HttpRequest request;
  request.peer_is_loopback = true;
  const auto version = read_head(block, request);
  if (!version) return 0;
  const Verdict verdict = guard(request, *version, listener, limits);
  if (verdict.refuse != 0) return 0;
  is_unambiguous(block, request, verdict, limits);
  router().match(request.method, request.path());
  return 0;
}
