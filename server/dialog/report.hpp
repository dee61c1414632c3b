// The mistakes found in one file, in the order of the file, with a bound on how many are told.
#pragma once

#include <string>

#include "base/finding.hpp"

namespace passerelle::dialog {

// Line and column (in code points) of something in the file, both from 1.
struct Mark {
  int line = 1;
  int column = 1;
};

class Report {
 public:
  static constexpr std::size_t most = 100;  // a broken file must not flood the screen

  explicit Report(std::string file) : file_(std::move(file)) {}

  void add(Mark at, std::string what, std::string remedy);
  void add_whole_file(std::string what, std::string remedy);
  bool empty() const { return findings_.empty(); }
  Position position(Mark at) const { return {file_, at.line, at.column}; }
  const std::string& file() const { return file_; }
  Findings take();  // sorted by line and column

 private:
  std::string file_;
  Findings findings_;
  std::size_t untold_ = 0;
};

}  // namespace passerelle::dialog
