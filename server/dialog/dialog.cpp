#include "dialog/dialog.hpp"

#include <algorithm>

namespace passerelle::dialog {

const Step* Dialog::find(std::string_view id) const {
  const auto found = std::ranges::find(steps, id, &Step::id);
  return found == steps.end() ? nullptr : &*found;
}

}  // namespace passerelle::dialog
