// co_await wait_for(…): lets time pass without holding a thread.
#pragma once

#include <chrono>

#include "base/task.hpp"

namespace passerelle {

Task<void> wait_for(std::chrono::milliseconds time);

}  // namespace passerelle
