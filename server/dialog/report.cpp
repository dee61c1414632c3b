#include "dialog/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace passerelle::dialog {

void Report::add(Mark at, std::string what, std::string remedy) {
  if (findings_.size() >= most) {
    ++untold_;
    return;
  }
  findings_.push_back({position(at), std::move(what), std::move(remedy)});
}

void Report::add_whole_file(std::string what, std::string remedy) {
  findings_.push_back({{file_, 0, 0}, std::move(what), std::move(remedy)});
}

Findings Report::take() {
  std::ranges::sort(findings_, {},
                    [](const Finding& each) { return std::tie(each.at.line, each.at.column, each.what); });
  if (untold_ > 0) {
    add_whole_file(fmt::format("{} more mistakes are not shown", untold_), "mend the ones above first");
  }
  return std::move(findings_);
}

}  // namespace passerelle::dialog
