#include "language/keywords.hpp"

#include "language/keyword_file.hpp"
#include "language/keyword_table.hpp"
#include "language/pieces.hpp"

namespace passerelle::language {

struct Keywords::Table {
  KeywordTable lists;
};

Keywords::Keywords() : table_(std::make_unique<Table>()) {}
Keywords::~Keywords() = default;
Keywords::Keywords(Keywords&&) noexcept = default;
Keywords& Keywords::operator=(Keywords&&) noexcept = default;

Findings Keywords::add(const std::string& file, const std::string& json) {
  Findings findings;
  table_->lists.add(parse_keyword_file(file, json, findings));
  return findings;
}

std::vector<KeywordHit> Keywords::find(std::string_view original, std::string_view,
                                       const std::vector<std::string>& tokens) const {
  return table_->lists.find(original, tokens);
}

std::pair<std::size_t, std::size_t> Keywords::without_manners(const std::vector<std::string>& tokens) const {
  return table_->lists.without_manners(tokens);
}

Manners Keywords::only_manners(std::string_view original, const std::vector<std::string>& tokens) const {
  return table_->lists.only_manners(original, pieces(tokens));
}

}  // namespace passerelle::language
