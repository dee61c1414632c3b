// What one message may hold: all that is said from an answer to the next question. For the cost of whole messages.
#pragma once

#include <string>
#include <vector>

#include "dialog/edges.hpp"

namespace passerelle::dialog {

struct WholeMessage {
  Corner begins;                  // the step that says its first sentence
  std::vector<std::string> keys;  // of its sentences, in their order
};
// Every way from where a message may begin to a question or the end. What follows a call that comes back stands apart.
std::vector<WholeMessage> whole_messages(const Library& library);

}  // namespace passerelle::dialog
