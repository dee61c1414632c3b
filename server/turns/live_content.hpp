// The content of the moment: one immutable value, swapped whole while others go on with the one that they took.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "turns/content.hpp"

namespace passerelle::turns {

// Every thread may call every function. (libstdc++ 12's atomic shared_ptr is a lock, too, and one that the thread
// sanitizer does not know.)
class LiveContent {
 public:
  std::shared_ptr<const Content> current() const {
    const std::lock_guard lock(mutex_);
    return content_;
  }

  void replace(std::shared_ptr<const Content> content) {
    const std::lock_guard lock(mutex_);
    content_.swap(content);
  }  // what was there goes when its last user does

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Content> content_;
};

}  // namespace passerelle::turns
