// How much of what people show us is kept.
#pragma once

#include <cstdint>

namespace passerelle::attachments {

struct Limits {
  std::int64_t largest = 5'000'000;     // bytes of a file; 0: nothing is fetched
  std::int64_t folder = 1'000'000'000;  // bytes of all files; a tenth of it for one sender
};

}  // namespace passerelle::attachments
