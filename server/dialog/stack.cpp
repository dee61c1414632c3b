#include "dialog/stack.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::dialog {
namespace {

bool is_standing(const Frame& frame, const Library& library) {
  const Dialog* dialog = dialog_of(frame.dialog, library);
  return dialog != nullptr && dialog->standing;
}

}  // namespace

const Dialog* dialog_of(const DialogRef& ref, const Library& library) {
  const Dialog* version = library.find(ref);
  return version != nullptr ? version : library.find(std::string_view(ref.name));
}

Place place_of(const Frame& frame, const Library& library) {
  const Dialog* dialog = dialog_of(frame.dialog, library);
  const Step* step = dialog == nullptr ? nullptr : dialog->find(frame.step);
  return {dialog, step == nullptr || step->ask.empty() ? nullptr : step};
}

std::vector<DialogRef> missing_versions(const Conversation& conversation, const Library& library) {
  std::vector<DialogRef> missing;
  const auto look = [&](const DialogRef& ref) {
    const bool noted = std::ranges::find(missing, ref) != missing.end();
    if (!noted && library.find(ref) == nullptr) missing.push_back(ref);
  };
  for (const Frame& frame : conversation.stack) {
    look(frame.dialog);
    for (const Caller& caller : frame.callers) look(caller.dialog);
  }
  return missing;
}

std::string invitation_of(const Answers& answers) {
  const auto found = answers.find(invitation_answer);
  return found == answers.end() ? std::string() : found->second;
}

std::optional<std::size_t> question(const std::vector<Frame>& stack, std::optional<std::size_t> at, TimePoint now) {
  const auto waits = [&](std::size_t index) { return stack[index].expires > now; };
  if (at && *at < stack.size() && waits(*at)) return at;
  for (std::size_t index = stack.size(); index-- > 0;) {
    if (waits(index)) return index;
  }
  return std::nullopt;
}

std::optional<std::size_t> newest_ordinary(const std::vector<Frame>& stack, const Library& library) {
  for (std::size_t index = stack.size(); index-- > 0;) {
    if (!is_standing(stack[index], library)) return index;
  }
  return std::nullopt;
}

Frame take(std::vector<Frame>& stack, std::size_t at) {
  const auto place = stack.begin() + static_cast<std::ptrdiff_t>(at);
  Frame frame = std::move(*place);
  stack.erase(place);
  return frame;
}

void push(std::vector<Frame>& stack, Frame frame, const Library& library) {
  const std::string invitation = invitation_of(frame.answers);
  std::erase_if(stack, [&](const Frame& each) {
    return each.dialog.name == frame.dialog.name && invitation_of(each.answers) == invitation;
  });
  if (stack.size() >= Conversation::deepest) {
    const auto ordinary =
        std::ranges::find_if_not(stack, [&](const Frame& each) { return is_standing(each, library); });
    stack.erase(ordinary == stack.end() ? stack.begin() : ordinary);
  }
  stack.push_back(std::move(frame));
}

void forget_ordinary(std::vector<Frame>& stack, const Library& library) {
  std::erase_if(stack, [&](const Frame& each) { return !is_standing(each, library); });
}

void forget_invitation(std::vector<Frame>& stack, const std::string& invitation) {
  if (invitation.empty()) return;
  std::erase_if(stack, [&](const Frame& each) { return invitation_of(each.answers) == invitation; });
}

}  // namespace passerelle::dialog
