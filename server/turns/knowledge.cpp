#include "turns/knowledge.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "dialog/stack.hpp"
#include "language/normalize.hpp"
#include "store/activity.hpp"
#include "store/contact.hpp"
#include "store/service.hpp"
#include "turns/facts.hpp"
#include "turns/service_words.hpp"

namespace passerelle::turns {
namespace {

constexpr std::size_t most_counted = 20;  // appointments

// What a word of the vocabulary asks of us.
struct Asked {
  store::Transaction& transaction;
  const Content& content;
  AddressId address;
  const Locale& reads;
  TimePoint now;
  const Answers& kept;
};

const Place* main_place(const Asked& asked) {
  const auto& places = asked.content.association.places;
  return places.empty() ? nullptr : &places.front();
}

std::int64_t open_now(const Asked& asked) {
  const Place* place = main_place(asked);
  return place != nullptr && is_open(*place, asked.now) ? 1 : 0;
}

std::int64_t duty(const Asked& asked) {
  const Place* place = main_place(asked);
  return place != nullptr && on_duty(*place, asked.now) ? 1 : 0;
}

std::int64_t shared_phone(const Asked& asked) {
  return store::load_contact(asked.transaction, asked.address).readers == Readers::shared ? 1 : 0;
}

std::int64_t appointments(const Asked& asked) {
  return static_cast<std::int64_t>(
      store::appointments_of(asked.transaction, asked.address, asked.now, most_counted).size());
}

// Those that may be told today, in the order of their names.
std::vector<const Page*> told_pages(const Content& content, TimePoint now) {
  std::vector<const Page*> pages;
  for (const Page& page : content.pages) {
    if (told_page(content, page.id, now) != nullptr) pages.push_back(&page);
  }
  return pages;
}

std::int64_t page_count(const Asked& asked) {
  return static_cast<std::int64_t>(told_pages(asked.content, asked.now).size());
}

std::int64_t has_page(const Asked& asked) {
  const auto chosen = asked.kept.find(page_answer);
  return chosen != asked.kept.end() && told_page(asked.content, chosen->second, asked.now) != nullptr ? 1 : 0;
}

bool may_be_told(const Service& service, const Seeker& seeker) {
  return admits(service, seeker.audience) && !expired(service, seeker.now);
}

// Towns in which there is something for the person, by name.
std::set<std::string> areas_for(const Asked& asked) {
  std::set<std::string> areas;
  const auto search = search_for(asked.transaction, asked.reads, asked.kept, asked.now);
  if (!search) return areas;
  for (const Service& service : search->services) {
    if (may_be_told(service, search->seeker) && !service.area.empty()) areas.insert(service.area);
  }
  return areas;
}

std::int64_t area_count(const Asked& asked) { return static_cast<std::int64_t>(areas_for(asked).size()); }

std::int64_t services_left(const Asked& asked) {
  const auto search = search_for(asked.transaction, asked.reads, asked.kept, asked.now);
  return search ? static_cast<std::int64_t>(rank(search->services, search->seeker).size()) : 0;
}

std::optional<Service> picked_service(const Asked& asked) {
  const auto ref = asked.kept.find(service_answer);
  return ref == asked.kept.end() ? std::nullopt : told_service(asked.transaction, ref->second, asked.now);
}

std::int64_t has_service(const Asked& asked) { return picked_service(asked) ? 1 : 0; }

// Nobody counts the places of most services: then nothing is known of them.
std::optional<std::int64_t> free_places(const Asked& asked) {
  const auto service = picked_service(asked);
  return service && service->free_places ? std::optional<std::int64_t>(*service->free_places) : std::nullopt;
}

struct Fact {
  std::string_view name;
  std::optional<std::int64_t> (*read)(const Asked&);
};
// Those that are always known.
template <std::int64_t (*read)(const Asked&)>
std::optional<std::int64_t> known(const Asked& asked) {
  return read(asked);
}
constexpr std::array facts{Fact{"open_now", known<open_now>},         Fact{"on_duty", known<duty>},
                           Fact{"shared_phone", known<shared_phone>}, Fact{"appointments", known<appointments>},
                           Fact{"pages", known<page_count>},          Fact{"page", known<has_page>},
                           Fact{"areas", known<area_count>},          Fact{"services_left", known<services_left>},
                           Fact{"service", known<has_service>},       Fact{"free_places", free_places}};

std::vector<dialog::Choice> places(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (const Place& place : asked.content.association.places) {
    choices.push_back({place.id, {language::fold(place.name), language::fold(place.neutral_name)}});
  }
  return choices;
}

// By their number only: what they are called is for the person to read, not to type.
std::vector<dialog::Choice> questions(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (std::string& name : split_names(asked.kept, questions_answer)) choices.push_back({std::move(name), {}});
  return choices;
}

// By their number, or by a word of theirs.
std::vector<dialog::Choice> topics(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (std::string& topic : split_names(asked.kept, topics_answer)) {
    dialog::Choice choice{std::move(topic), {}};
    const dialog::Library::Hearer hearer = asked.content.library.hearer(choice.id);
    for (std::size_t i = 1; hearer.heard != nullptr && i < hearer.heard->like.size(); ++i) {
      for (const auto& [locale, words] : asked.content.words) {
        const auto found = words.find(hearer.heard->like[i].key);
        if (found != words.end()) choice.names.insert(choice.names.end(), found->second.begin(), found->second.end());
      }
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

// Their titles and words in every language: whoever reads Arabic may type the French word from a letter.
std::vector<dialog::Choice> pages(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (const Page* page : told_pages(asked.content, asked.now)) {
    dialog::Choice choice{page->id, {}};
    for (const auto& [locale, text] : page->texts) {
      choice.names.push_back(language::fold(text.title));
      for (const std::string& word : text.words) choice.names.push_back(language::fold(word));
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

// Those for which the directory has a service, in the order of the closed list. Words of every language of the
// association fit: people mix them.
std::vector<dialog::Choice> needs(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (const Need need : store::served_needs(asked.transaction)) {
    dialog::Choice choice{std::string(to_string(need)), {}};
    for (const auto& [locale, words] : asked.content.words) {
      const auto found = words.find("need." + choice.id + "_words");
      if (found != words.end()) choice.names.insert(choice.names.end(), found->second.begin(), found->second.end());
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

std::vector<dialog::Choice> areas(const Asked& asked) {
  std::vector<dialog::Choice> choices;
  for (const std::string& area : areas_for(asked)) choices.push_back({area, {language::fold(area)}});
  return choices;
}

struct List {
  std::string_view name;
  std::vector<dialog::Choice> (*read)(const Asked&);
};
constexpr std::array lists{List{"places", places}, List{"questions", questions}, List{"topics", topics},
                           List{"pages", pages},   List{"needs", needs},         List{"areas", areas}};

}  // namespace

std::optional<std::int64_t> Knows::fact(std::string_view name, const Answers& kept) const {
  const auto found = std::ranges::find(facts, name, &Fact::name);
  if (found == facts.end()) return std::nullopt;
  return found->read({transaction_, content_, address_, reads_, now_, kept});
}

std::vector<dialog::Choice> Knows::list(std::string_view name, const Answers& kept) const {
  const auto found = std::ranges::find(lists, name, &List::name);
  if (found == lists.end()) return {};
  return found->read({transaction_, content_, address_, reads_, now_, kept});
}

std::optional<std::string> Knows::pick(std::string_view what, const Answers& kept) const {
  if (what != service_answer) return std::nullopt;
  const auto search = search_for(transaction_, reads_, kept, now_);
  if (!search) return std::nullopt;
  const std::vector<std::size_t> best = rank(search->services, search->seeker);
  return best.empty() ? std::nullopt : std::optional(search->services[best.front()].ref);
}

const Page* told_page(const Content& content, std::string_view id, TimePoint now) {
  const auto found = std::ranges::find(content.pages, id, &Page::id);
  if (found == content.pages.end()) return nullptr;
  const Locale& site = content.association.site_language;
  const date::local_days today = date::floor<date::days>(to_civil(now, site_zone(content)));
  // In another language than the site's alone it could not be read by staff.
  return expired(*found, today) || text_of(*found, site, site).text == nullptr ? nullptr : &*found;
}

std::string name_of(const Frame& frame) { return frame.dialog.name + ":" + dialog::invitation_of(frame.answers); }

std::string join_names(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : " ") + name;
  return joined;
}

std::vector<std::string> split_names(const Answers& kept, const char* answer) {
  std::vector<std::string> names;
  const auto found = kept.find(answer);
  if (found == kept.end()) return names;
  std::string_view rest = found->second;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

}  // namespace passerelle::turns
