#include "casework/new_appointment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "domain/phone.hpp"
#include "domain/phone_address.hpp"
#include "domain/utf8.hpp"

namespace passerelle::casework {
namespace {

// base/zone knows the zones' rules up to the end of 2037, as the system's database has them; later clocks would be
// wrong in summer.
constexpr date::year last_year{2037};

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class Completion {
 public:
  Completion(NewAppointment& appointment, const Known& known) : appointment_(appointment), known_(known) {}

  std::vector<FieldError> run(TimePoint now) {
    address();
    language();
    zone(place());
    moment(now);
    bring();
    short_line("with", appointment_.with, 40);
    short_line("name", appointment_.name, 100);
    return std::move(errors_);
  }

 private:
  void add(const char* field, const std::string& what) { errors_.push_back({field, what}); }

  void address() {
    std::string& channel = appointment_.to.channel;
    if (channel.empty() && known_.channels.size() == 1) channel = known_.channels.front();
    if (channel.empty()) {
      add("channel", "is missing; " + suggest("", known_.channels));
    } else if (!contains(known_.channels, channel)) {
      add("channel", fmt::format("there is no channel '{}'; {}", channel, suggest(channel, known_.channels)));
    }
    if (appointment_.to.user.empty()) add("to", "is missing: write sms:+41791234567");
    short_line("to", appointment_.to.user, 128);
    if (contains(known_.telephones, channel) && !appointment_.to.user.empty()) telephone();
  }

  // Where nobody can be reached, no reminder may be counted on.
  void telephone() {
    std::string& user = appointment_.to.user;
    const Sender reads = sender_of(user, known_.association.country);
    if (reads != Sender::person)
      return add("to", fmt::format("'{}' {}: ask for another number", user, why_not_written_to(reads)));
    if (looks_like_phone(user) || user.find(':') != std::string::npos) return;
    const auto number = address_number(user, known_.association.country, "+41791234567");
    if (!number) return add("to", fmt::format("'{}' {}", user, number.error().what));
    user = *number;
  }

  void language() {
    const std::string& language = appointment_.language;
    if (language.empty() || contains(known_.association.languages, language)) return;
    add("language", fmt::format("the association does not speak '{}'; {}", language,
                                suggest(language, known_.association.languages)));
  }

  // The place whose clock counts.
  const Place* place() {
    const std::vector<Place>& places = known_.association.places;
    if (appointment_.place.empty()) return places.empty() ? nullptr : &places.front();
    const auto found =
        std::find_if(places.begin(), places.end(), [this](const Place& one) { return one.id == appointment_.place; });
    if (found != places.end()) return &*found;
    if (places.empty()) {
      add("place", "the association has no places: leave it out");
      return nullptr;
    }
    std::vector<std::string> ids;
    for (const Place& one : places) ids.push_back(one.id);
    add("place", fmt::format("there is no place '{}'; {}", appointment_.place, suggest(appointment_.place, ids)));
    return nullptr;
  }

  void zone(const Place* place) {
    std::string& zone = appointment_.zone;
    if (zone.empty() && place != nullptr) zone = place->zone;
    if (zone.empty()) {
      if (appointment_.place.empty()) add("zone", "is missing: write Europe/Zurich or Africa/Tunis");
    } else if (!is_zone(zone)) {
      add("zone", fmt::format("there is no time zone '{}': write it as Europe/Zurich or Africa/Tunis", zone));
    } else if (place != nullptr && !appointment_.place.empty() && zone != place->zone) {
      add("zone", fmt::format("the clock of '{}' is {}: leave the zone out", place->id, place->zone));
    }
  }

  void moment(TimePoint now) {
    const CivilTime at = appointment_.at;
    const std::string shown = format_date(at) + ' ' + format_time(at);
    if (date::year_month_day(date::floor<date::days>(at)).year() > last_year) {
      add("at", fmt::format("{} is too far ahead for a clock to be known: check the year", shown));
    } else if (is_zone(appointment_.zone) && to_instant(at, appointment_.zone) <= now) {
      add("at", fmt::format("{} is past: write a day and a time to come", shown));
    }
  }

  void bring() {
    std::vector<std::string> once;
    for (const std::string& thing : appointment_.bring) {
      if (!contains(known_.bring, thing)) {
        add("bring", fmt::format("there is no sentence for '{}'; {}", thing, suggest(thing, known_.bring)));
      } else if (!contains(once, thing)) {
        once.push_back(thing);
      }
    }
    appointment_.bring = std::move(once);
  }

  // What may stand in a message is one short line.
  void short_line(const char* field, const std::string& text, std::size_t longest) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; };
    if (std::any_of(text.begin(), text.end(), is_control) || valid_utf8(text) != text) {
      add(field, "holds a line break or what is no text: write one line");
    } else if (text.size() > longest) {
      add(field, fmt::format("is longer than {} bytes: shorten it", longest));
    }
  }

  NewAppointment& appointment_;
  const Known& known_;
  std::vector<FieldError> errors_;
};

}  // namespace

std::vector<FieldError> complete(NewAppointment& appointment, const Known& known, TimePoint now) {
  return Completion(appointment, known).run(now);
}

}  // namespace passerelle::casework
