#include "live/reply.hpp"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <new>

namespace passerelle::live {
namespace {

using Functions = redisReplyObjectFunctions;

const Functions& hiredis_functions() {
  static const Functions functions = [] {
    redisReader* const reader = redisReaderCreate();
    if (reader == nullptr) throw std::bad_alloc();
    const Functions copied = *reader->fn;
    redisReaderFree(reader);
    return copied;
  }();
  return functions;
}

// The parser takes a null for "no memory" and gives up.
void* few_items(const redisReadTask* task, int items) {
  return items > ReplyReader::most_items ? nullptr : hiredis_functions().createArray(task, items);
}

Functions* functions_with_limits() {
  static Functions functions = [] {
    Functions changed = hiredis_functions();
    changed.createArray = few_items;
    return changed;
  }();
  return &functions;
}

// As deep as hiredis nests: eight.
Reply read(const redisReply& from) {
  Reply reply;
  switch (from.type) {
    case REDIS_REPLY_INTEGER: reply.kind = Reply::Kind::number; break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS: reply.kind = Reply::Kind::text; break;
    case REDIS_REPLY_ERROR: reply.kind = Reply::Kind::error; break;
    case REDIS_REPLY_ARRAY: reply.kind = Reply::Kind::list; break;
    default: return reply;
  }
  reply.number = from.integer;
  if (from.str != nullptr) reply.text.assign(from.str, from.len);
  for (std::size_t i = 0; i < from.elements; ++i) reply.items.push_back(read(*from.element[i]));
  return reply;
}

}  // namespace

std::string Reply::code() const {
  constexpr std::size_t longest_code = 16;
  std::string word = text.substr(0, text.find(' '));
  const bool sound = !word.empty() && word.size() <= longest_code &&
                     std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!sound) return "error";
  for (char& c : word) c = static_cast<char>(c - 'A' + 'a');
  return word;
}

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreate()) {
  if (reader_ == nullptr) throw std::bad_alloc();
  reader_->fn = functions_with_limits();
}

bool ReplyReader::take(std::string_view bytes, std::vector<Reply>& replies) {
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) return false;
  unfinished_ += bytes.size();
  for (;;) {
    void* found = nullptr;
    if (redisReaderGetReply(reader_.get(), &found) != REDIS_OK) return false;
    if (found == nullptr) return unfinished_ <= longest;
    const std::unique_ptr<void, void (*)(void*)> owned(found, freeReplyObject);
    replies.push_back(read(*static_cast<const redisReply*>(found)));
    unfinished_ = reader_->len - reader_->pos;
  }
}

void append(const Command& command, std::string& to) {
  to += '*' + std::to_string(command.size()) + "\r\n";
  for (const std::string& word : command) {
    to += '$' + std::to_string(word.size()) + "\r\n";
    to += word;
    to += "\r\n";
  }
}

}  // namespace passerelle::live
