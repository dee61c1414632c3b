#include "adapters/generic/request_reader.hpp"

#include <algorithm>

namespace passerelle::adapters::generic {
namespace {

constexpr std::string_view header_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view path_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,;=:@/";

bool is_setting(std::string_view field) {
  static constexpr std::string_view settings[] = {"account", "from", "api_key", "api_secret", "consumer_key"};
  return std::ranges::find(settings, field) != std::end(settings);
}

}  // namespace

bool RequestReader::fits_path(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [more](char c) {
    return path_letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  });
}

void RequestReader::need(const Template& text) {
  for (const Template::Piece& piece : text.pieces) {
    if (!piece.field || text.optional) continue;
    if (is_setting(piece.text)) needs_.push_back(piece.text);
    if (piece.text == "basic") needs_.insert(needs_.end(), {"account", "api_key"});
  }
}

Template RequestReader::templ(std::string_view text, Place place, const Position& at) {
  result<Template> made = parse_template(text, place);
  if (!made) {
    findings_.push_back({at, made.error().what, ""});
    return {};
  }
  need(*made);
  return std::move(*made);
}

// What no header can be named or hold would only show when the first message leaves.
void RequestReader::check_header(const Block& item) {
  const bool named = item.key.find_first_not_of(header_letters) == std::string::npos && !item.key.empty();
  const bool one_line = std::ranges::none_of(item.text, [](unsigned char c) { return c < ' ' || c == 0x7F; });
  if (!named || !one_line)
    findings_.push_back({item.key_at, "'" + item.key + "' is no header", "letters, digits and '-'; one line of text"});
}

NamedTemplates RequestReader::templates(TableReader& table, std::string_view key, Place place, bool are_headers) {
  NamedTemplates made;
  const Block* inner = table.table(key);
  if (inner == nullptr) return made;
  const std::string path = section_.substr(0, section_.size() - 1) + "." + std::string(key) + "]";
  TableReader values(inner, path, findings_);
  for (const Block& item : inner->items) {
    made.emplace_back(item.key, templ(values.text(item.key), place, item.at));
    if (are_headers) check_header(item);
  }
  return made;
}

BodyPart RequestReader::body(const Block& block, Format format, Place place, int depth) {
  BodyPart part{block.kind, block.key, {}, block.number, block.flag, {}};
  if (block.kind == Block::Kind::text) part.text = templ(block.text, place, block.at);
  const bool nested = block.kind == Block::Kind::table || block.kind == Block::Kind::list;
  if (block.kind == Block::Kind::other)
    findings_.push_back({block.at, "a body holds texts, whole numbers, true and false, tables and lists",
                         "write it as a text in double quotes"});
  if (nested && depth > (format == Format::form ? 0 : 16)) {
    findings_.push_back(
        {block.at,
         format == Format::form ? "a form has no tables or lists in its fields" : "the body is nested too deeply",
         "write \"format = \\\"json\\\"\" above, or a text here"});
    return part;
  }
  for (const Block& item : block.items) part.items.push_back(body(item, format, place, depth + 1));
  return part;
}

}  // namespace passerelle::adapters::generic
