#include "dialog/messages.hpp"

#include <algorithm>

namespace passerelle::dialog {
namespace {

constexpr std::size_t most_ways = 500;  // from one beginning: dialogs of people have a dozen

class MessageWalk {
 public:
  explicit MessageWalk(const Library& library) : graph_(library, WayGraph::Until::a_question) {}

  std::vector<WholeMessage> from(const Corner& corner) {
    begins_ = corner;
    found_.clear();
    visit(corner, {});
    return std::move(found_);
  }

 private:
  void visit(const Corner& corner, std::vector<std::string> keys) {
    if (found_.size() >= most_ways || std::ranges::find(path_, corner) != path_.end()) return;
    for (const Action& action : corner.step->actions) {
      if (const auto* say = std::get_if<Say>(&action)) keys.push_back(say->key);
    }
    if (!corner.step->ask.empty()) keys.push_back(corner.step->ask);
    const std::vector<Corner> next = graph_.after(corner);
    path_.push_back(corner);
    for (const Corner& there : next) visit(there, keys);
    path_.pop_back();
    if (next.empty() && !keys.empty()) found_.push_back({begins_, std::move(keys)});
  }

  WayGraph graph_;
  Corner begins_;
  std::vector<Corner> path_;
  std::vector<WholeMessage> found_;
};

void add_once(std::vector<Corner>& all, const Corner& corner) {
  if (corner.step != nullptr && std::ranges::find(all, corner) == all.end()) all.push_back(corner);
}

// Where the server begins, and what an answer leads to.
std::vector<Corner> beginnings(const Library& library) {
  const WayGraph answered(library, WayGraph::Until::the_end);
  std::vector<Corner> all;
  for (const auto& [name, dialog] : library.all()) {
    for (const Step& step : dialog->steps) {
      const Corner here{dialog.get(), &step};
      if (&step == &dialog->steps.front() || step.begins) add_once(all, here);
      if (step.ask.empty()) continue;
      for (const Corner& there : answered.after(here)) add_once(all, there);
    }
    for (const Heard& heard : dialog->heard) add_once(all, {dialog.get(), dialog->find(heard.step)});
  }
  return all;
}

}  // namespace

std::vector<WholeMessage> whole_messages(const Library& library) {
  std::vector<WholeMessage> all;
  MessageWalk walk(library);
  for (const Corner& corner : beginnings(library)) {
    for (WholeMessage& message : walk.from(corner)) all.push_back(std::move(message));
  }
  return all;
}

}  // namespace passerelle::dialog
