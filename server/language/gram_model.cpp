#include "language/gram_model.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace passerelle::language {
namespace {

constexpr std::string_view magic = "PLM1";
constexpr double worth_telling = 0.01;
constexpr std::size_t most_scores = 5;

UScriptCode read_script(BitReader& bits) {
  std::array<char, 5> name{};
  for (std::size_t i = 0; i < 4; ++i) name[i] = static_cast<char>(bits.take(8));
  return static_cast<UScriptCode>(u_getPropertyValueEnum(UCHAR_SCRIPT, name.data()));
}

}  // namespace

std::unique_ptr<const GramModel> GramModel::read(std::string_view bytes) {
  if (!bytes.starts_with(magic)) return nullptr;
  BitReader bits(bytes.substr(magic.size()));
  auto model = std::make_unique<GramModel>();
  model->temperature_ = static_cast<float>(bits.take(16)) / 4096;
  const float step = static_cast<float>(bits.take(16)) / 4096;
  const std::uint32_t count = bits.take(4);
  if (count == 0 || bits.ended()) return nullptr;
  for (std::uint32_t i = 0; i < count; ++i) {
    const UScriptCode script = read_script(bits);
    model->scripts_.push_back({script, GramTable(bits, step)});
    if (!model->scripts_.back().table.valid()) return nullptr;
  }
  return model;
}

std::vector<LanguageScore> GramModel::score(const Letters& letters) const {
  const auto found = std::find_if(scripts_.begin(), scripts_.end(),
                                  [&](const Script& script) { return script.script == letters.script; });
  if (found == scripts_.end()) return {};
  const std::vector<float> likelihoods = found->table.likelihoods(letters.words);
  const float best = *std::max_element(likelihoods.begin(), likelihoods.end());
  double total = 0;
  std::vector<LanguageScore> scores;
  for (std::size_t i = 0; i < likelihoods.size(); ++i) {
    const double share = std::exp(static_cast<double>(likelihoods[i] - best) * temperature_);
    total += share;
    if (share >= worth_telling / 2) scores.push_back({found->table.classes()[i].code, share});
  }
  for (LanguageScore& score : scores) score.confidence /= total;
  std::erase_if(scores, [](const LanguageScore& score) { return score.confidence < worth_telling; });
  std::sort(scores.begin(), scores.end(), [](const LanguageScore& a, const LanguageScore& b) {
    return a.confidence != b.confidence ? a.confidence > b.confidence : a.locale < b.locale;
  });
  if (scores.size() > most_scores) scores.resize(most_scores);
  return scores;
}

}  // namespace passerelle::language
