#include "turns/appointment_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "store/activity.hpp"
#include "store/contact.hpp"

namespace passerelle::turns {
namespace {

using dialog::SayEffect;

constexpr std::size_t most_told = 5;  // appointments in one answer
constexpr const char* when = "when";
constexpr const char* no_appointment = "no_appointment";

class Teller {
 public:
  Teller(store::Transaction& transaction, const Content& content, AddressId address, TimePoint now)
      : transaction_(transaction), content_(content), address_(address), now_(now) {}

  std::vector<SayEffect> tell(std::vector<SayEffect> says) {
    std::vector<SayEffect> told;
    for (std::size_t i = 0; i < says.size(); ++i) {
      if (!says[i].invitation.empty()) {
        told.push_back(about(std::move(says[i])));
      } else if (needs(says[i], when)) {
        // The sentences of one appointment stay together.
        std::vector<SayEffect> group;
        for (; i < says.size() && says[i].invitation.empty() && of_an_appointment(says[i]); ++i)
          group.push_back(says[i]);
        --i;
        add_each_coming(group, told);
      } else {
        told.push_back(maybe_none(std::move(says[i])));
      }
    }
    return told;
  }

 private:
  bool needs(const SayEffect& say, const char* argument) const {
    if (say.arguments.contains(argument)) return false;
    const auto found = content_.catalog.sentence(say.key, content_.association.site_language, "fr");
    return found && found->sentence->arguments().contains(argument);
  }

  bool of_an_appointment(const SayEffect& say) const {
    return std::ranges::any_of(std::array{when, "with", "site_name", "site_address"},
                               [&](const char* argument) { return needs(say, argument); });
  }

  SayEffect about(SayEffect say) {
    const auto appointment = store::find_appointment(transaction_, parse_invitation(say.invitation));
    if (appointment) add(say, *appointment);
    return say;
  }

  void add_each_coming(const std::vector<SayEffect>& group, std::vector<SayEffect>& told) {
    for (const Appointment& appointment : coming()) {
      for (SayEffect say : group) {
        say.invitation = std::to_string(appointment.invitation.value);
        add(say, appointment);
        told.push_back(std::move(say));
      }
    }
  }

  SayEffect maybe_none(SayEffect say) {
    if (needs(say, no_appointment)) say.arguments[no_appointment] = std::string(coming().empty() ? "yes" : "no");
    return say;
  }

  void add(SayEffect& say, const Appointment& appointment) {
    if (!contact_) contact_ = store::load_contact(transaction_, address_);
    dialog::Arguments words = appointment_words(appointment, least_of_both(appointment), content_.association);
    say.arguments.merge(words);
  }

  // One that is told at another address of the person is told no more fully than at its own.
  Contact least_of_both(const Appointment& appointment) {
    Contact reader = *contact_;
    if (appointment.address == address_) return reader;
    const Contact own = store::load_contact(transaction_, appointment.address);
    reader.discreet = reader.discreet || own.discreet;
    if (own.readers != Readers::own) reader.readers = own.readers;
    return reader;
  }

  const std::vector<Appointment>& coming() {
    if (!coming_) coming_ = store::appointments_of(transaction_, address_, now_, most_told);
    return *coming_;
  }

  store::Transaction& transaction_;
  const Content& content_;
  AddressId address_;
  TimePoint now_;
  std::optional<Contact> contact_;
  std::optional<std::vector<Appointment>> coming_;
};

}  // namespace

std::vector<std::string> phrasebook(const Content& content) {
  constexpr std::string_view prefix = "bring.";
  std::vector<std::string> ids;
  for (const std::string& key : content.catalog.keys()) {
    if (key.starts_with(prefix)) ids.push_back(key.substr(prefix.size()));
  }
  return ids;
}

InvitationId parse_invitation(std::string_view text) {
  InvitationId id;
  std::from_chars(text.data(), text.data() + text.size(), id.value);
  return id;
}

dialog::Arguments appointment_words(const Appointment& appointment, const Contact& contact,
                                    const Association& association) {
  dialog::Arguments words;
  words[when] = dialog::Moment{appointment.starts, appointment.zone};
  if (contact.discreet) return words;
  if (!appointment.with.empty()) words["with"] = appointment.with;
  if (contact.readers != Readers::own) return words;
  const auto place = std::ranges::find(association.places, appointment.place, &Place::id);
  if (place != association.places.end()) {
    // A sensitive place is written neutrally for everybody (product.md, Discreet contacts).
    words["site_name"] = place->neutral_name.empty() ? place->name : place->neutral_name;
    if (!place->address.empty()) words["site_address"] = place->address;
  }
  for (const std::string& item : appointment.bring) words["bring_" + item] = std::string("yes");
  return words;
}

std::vector<SayEffect> with_appointments(store::Transaction& transaction, const Content& content, AddressId address,
                                         std::vector<SayEffect> says, TimePoint now) {
  return Teller(transaction, content, address, now).tell(std::move(says));
}

}  // namespace passerelle::turns
