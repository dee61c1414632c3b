// What the sentences of a turn say beside the answers that were kept: appointments, the service that was picked, the
// page that was chosen, and the lists to choose from.
#pragma once

#include <vector>

#include "dialog/engine.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// Whom they are for. The references outlive the call.
struct Reader {
  store::Transaction& transaction;
  const Content& content;
  AddressId address;
  TimePoint now;
};

std::vector<dialog::SayEffect> with_words(const Reader& reader, std::vector<dialog::SayEffect> says,
                                          const Locale& locale);

}  // namespace passerelle::turns
