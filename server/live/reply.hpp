// What Redis says (RESP 2), read by hiredis' parser within limits of ours, and what we say to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace passerelle::live {

struct Reply {
  enum class Kind { nil, text, number, error, list };

  Kind kind = Kind::nil;
  std::int64_t number = 0;
  std::string text = {};          // of an error, too
  std::vector<Reply> items = {};  // of a list

  bool is_ok() const { return kind != Kind::error; }
  // The first word of an error in small letters ("noauth", "readonly"), at most 16 letters; "error" for none that is
  // fit for a log.
  std::string code() const;
};

// hiredis 0.14 has no limits: a list of two thousand million items would be room for as many, at once.
class ReplyReader {
 public:
  static constexpr std::size_t longest = 1024 * 1024;  // bytes of one reply
  static constexpr int most_items = 1'024;             // of one list

  ReplyReader();

  // Takes bytes as they arrive and adds the replies that they complete. False: these bytes are no reply or one beyond
  // the limits; the reader is then of no further use.
  bool take(std::string_view bytes, std::vector<Reply>& replies);

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };

  std::unique_ptr<redisReader, Free> reader_;
  std::size_t unfinished_ = 0;  // bytes since the last whole reply
};

using Command = std::vector<std::string>;
void append(const Command& command, std::string& to);  // as bytes for the socket

}  // namespace passerelle::live
