#include "domain/service_rank.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace passerelle {
namespace {

struct Candidate {
  std::size_t index = 0;
  bool takes_now = false;
  bool speaks = false;
  bool full = false;
  TimePoint opens = TimePoint::max();
  double distance = std::numeric_limits<double>::max();
};

bool is_answer(const Service& service, const Seeker& seeker) {
  return serves(service, seeker.need) && admits(service, seeker.audience) && !seeker.shown.contains(service.ref) &&
         !expired(service, seeker.now);
}

// Those in the person's area and those that are everywhere, unless none is left in the area itself.
void keep_area(std::vector<std::size_t>& found, std::span<const Service> services, const std::string& area) {
  const auto is_there = [&](std::size_t index) { return services[index].area == area; };
  if (!std::ranges::any_of(found, is_there)) return;
  std::erase_if(found, [&](std::size_t index) { return !is_there(index) && !services[index].area.empty(); });
}

Candidate judge(const Service& service, std::size_t index, const Seeker& seeker) {
  Candidate candidate{index};
  const bool open = is_open(service, seeker.now);
  candidate.full = is_full(service);
  candidate.takes_now = open && !candidate.full;
  candidate.speaks = speaks(service, seeker.locale);
  if (open)
    candidate.opens = seeker.now;
  else if (const auto opening = next_opening(service, seeker.now))
    candidate.opens = *opening;
  if (seeker.at && service.at) candidate.distance = kilometres(*seeker.at, *service.at);
  return candidate;
}

}  // namespace

std::vector<std::size_t> rank(std::span<const Service> services, const Seeker& seeker) {
  std::vector<std::size_t> found;
  for (std::size_t index = 0; index < services.size(); ++index) {
    if (is_answer(services[index], seeker)) found.push_back(index);
  }
  if (seeker.area) keep_area(found, services, *seeker.area);
  std::vector<Candidate> candidates;
  candidates.reserve(found.size());
  for (const std::size_t index : found) candidates.push_back(judge(services[index], index, seeker));
  std::ranges::sort(candidates, {}, [&](const Candidate& one) {
    const Service& service = services[one.index];
    return std::tuple(!one.takes_now, !one.speaks, one.full, one.opens, one.distance, std::string_view(service.name),
                      std::string_view(service.ref));
  });
  std::ranges::transform(candidates, found.begin(), &Candidate::index);
  return found;
}

std::optional<Point> centre_of(std::span<const Service> services, const std::string& area) {
  Point sum;
  int count = 0;
  for (const Service& service : services) {
    if (service.area != area || !service.at) continue;
    sum.latitude += service.at->latitude;
    sum.longitude += service.at->longitude;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return Point{sum.latitude / count, sum.longitude / count};
}

}  // namespace passerelle
