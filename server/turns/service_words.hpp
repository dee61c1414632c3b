// The directory in dialogs: which service is the best for what the person has told, and what sentences say of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dialog/engine.hpp"
#include "domain/service_rank.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// The services for the need, and the seeker, whom the answers 'need', 'audience', 'area' and 'shown' describe. Nothing
// when no need that we know was kept.
struct Search {
  std::vector<Service> services;
  Seeker seeker;
};
std::optional<Search> search_for(store::Transaction& transaction, const Locale& reads, const Answers& kept,
                                 TimePoint now);

// The service of this ref while it may be told.
std::optional<Service> told_service(store::Transaction& transaction, const std::string& ref, TimePoint now);

// {service_name}, {service_address}, {service_open}: always, yes or no, {service_closes}, {service_opens},
// {service_hours}, {service_phone}, {service_languages}, {service_cost}: free, paid or ask, {service_places},
// {bring_papers}… What is not known is absent, and sentences that need it are left out.
dialog::Arguments service_words(const Content& content, const Service& service, const Locale& locale, TimePoint now);

}  // namespace passerelle::turns
