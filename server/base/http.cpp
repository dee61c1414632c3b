#include "base/http.hpp"

#include <algorithm>

namespace passerelle {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char folded = lower(c);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

bool is_unreserved(char c) {
  const bool plain = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  return plain || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

bool same_field_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view field(const std::vector<HttpField>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const HttpField& f) { return same_field_name(f.name, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view HttpRequest::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view HttpRequest::query() const {
  const auto mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

bool was_forwarded(const HttpRequest& request) {
  static constexpr std::string_view exact[] = {"Forwarded",        "Via",           "X-Real-IP", "X-Client-IP",
                                               "CF-Connecting-IP", "True-Client-IP"};
  return std::ranges::any_of(request.fields, [](const HttpField& header) {
    if (same_field_name(std::string_view(header.name).substr(0, 12), "X-Forwarded-")) return true;
    return std::ranges::any_of(exact, [&](std::string_view name) { return same_field_name(header.name, name); });
  });
}

HttpResponse bare(int status) { return HttpResponse{status, {}, {}}; }

std::string percent_decode(std::string_view text, bool plus_is_space) {
  // Most of what forms hold needs none of it.
  const bool has_plus = plus_is_space && text.find('+') != std::string_view::npos;
  if (!has_plus && text.find('%') == std::string_view::npos) return std::string(text);
  std::string out(text.size(), '\0');  // never longer than what it is made of
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    const int high = c == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low >= 0) {
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    out[written++] = c;
  }
  out.resize(written);
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += '%';
      out += hex[static_cast<unsigned char>(c) >> 4];
      out += hex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

std::vector<HttpField> parse_form(std::string_view text, std::size_t limit) {
  std::vector<HttpField> pairs;
  constexpr std::size_t usual_pair = 24;  // bytes
  pairs.reserve(std::min(limit, text.size() / usual_pair + 1));
  while (!text.empty() && pairs.size() < limit) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    pairs.push_back({percent_decode(pair.substr(0, equals), true), percent_decode(value, true)});
  }
  return pairs;
}

}  // namespace passerelle
