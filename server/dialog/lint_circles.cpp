// Circles that need no answer, and calls that come back to themselves or go too deep.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "dialog/edges.hpp"
#include "dialog/lint_checks.hpp"

namespace passerelle::dialog {
namespace {

// --- steps that go round without a question ---

using Until = WayGraph::Until;

// A walk through all that can follow while the person says nothing, which knows the way it came.
class CircleSearch {
 public:
  CircleSearch(const Checked& checked, Until until)
      : graph_(checked.library, until),
        of_one_turn_(checked.library, Until::a_question),
        until_(until),
        findings_(checked.findings) {}

  void search(const Corner& from) {
    enter(from);
    while (!path_.empty()) {
      Visit& visit = path_.back();
      if (visit.next == visit.after.size()) {
        path_.pop_back();
        continue;
      }
      const Corner next = visit.after[visit.next++];
      const auto met = std::ranges::find(path_, next, &Visit::corner);
      if (met != path_.end())
        tell(static_cast<std::size_t>(met - path_.begin()));
      else
        enter(next);
    }
  }

 private:
  struct Visit {
    Corner corner;
    std::vector<Corner> after;
    std::size_t next = 0;
  };

  void enter(const Corner& corner) {
    if (!done_.insert(corner.step).second) return;
    path_.push_back({corner, graph_.after(corner)});
  }

  void tell(std::size_t from) {
    const std::span<const Visit> circle = std::span<const Visit>(path_).subspan(from);
    std::string way;
    for (const Visit& visit : circle) way += name_of(visit.corner) + " → ";
    way += name_of(circle.front().corner);
    if (until_ == Until::a_question) {
      findings_.push_back({circle.front().corner.step->at,
                           "these steps go round in a circle without a question: " + way,
                           "let one of them ask, or let it lead elsewhere"});
      return;
    }
    const Step* waits = first_that_waits(circle);
    if (waits == nullptr) return;  // told already
    findings_.push_back({waits->call.empty() ? waits->unanswered->at : waits->call_at,
                         "whoever does not answer is asked again and again: " + way,
                         "let 'unanswered' lead to a step that does not come back here"});
  }

  // The first step of a circle from which the next one does not follow in the same turn.
  const Step* first_that_waits(std::span<const Visit> circle) const {
    for (std::size_t i = 0; i < circle.size(); ++i) {
      const Corner& next = circle[(i + 1) % circle.size()].corner;
      const std::vector<Corner> at_once = of_one_turn_.after(circle[i].corner);
      if (std::ranges::find(at_once, next) == at_once.end()) return circle[i].corner.step;
    }
    return nullptr;
  }

  static std::string name_of(const Corner& corner) { return corner.dialog->ref.name + "/" + corner.step->id; }

  WayGraph graph_;
  WayGraph of_one_turn_;
  Until until_;
  Findings& findings_;
  std::set<const Step*> done_;
  std::vector<Visit> path_;
};

// --- calls ---

class CallCheck {
 public:
  explicit CallCheck(const Checked& checked) : checked_(checked) {
    for (const auto& [name, dialog] : checked.library.all()) edges_[name] = dialogs_after(*dialog);
  }

  void check() {
    each_call([this](const std::string& from, const DialogEdge& edge) { check_circle(from, edge); });
    if (!in_circles_.empty()) return;  // there is no deepest call then
    measure();
    const WayGraph graph(checked_.library, Until::the_end);
    each_call([&](const std::string&, const DialogEdge& edge) {
      check_depth(edge);
      if (!graph.comes_back(*edge.call)) tell_endless(edge);
    });
  }

 private:
  template <class Look>
  void each_call(Look look) {
    for (const auto& [name, edges] : edges_) {
      for (const DialogEdge& edge : edges) {
        if (edge.call != nullptr) look(name, edge);
      }
    }
  }

  // A shortest way from one dialog to another; empty when there is none.
  std::vector<std::string> way(const std::string& from, const std::string& to) const {
    std::vector<std::vector<std::string>> open{{from}};
    std::set<std::string> seen{from};
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::vector<std::string> path = open[i];
      if (path.back() == to) return path;
      const auto edges = edges_.find(path.back());
      if (edges == edges_.end()) continue;
      for (const DialogEdge& edge : edges->second) {
        if (!seen.insert(edge.to).second) continue;
        open.push_back(path);
        open.back().push_back(edge.to);
      }
    }
    return {};
  }

  void check_circle(const std::string& from, const DialogEdge& edge) {
    const std::vector<std::string> back = way(edge.to, from);
    if (back.empty()) return;
    const bool told = in_circles_.contains(from) && in_circles_.contains(edge.to);
    in_circles_.insert(from);
    in_circles_.insert(back.begin(), back.end());
    if (told) return;
    std::string names = from;
    for (const std::string& name : back) names += " → " + name;
    checked_.findings.push_back({edge.call->call_at, "these dialogs call each other without end: " + names,
                                 "let one of them lead on with 'then' instead of 'call'"});
  }

  // How many calls deep each dialog can go, once there are no circles.
  void measure() {
    bool grows = true;
    while (grows) {
      grows = false;
      for (const auto& [name, edges] : edges_) {
        for (const DialogEdge& edge : edges) grows = deepen(depths_[name], edge) || grows;
      }
    }
  }

  bool deepen(std::size_t& depth, const DialogEdge& edge) {
    const std::size_t through = depths_[edge.to] + (edge.call == nullptr ? 0 : 1);
    if (through <= depth) return false;
    depth = through;
    return true;
  }

  // The call from which it is just too deep; those before it lead there.
  void check_depth(const DialogEdge& edge) {
    if (depths_[edge.to] != Frame::most_callers) return;
    checked_.findings.push_back({edge.call->call_at,
                                 fmt::format("calls go more than {} dialogs deep from here", Frame::most_callers + 1),
                                 "let some of them lead on with 'then' instead of 'call'"});
  }

  void tell_endless(const DialogEdge& edge) {
    if (checked_.library.find(edge.to) == nullptr) return;
    checked_.findings.push_back(
        {edge.call->call_at, fmt::format("'{}' never ends: nothing that follows this call can happen", edge.to),
         fmt::format("let one of its ways lead to 'end', or write 'then: dialog {}' here", edge.to)});
  }

  const Checked& checked_;
  std::map<std::string, std::vector<DialogEdge>> edges_;
  std::map<std::string, std::size_t> depths_;
  std::set<std::string> in_circles_;
};

}  // namespace

void check_circles(const Checked& checked) {
  for (const Until until : {Until::a_question, Until::an_answer}) {
    CircleSearch search(checked, until);
    for (const auto& [name, dialog] : checked.library.all()) {
      for (const Step& step : dialog->steps) search.search({dialog.get(), &step});
    }
  }
}

void check_calls(const Checked& checked) { CallCheck(checked).check(); }

}  // namespace passerelle::dialog
