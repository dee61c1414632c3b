// Which services to tell a person who needs something, the best first: pure.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/service.hpp"

namespace passerelle {

struct Seeker {
  Need need = Need::other;
  std::optional<Audience> audience;
  Locale locale;
  std::optional<std::string> area;
  std::optional<Point> at;  // where the area lies, as centre_of() knows it; without it, none is nearer
  TimePoint now{};
  std::set<std::string> shown;  // refs that this person was told already
};

// Indexes into 'services', the best first. Left out: another need, an audience that the person is not, expired, shown.
// When a service is left in the person's area, only those there and those that are everywhere; else all.
// In this order, the first difference decides:
//   1. it can take somebody now (open and not full)
//   2. the person's language is spoken there
//   3. it has room: one that is full comes last among those that cannot take somebody now
//   4. it opens soonest; one of which no opening within 60 days is known comes last
//   5. nearest; where that is not known comes last
//   6. name, then ref, so that the same question has the same answer
// So when any is open, has room, and speaks the language, the first one does.
std::vector<std::size_t> rank(std::span<const Service> services, const Seeker& seeker);

// The middle of an area, from the services there whose place on the map is known.
std::optional<Point> centre_of(std::span<const Service> services, const std::string& area);

}  // namespace passerelle
