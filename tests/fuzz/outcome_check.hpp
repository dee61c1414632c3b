// What fuzz targets of adapters have in common: outcomes that can be logged, and Meta's signature.
#pragma once

#include <cstdlib>
#include <string>

#include "adapters/text.hpp"
#include "base/crypto.hpp"
#include "channel/outcome.hpp"

namespace passerelle::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

struct CanBeLogged {
  bool ids_are_words = false;  // of at most 64 letters and digits

  void operator()(const Accepted& one) const {
    const std::string& id = one.provider_id;
    require(id.empty() || (ids_are_words ? adapters::is_ascii_word(id, 64) : adapters::is_plain(id, 256)));
  }
  void operator()(const RetryLater& one) const {
    require(adapters::is_ascii_word(one.why, 20) && one.after.count() >= 0 && one.after.count() <= 86'400);
  }
  void operator()(const Ambiguous& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Refused& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const Misconfigured& one) const { require(adapters::is_ascii_word(one.why, 20)); }
  void operator()(const OptedOut&) const {}
  void operator()(const NeedsTemplate&) const {}
};

inline std::string graph_signature(const std::string& body) {
  return "sha256=" + crypto::hex(crypto::hmac_sha256(Secret("secret"), body));
}

}  // namespace passerelle::fuzz
