#include "language/families.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace passerelle::language {
namespace {

// Codes that gateways, phones and other programs use for languages we keep under another code.
constexpr std::array<std::pair<std::string_view, std::string_view>, 29> aliases{{
    {"prs", "fa-AF"}, {"pes", "fa"}, {"per", "fa"}, {"fas", "fa"}, {"kmr", "ku"}, {"kur", "ku"},
    {"dyu", "bm"},    {"bam", "bm"}, {"mnk", "bm"}, {"arb", "ar"}, {"ara", "ar"}, {"aeb", "ar"},
    {"apd", "ar"},    {"apc", "ar"}, {"ajp", "ar"}, {"acm", "ar"}, {"arq", "ar"}, {"ary", "ar"},
    {"arz", "ar"},    {"ayl", "ar"}, {"cmn", "zh"}, {"yue", "zh"}, {"ful", "ff"}, {"fuf", "ff"},
    {"fuc", "ff"},    {"gaz", "om"}, {"orm", "om"}, {"pbt", "ps"}, {"tir", "ti"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> members{
    {{"hr", "bs"}, {"sr", "bs"}, {"sh", "bs"}, {"cnr", "bs"}}};

}  // namespace

Locale canonical(std::string_view code) {
  Locale out(code);
  std::replace(out.begin(), out.end(), '_', '-');
  const std::size_t first = std::min(out.find('-'), out.size());
  for (std::size_t i = 0; i < first; ++i) {
    if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] - 'A' + 'a');
  }
  for (const auto& [alias, kept] : aliases) {
    if (out == alias) return Locale(kept);
  }
  return out;
}

std::string family(std::string_view code) {
  const Locale kept = canonical(code);
  std::string first = kept.substr(0, kept.find('-'));
  for (const auto& [member, head] : members) {
    if (first == member) return std::string(head);
  }
  return first;
}

}  // namespace passerelle::language
