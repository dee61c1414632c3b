#include "turns/same_answer.hpp"

#include "base/crypto.hpp"

namespace passerelle::turns {
namespace {

constexpr int enough = 2;
constexpr std::chrono::minutes soon{10};  // a machine answers at once; who comes back later may hear it once more
constexpr std::size_t hash_bytes = 8;     // enough to tell an answer from the one before it

std::string hash_of(const Texts& texts) {
  std::size_t size = 0;
  for (const Text& text : texts) size += text.text.size() + 1;
  std::string all;
  all.reserve(size);
  for (const Text& text : texts) all.append(text.text).push_back('\0');
  return crypto::hex(crypto::hash(crypto::Digest::sha256, all).substr(0, hash_bytes));
}

}  // namespace

bool says_the_same_again(const Texts& texts, LastAnswer& last, TimePoint now) {
  if (texts.empty()) return false;
  std::string hash = hash_of(texts);
  const bool recent = now - last.at < soon && last.at - now < soon;  // a clock may be set back
  const bool same = hash == last.hash && recent;
  if (same && last.times >= enough) {
    last.at = now;
    return true;
  }
  last = {std::move(hash), same ? last.times + 1 : 1, now};
  return false;
}

}  // namespace passerelle::turns
