// A secret that cannot be logged, printed or compared with ==; only crypto.hpp and the sender of a request look inside.
#pragma once

#include <string>
#include <string_view>

namespace passerelle {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  std::string_view reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  friend bool operator==(const Secret&, const Secret&) = delete;

 private:
  std::string value_;
};

}  // namespace passerelle
