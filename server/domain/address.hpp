// Where a message comes from and goes to. A person has several addresses; several people may share one.
#pragma once

#include <string>

namespace passerelle {

struct Address {
  std::string channel;  // the name of a [[channel]]
  std::string user;     // opaque to us: a phone number, a Telegram id; unique within the channel

  friend auto operator<=>(const Address&, const Address&) = default;
};

// BCP 47 as in locales/: fr, en, ar, ti, uk, fa-AF. Empty: not known.
using Locale = std::string;

}  // namespace passerelle
