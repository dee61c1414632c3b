#include "adapters/generic/template.hpp"

#include <algorithm>

#include "base/nearest.hpp"

namespace passerelle::adapters::generic {
namespace {

using Names = std::vector<std::string>;

// A text is never put into a path or a header: both have bytes that they cannot carry.
const Names& names_for(Place place) {
  static const Names settings = {"account", "from", "api_key",   "api_secret", "consumer_key",
                                 "ref",     "to",   "to_digits", "timestamp"};
  static const auto with = [](Names more) {
    more.insert(more.begin(), settings.begin(), settings.end());
    return more;
  };
  static const Names header = with({"basic", "token"});
  static const Names sign_in = {"account", "api_key", "api_secret", "consumer_key", "basic"};
  static const Names body = with({"text", "callback_url", "valid_seconds", "valid_minutes", "encoding"});
  static const Names request = with({"method", "url", "body"});
  static const Names webhook = {"timestamp", "url", "query", "sorted_query", "body", "body_sha256"};
  switch (place) {
    case Place::path: return settings;
    case Place::header: return header;
    case Place::sign_in: return sign_in;
    case Place::query:
    case Place::body: return body;
    case Place::request_signature: return request;
    case Place::webhook_signature: return webhook;
  }
  return settings;
}

bool is_timed(std::string_view name) { return name == "valid_seconds" || name == "valid_minutes"; }

void add_text(Template& made, char c) {
  if (made.pieces.empty() || made.pieces.back().field) made.pieces.push_back({});
  made.pieces.back().text += c;
}

result<void> check_whole(const Template& made) {
  if (made.optional && !made.is_one_field())
    return Error{"a field with '?' has other text beside it, which cannot be left out; let it stand alone: \"{from?}\"",
                 ""};
  for (const Template::Piece& piece : made.pieces) {
    if (piece.field && is_timed(piece.text) && !made.optional)
      return Error{"a message may have no end, and {" + piece.text + "} no value; write \"{" + piece.text + "?}\"", ""};
  }
  return {};
}

}  // namespace

std::span<const std::string> fields_for(Place place) { return names_for(place); }

result<Template> parse_template(std::string_view text, Place place) {
  Template made;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool doubled = at + 1 < text.size() && text[at + 1] == c;
    if (c == '}' && !doubled)
      return Error{"there is a '}' without its '{'; write }} for a brace that is only text", ""};
    if ((c != '{' && c != '}') || doubled) {
      add_text(made, c);
      at += doubled && (c == '{' || c == '}') ? 2 : 1;
      continue;
    }
    const auto close = text.find('}', at);
    if (close == std::string_view::npos)
      return Error{"there is a '{' without its '}'; write {{ for a brace that is only text", ""};
    std::string name(text.substr(at + 1, close - at - 1));
    if (name.ends_with('?')) {
      made.optional = true;
      name.pop_back();
    }
    const Names& allowed = names_for(place);
    if (std::ranges::find(allowed, name) == allowed.end())
      return Error{"there is no field {" + name + "} here; " + suggest(name, allowed), ""};
    made.pieces.push_back({name, true});
    at = close + 1;
  }
  if (const auto whole = check_whole(made); !whole) return whole.error();
  return made;
}

std::optional<std::string> fill(const Template& text, const Values& values,
                                const std::function<std::string(std::string_view)>& escape) {
  std::string out;
  for (const Template::Piece& piece : text.pieces) {
    if (!piece.field) {
      out += piece.text;
      continue;
    }
    const auto value = values.find(piece.text);
    const bool none = value == values.end() || value->second.empty();
    if (none && text.optional) return std::nullopt;
    if (!none) out += escape ? escape(value->second) : value->second;
  }
  return out;
}

}  // namespace passerelle::adapters::generic
