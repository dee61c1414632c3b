#include "net/response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <utility>

namespace passerelle::net {
namespace {

namespace http = boost::beast::http;

constexpr std::string_view begin_of_head = "HTTP/1.";
constexpr std::string_view end_of_head = "\r\n\r\n";

bool has_no_body(int status) { return status == 204 || status == 304; }  // RFC 9112, 6.3

}  // namespace

ResponseReader::State ResponseReader::take(std::string_view arrived) {
  if (state_ != State::more) return state_;
  read_ += arrived.size();
  if (read_ > limits_.body + 4 * limits_.header) return state_ = State::broken;
  buffer_.append(arrived);
  return state_ = read_on();
}

ResponseReader::State ResponseReader::read_on() {
  while (!has_head_) {
    const State state = read_head();
    if (state != State::complete) return state;
  }
  return read_body();
}

// complete: a head was read, of an answer or of a 1xx before it. Beast sees the head alone and never the body.
ResponseReader::State ResponseReader::read_head() {
  if (std::string_view(buffer_).substr(0, begin_of_head.size()) != begin_of_head.substr(0, buffer_.size())) {
    return State::broken;  // another protocol: there is no use in waiting for its end
  }
  const auto end = buffer_.find(end_of_head);
  const std::size_t size = end == std::string::npos ? buffer_.size() : end + end_of_head.size();
  if (size > limits_.header) return State::broken;
  if (end == std::string::npos) return State::more;
  http::response_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(limits_.header));
  parser.body_limit(boost::none);
  parser.skip(true);  // the body is ours to read
  boost::system::error_code error;
  parser.put(boost::asio::buffer(buffer_.data(), size), error);
  if (error || !parser.is_header_done()) return State::broken;
  buffer_.erase(0, size);
  const int status = static_cast<int>(parser.get().result_int());
  if (status == 101 || status < 100) return State::broken;
  if (status < 200) return State::complete;
  has_head_ = true;
  response_.status = status;
  for (const auto& each : parser.get()) {
    response_.fields.push_back({std::string(each.name_string()), std::string(each.value())});
  }
  keep_alive_ = parser.get().keep_alive();
  const std::string_view coding = field(response_.fields, "Transfer-Encoding");
  if (has_no_body(status)) {
    length_ = 0;
  } else if (!coding.empty()) {
    // Both would let two readers see two different answers (RFC 9112, 6.3).
    if (!same_field_name(coding, "chunked") || parser.content_length()) return State::broken;
    chunks_.emplace(limits_.body);
  } else if (parser.content_length()) {
    length_ = *parser.content_length();
    too_long_ = *length_ > limits_.body;
    if (too_long_) return State::broken;
  }
  return State::complete;
}

ResponseReader::State ResponseReader::read_body() {
  if (chunks_) return chunks_->decode(buffer_, response_.body);
  const std::size_t wanted = length_ ? *length_ - response_.body.size() : buffer_.size();
  const std::size_t count = std::min(wanted, buffer_.size());
  response_.body.append(buffer_, 0, count);
  buffer_.erase(0, count);
  too_long_ = response_.body.size() > limits_.body;
  if (too_long_) return State::broken;
  return length_ && response_.body.size() == *length_ ? State::complete : State::more;
}

ResponseReader::State ResponseReader::end() {
  if (state_ != State::more) return state_;
  const bool ends_with_connection = has_head_ && !length_ && !chunks_;
  keep_alive_ = false;
  return state_ = ends_with_connection ? State::complete : State::broken;
}

}  // namespace passerelle::net
