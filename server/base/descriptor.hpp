// An open file of the system, closed when its owner goes.
#pragma once

#include <string_view>
#include <utility>

namespace passerelle {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}  // as open() gave it; negative: it is not open
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }  // whoever asks closes it

 private:
  int number_;
};

// All of it, and on the disk. False: errno says why.
bool write_and_sync(const Descriptor& file, std::string_view bytes);

}  // namespace passerelle
