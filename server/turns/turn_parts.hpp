// Takes a turn apart and puts two together, for who acts on an effect before the turn is done.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "dialog/engine.hpp"

namespace passerelle::turns {

// The first effect of this kind, out of the turn.
template <class Kind>
std::optional<Kind> take_effect(dialog::Turn& turn) {
  const auto found =
      std::ranges::find_if(turn.effects, [](const dialog::Effect& each) { return std::holds_alternative<Kind>(each); });
  if (found == turn.effects.end()) return std::nullopt;
  Kind taken = std::move(std::get<Kind>(*found));
  turn.effects.erase(found);
  return taken;
}

// 'then' began where 'turn' ended.
void append(dialog::Turn& turn, dialog::Turn then);

// Who said "1" may still have to say "2": the question that was answered stands until its appointment, below all
// others.
void keep_standing(const Frame& asked, Conversation& next);

}  // namespace passerelle::turns
