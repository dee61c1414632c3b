#include "simulator/coverage.hpp"

namespace passerelle::simulator {

Coverage coverage(const dialog::Library& library, const std::set<dialog::Taken>& taken) {
  Coverage coverage;
  for (const auto& [name, dialog] : library.all()) {
    for (dialog::Way& way : dialog::all_ways(*dialog)) {
      ++coverage.all;
      if (!taken.contains(way.taken)) coverage.missing.push_back(std::move(way));
    }
  }
  return coverage;
}

}  // namespace passerelle::simulator
