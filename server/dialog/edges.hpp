// Dialogs as a graph: which steps follow which, in one turn or later. For lint, the drawing, and nothing that runs.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/library.hpp"

namespace passerelle::dialog {

// Every exit that a step can take: of its answers, of waiting in vain, of its branches, or its own.
std::vector<const Exit*> exits_of(const Step& step);

// The list that a question offers; null: none.
const OnOneOf* list_of(const Step& step);

struct DialogEdge {  // from a dialog to one that it calls, or that takes its place
  std::string to;
  const Step* call = nullptr;  // the step that calls; null for 'then: dialog NAME'
};
// Whatever takes the place of a dialog that was called ends where that one would have. 'first' leaves for good.
std::vector<DialogEdge> dialogs_after(const Dialog& dialog);

struct Corner {  // of the graph
  const Dialog* dialog = nullptr;
  const Step* step = nullptr;

  friend bool operator==(const Corner&, const Corner&) = default;
};

// What follows what, within and across dialogs.
class WayGraph {
 public:
  // A question ends the way; or it goes on only where that one gives up waiting; or by whatever is answered.
  enum class Until { a_question, an_answer, the_end };
  WayGraph(const Library& library, Until until);

  // The steps that can follow: none after a question that ends the way, and none after a call that comes to one.
  std::vector<Corner> after(const Corner& corner) const;
  // Whether the dialog that the step calls, if it does, can end so.
  bool comes_back(const Step& step) const { return step.call.empty() || ending_.contains(step.call); }

 private:
  Corner beginning(std::string_view dialog) const;
  Corner target(const Corner& from, const Exit& exit) const;
  std::vector<const Exit*> exits_of(const Step& step) const;
  bool ends(const Dialog& dialog) const;

  const Library& library_;
  Until until_;
  std::set<std::string, std::less<>> ending_;  // dialogs that can come to their end so
};

}  // namespace passerelle::dialog
