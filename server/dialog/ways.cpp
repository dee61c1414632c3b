#include "dialog/ways.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace passerelle::dialog {
namespace {

class Ways {
 public:
  explicit Ways(const Dialog& dialog) : dialog_(dialog) {}

  std::vector<Way> list() {
    for (const Step& step : dialog_.steps) {
      if (step.begins) add(step, "begins", step.at);
      if (!step.ask.empty()) add_answers(step);
      for (std::size_t i = 0; i < step.branches.size(); ++i) {
        add(step, fmt::format("when {}", i + 1), step.branches[i].at);
      }
      if (!step.branches.empty()) add(step, "then", step.at);
    }
    return std::move(ways_);
  }

 private:
  void add(const Step& step, std::string way, const Position& at) {
    ways_.push_back({{dialog_.ref.name, step.id, std::move(way)}, at});
  }

  void add_answers(const Step& step) {
    for (std::size_t i = 0; i < step.categories.size(); ++i) {
      add(step, fmt::format("answer {}", i + 1), step.categories[i].at);
    }
    const bool takes_all = std::ranges::any_of(
        step.categories, [](const Category& each) { return std::holds_alternative<OnText>(each.test); });
    if (!takes_all && !dialog_.optional) {
      if (!step.human_reads && step.tries > 1)
        add(step, "otherwise", step.otherwise.empty() ? step.ask_at : step.otherwise_at);
      add(step, "human", step.ask_at);
    }
    if (step.unanswered) add(step, "unanswered", step.unanswered->at);
  }

  const Dialog& dialog_;
  std::vector<Way> ways_;
};

}  // namespace

std::vector<Way> all_ways(const Dialog& dialog) { return Ways(dialog).list(); }

}  // namespace passerelle::dialog
