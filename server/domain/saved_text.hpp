// The JSON that we save ourselves, written and read in one pass without a tree of values: a conversation is saved and
// loaded in every turn. The reader knows what the writer writes, to the letter, and gives up on anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle {

class SavedWriter {
 public:
  explicit SavedWriter(std::size_t usual_size) { out_.reserve(usual_size); }

  // Punctuation and keys that need no escaping, as they stand in the file.
  SavedWriter& raw(std::string_view words) {
    out_ += words;
    return *this;
  }
  // A JSON text; what is not UTF-8 in it becomes U+FFFD.
  SavedWriter& text(std::string_view text);
  SavedWriter& number(std::int64_t number);
  SavedWriter& count(std::uint64_t number);
  SavedWriter& truth(bool truth) { return raw(truth ? "true" : "false"); }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

// After the first thing that is not as expected, every further call fails as well.
class SavedReader {
 public:
  explicit SavedReader(std::string_view text) : left_(text) {}

  bool raw(std::string_view words) {
    if (!sound_ || !left_.starts_with(words)) return fail();
    left_.remove_prefix(words.size());
    return true;
  }
  // Whether 'words' come next, which may be left out; they are taken then.
  bool may(std::string_view words) { return sound_ && left_.starts_with(words) && raw(words); }
  // Fails for texts with escapes, though they are JSON, and for what is not UTF-8.
  bool text(std::string& text);
  bool number(std::int64_t& number, std::int64_t least, std::int64_t most);
  bool count(std::uint64_t& number);
  bool truth(bool& truth) {
    truth = may("true");
    return truth || raw("false");
  }
  bool fail() { return sound_ = false; }
  bool sound() const { return sound_; }
  bool ended() const { return sound_ && left_.empty(); }

 private:
  std::string_view left_;
  bool sound_ = true;
};

}  // namespace passerelle
