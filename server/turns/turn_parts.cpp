#include "turns/turn_parts.hpp"

#include <iterator>

#include "dialog/stack.hpp"

namespace passerelle::turns {

void append(dialog::Turn& turn, dialog::Turn then) {
  turn.next = std::move(then.next);
  std::ranges::move(then.effects, std::back_inserter(turn.effects));
  std::ranges::move(then.taken, std::back_inserter(turn.taken));
}

void keep_standing(const Frame& asked, Conversation& next) {
  if (dialog::invitation_of(asked.answers).empty()) return;
  const auto same = [&](const Frame& each) {
    return each.dialog.name == asked.dialog.name &&
           dialog::invitation_of(each.answers) == dialog::invitation_of(asked.answers);
  };
  if (std::ranges::none_of(next.stack, same) && next.stack.size() < Conversation::deepest)
    next.stack.insert(next.stack.begin(), asked);
}

}  // namespace passerelle::turns
