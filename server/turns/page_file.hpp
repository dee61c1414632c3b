// Reads one information page: pages/<id>.yaml of an association's folder.
//   source, owner, seen, expires: as of every fact
//   texts:
//     fr: {title: …, text: …, again: …, words: [...], reviewed_by: …, reviewed: "2027-01-15"}
#pragma once

#include <string>

#include "base/finding.hpp"
#include "domain/page.hpp"

namespace passerelle::turns {

Page read_page(const std::string& file, const std::string& id, const std::string& text, Findings& findings);

}  // namespace passerelle::turns
