#include "turns/service_words.hpp"

#include "language/week.hpp"
#include "store/service.hpp"
#include "turns/knowledge.hpp"

namespace passerelle::turns {
namespace {

std::string answer(const Answers& kept, const char* name) {
  const auto found = kept.find(name);
  return found == kept.end() ? std::string() : found->second;
}

// Each in its own words, as on a door: the reader's own, and those in latin letters. Other letters say nothing to them,
// show as boxes on an old phone, and make a message dear.
std::string names_of(const Content& content, const std::vector<Locale>& languages, const Locale& reader) {
  std::string names;
  for (const Locale& each : languages) {
    const language::LocaleFile* file = content.catalog.find(each);
    if (file == nullptr || (!file->latin_script && each != reader)) continue;
    names += (names.empty() ? "" : ", ") + file->name;
  }
  return names;
}

std::string address_of(const Service& service) {
  if (service.address.empty() || service.area.empty() || service.address.find(service.area) != std::string::npos)
    return service.address.empty() ? service.area : service.address;
  return service.address + ", " + service.area;
}

void put(dialog::Arguments& words, const char* name, std::string text) {
  if (!text.empty()) words[name] = std::move(text);
}

void put_times(dialog::Arguments& words, const Service& service, TimePoint now) {
  const bool open = is_open(service, now);
  words["service_open"] = std::string(service.always ? "always" : open ? "yes" : "no");
  // A sentence that chooses by {service_open} names both: what it does not say may be anything.
  words["service_closes"] = std::string("24:00");
  words["service_opens"] = dialog::Moment{now, service.zone};
  if (const auto closes = closes_at(service, now))
    words["service_closes"] = date::format("%H:%M", date::floor<std::chrono::minutes>(to_civil(*closes, service.zone)));
  const auto opens = next_opening(service, now);
  if (opens) words["service_opens"] = dialog::Moment{*opens, service.zone};
  if (!open && !opens) words.erase("service_open");
}

}  // namespace

std::optional<Search> search_for(store::Transaction& transaction, const Locale& reads, const Answers& kept,
                                 TimePoint now) {
  const auto need = parse_need(answer(kept, "need"));
  if (!need) return std::nullopt;
  Search search{store::find_services(transaction, *need), {}};
  search.seeker.need = *need;
  search.seeker.audience = parse_audience(answer(kept, "audience"));
  search.seeker.locale = reads;
  search.seeker.now = now;
  if (std::string area = answer(kept, "area"); !area.empty()) {
    search.seeker.at = centre_of(search.services, area);
    search.seeker.area = std::move(area);
  }
  for (std::string& ref : split_names(kept, dialog::shown_answer)) search.seeker.shown.insert(std::move(ref));
  return search;
}

std::optional<Service> told_service(store::Transaction& transaction, const std::string& ref, TimePoint now) {
  auto service = store::find_service(transaction, ref);
  if (service && expired(*service, now)) service.reset();
  return service;
}

dialog::Arguments service_words(const Content& content, const Service& service, const Locale& locale, TimePoint now) {
  dialog::Arguments words;
  put(words, "service_name", told_name(service));
  put(words, "service_address", address_of(service));
  put(words, "service_phone", service.phone);
  put(words, "service_languages", names_of(content, service.languages, locale));
  put(words, "service_hours", service.always ? "24/24" : language::opening_hours(service.opening, locale));
  words["service_cost"] = std::string(to_string(service.cost));
  if (service.free_places) words["service_places"] = std::int64_t{*service.free_places};
  for (const std::string& item : service.bring) words["bring_" + item] = std::string("yes");
  put_times(words, service, now);
  return words;
}

}  // namespace passerelle::turns
