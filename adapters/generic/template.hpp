// Texts with fields in braces: "App {api_key}". The set of fields is closed, and each place takes only those that make
// sense there.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace passerelle::adapters::generic {

// "{{" and "}}" are braces. "{name?}" stands alone, and says that the whole value is left out where there is none.
struct Template {
  struct Piece {
    std::string text;  // as it is, or a field's name
    bool field = false;
  };
  std::vector<Piece> pieces;
  bool optional = false;

  bool is_one_field() const { return pieces.size() == 1 && pieces.front().field; }
  bool empty() const { return pieces.empty(); }
};

using Values = std::map<std::string, std::string, std::less<>>;  // by field; absent: there is none

// Where a template stands decides which fields it takes.
enum class Place { path, query, header, body, sign_in, request_signature, webhook_signature };
std::span<const std::string> fields_for(Place place);

// The error says what is wrong, and what to write instead.
result<Template> parse_template(std::string_view text, Place place);

// Nothing where the template is optional and its field has no value. 'escape' is applied to values, not to the rest.
std::optional<std::string> fill(const Template& text, const Values& values,
                                const std::function<std::string(std::string_view)>& escape = {});

}  // namespace passerelle::adapters::generic
