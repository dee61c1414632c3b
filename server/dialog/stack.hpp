// The frames of a conversation: where each stands, and which make room for others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialog/library.hpp"

namespace passerelle::dialog {

struct Place {
  const Dialog* dialog;
  const Step* step;
};

// The version of a dialog that a conversation began with, or today's; null when it has gone.
const Dialog* dialog_of(const DialogRef& ref, const Library& library);

// Where a waiting frame stands: in the version that it began with, or in today's. No step when it has gone, or does not
// ask any more.
Place place_of(const Frame& frame, const Library& library);

// The versions that this conversation began with and the library does not have.
std::vector<DialogRef> missing_versions(const Conversation& conversation, const Library& library);

// The invitation that a dialog was begun for; empty for most.
std::string invitation_of(const Answers& answers);

// The index of the frame to answer: 'at' if its question still waits, else that of the newest one that does.
std::optional<std::size_t> question(const std::vector<Frame>& stack, std::optional<std::size_t> at, TimePoint now);

// The newest frame that is not of a standing dialog.
std::optional<std::size_t> newest_ordinary(const std::vector<Frame>& stack, const Library& library);

Frame take(std::vector<Frame>& stack, std::size_t at);

// Puts a frame on top. The same dialog waits only once for one invitation, and its newest question counts; of too many
// frames the oldest goes, standing ones last.
void push(std::vector<Frame>& stack, Frame frame, const Library& library);

// Forgets the frames that a new dialog replaces: all but the standing ones.
void forget_ordinary(std::vector<Frame>& stack, const Library& library);
// Forgets what was asked about this invitation (nothing when it is empty).
void forget_invitation(std::vector<Frame>& stack, const std::string& invitation);

}  // namespace passerelle::dialog
