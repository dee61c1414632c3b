#include "turns/words.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "dialog/language_menu.hpp"
#include "dialog/stack.hpp"
#include "turns/appointment_words.hpp"
#include "turns/compose.hpp"
#include "turns/fallbacks.hpp"
#include "turns/knowledge.hpp"
#include "turns/service_words.hpp"

namespace passerelle::turns {
namespace {

constexpr std::size_t longest_list = 480;  // bytes, and so letters: render() cuts at 500
constexpr std::string_view other_question_key = "which.other";
constexpr const char* other_languages_key = "language.more";

class Lister {
 public:
  Lister(const Reader& reader, const Locale& locale) : reader_(reader), locale_(locale) {}

  // "1 = …" a line. What has no name any more is left out, and keeps its number. A list that would be too long for a
  // message ends with a whole line: the rest can be chosen by name.
  std::string lines(const dialog::SayEffect& say) const {
    std::string lines;
    for (const std::size_t i : shown(say)) {
      const std::string name = name_of(say.list, say.offered[i]);
      if (name.empty()) continue;
      const std::string line = std::to_string(i + 1) + " = " + name;
      if (lines.size() + line.size() > longest_list) break;
      lines += (lines.empty() ? "" : "\n") + line;
    }
    return lines;
  }

 private:
  static std::vector<std::size_t> shown(const dialog::SayEffect& say) {
    if (say.list == dialog::languages_list) return dialog::shown_part(say.offered);
    std::vector<std::size_t> all(say.offered.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

  std::string name_of(std::string_view list, const std::string& id) const {
    if (list == "places") return place(id);
    if (list == "questions") return question(id);
    if (list == "topics") return topic(id);
    if (list == "pages") return page(id);
    if (list == "needs") return tell(reader_.content, {"need." + id, {}}, locale_, reader_.now);
    if (list == "areas") return id;
    if (list == dialog::languages_list) return language(id);
    return {};
  }

  // By its own name, in its own script.
  std::string language(const std::string& id) const {
    if (dialog::leads_to_others(id)) return tell(reader_.content, {other_languages_key, {}}, locale_, reader_.now);
    const language::LocaleFile* file = reader_.content.catalog.find(id);
    return file == nullptr ? std::string() : file->name;
  }

  std::string place(const std::string& id) const {
    const auto& places = reader_.content.association.places;
    const auto found = std::ranges::find(places, id, &Place::id);
    if (found == places.end()) return {};
    return found->neutral_name.empty() ? found->name : found->neutral_name;
  }

  std::string topic(const std::string& id) const {
    const dialog::Heard* heard = reader_.content.library.hearer(id).heard;
    return heard == nullptr ? std::string() : tell(reader_.content, {heard->title, {}}, locale_, reader_.now);
  }

  std::string page(const std::string& id) const {
    const auto found = std::ranges::find(reader_.content.pages, id, &Page::id);
    if (found == reader_.content.pages.end()) return {};
    const FoundText text = text_of(*found, locale_, reader_.content.association.site_language);
    return text.text == nullptr ? std::string() : text.text->title;
  }

  // "reminder:12" by the title of its dialog, with the appointment's time.
  std::string question(const std::string& id) const {
    const std::size_t colon = id.rfind(':');
    const dialog::Dialog* dialog = reader_.content.library.find(id.substr(0, colon));
    const std::string invitation = id.substr(std::min(colon, id.size() - 1) + 1);
    std::string title = dialog == nullptr ? "" : dialog->title;
    if (title.empty()) title = other_question_key;
    std::vector<dialog::SayEffect> says{{std::move(title), {}, invitation}};
    says = with_appointments(reader_.transaction, reader_.content, reader_.address, std::move(says), reader_.now);
    return says.empty() ? std::string() : tell(reader_.content, says.front(), locale_, reader_.now);
  }

  const Reader& reader_;
  const Locale& locale_;
};

// The sentence is the page's own text, not a question of ours that follows it.
bool tells_page(const Reader& reader, const std::string& key) {
  const auto found = reader.content.catalog.sentence(key, reader.content.association.site_language, "fr");
  return found &&
         (found->sentence->arguments().contains("page_text") || found->sentence->arguments().contains("page_again"));
}

// The page that was chosen, while it may be told.
void add_page(const Reader& reader, dialog::SayEffect& say, const Locale& locale) {
  const auto chosen = say.arguments.find(page_answer);
  if (chosen == say.arguments.end()) return;
  const Page* page = told_page(reader.content, std::get<std::string>(chosen->second), reader.now);
  if (page == nullptr) return;
  const Locale& site = reader.content.association.site_language;
  const auto add = [&](dialog::Arguments& arguments, const FoundText& found) {
    if (found.text == nullptr) return;
    arguments["page_text"] = found.text->text;
    arguments["page_again"] = found.text->again;
  };
  const FoundText found = text_of(*page, locale, site);
  add(say.arguments, found);
  if (found.locale != locale && tells_page(reader, say.key)) count_fallback(locale, found.locale);
  if (found.locale == site) return;
  add(say.for_site, text_of(*page, site, site));
  const bool unread = found.text != nullptr && found.text->reviewed_by.empty() && !say.for_site.empty();
  say.draft = unread && tells_page(reader, say.key);
}

// The service that was picked, while it may be told.
class ServiceTeller {
 public:
  ServiceTeller(const Reader& reader, const Locale& locale) : reader_(reader), locale_(locale) {}

  void add(dialog::SayEffect& say) {
    const auto picked = say.arguments.find(service_answer);
    if (picked == say.arguments.end()) return;
    const std::string ref = std::get<std::string>(picked->second);
    if (!looked_ || ref != ref_) look(ref);
    if (!service_) return;
    const Locale& site = reader_.content.association.site_language;
    say.arguments.merge(service_words(reader_.content, *service_, locale_, reader_.now));
    if (locale_ != site) say.for_site.merge(service_words(reader_.content, *service_, site, reader_.now));
  }

 private:
  void look(const std::string& ref) {
    looked_ = true;
    ref_ = ref;
    service_ = told_service(reader_.transaction, ref, reader_.now);
  }

  const Reader& reader_;
  const Locale& locale_;
  bool looked_ = false;
  std::string ref_;
  std::optional<Service> service_;
};

// A day that was typed is said back as every other day is told.
void tell_moments(dialog::SayEffect& say) {
  for (auto& [name, argument] : say.arguments) {
    const auto* text = std::get_if<std::string>(&argument);
    if (text == nullptr) continue;
    if (auto moments = parse_moments(*text); !moments.empty()) argument = std::move(moments);
  }
}

}  // namespace

std::vector<dialog::SayEffect> with_words(const Reader& reader, std::vector<dialog::SayEffect> says,
                                          const Locale& locale) {
  const Locale& site = reader.content.association.site_language;
  const Lister lister(reader, locale);
  const Lister for_site(reader, site);
  ServiceTeller services(reader, locale);
  for (dialog::SayEffect& say : says) {
    tell_moments(say);
    if (!say.list.empty()) {
      say.arguments[say.list] = lister.lines(say);
      if (locale != site) say.for_site[say.list] = for_site.lines(say);
    }
    add_page(reader, say, locale);
    services.add(say);
  }
  return with_appointments(reader.transaction, reader.content, reader.address, std::move(says), reader.now);
}

}  // namespace passerelle::turns
