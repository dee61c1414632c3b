#include "domain/page.hpp"

namespace passerelle {

bool expired(const Page& page, date::local_days today) { return page.expires && *page.expires < today; }

FoundText text_of(const Page& page, const Locale& locale, const Locale& site) {
  for (const Locale& each : {locale, site}) {
    if (const auto found = page.texts.find(each); found != page.texts.end()) return {&found->second, each};
  }
  return {};
}

}  // namespace passerelle
