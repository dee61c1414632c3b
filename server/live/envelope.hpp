// How what concerns a person leaves this process: under a name that only holders of our key can compute, and sealed
// (AES-256-GCM), so that whoever reads Redis learns no number and no word, and whoever writes there is not believed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "live/live.hpp"

namespace passerelle::live {

class Envelope {
 public:
  // 'secret' of any length; empty: one is drawn.
  explicit Envelope(const Secret& secret);

  // "passerelle:KIND:" and 32 hex digits (HMAC-SHA256, cut).
  std::string name(std::string_view kind, std::string_view who) const;
  std::string seal(std::string_view name, const Copy& copy) const;
  // Nothing: not sealed by us, for another name, or changed.
  std::optional<Copy> open(std::string_view name, std::string_view sealed) const;

 private:
  Secret naming_;
  Secret sealing_;  // 32 bytes
};

}  // namespace passerelle::live
