// What somebody says that they do not need: "I do not need a doctor, I need a lawyer". A need that is told by what is
// lacking ("I have no papers") is none of this.
#pragma once

#include <optional>

#include "domain/reading.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

// A text in two: the clauses that decline something, and the others.
struct Declined {
  Reading declined;
  Reading rest;
};

// Nothing where the text declines nothing. A clause is what stands between two signs; in a question nobody declines
// ("don't I need a lawyer?"). The lists of the person's language ('known', empty: the site's) and of those that the
// text may be in count (locales/, meant.declined).
std::optional<Declined> declined(const Content& content, const Reading& reading, const Locale& known);

}  // namespace passerelle::turns
