#include "language/pattern_on_demand.hpp"

#include <utility>

#include "language/pattern.hpp"

namespace passerelle::language {
namespace {

// One with mistakes, which a check has refused or a test of the build would have: it is shown as it stands.
std::unique_ptr<const Pattern> compiled(const std::string& text, const std::shared_ptr<const Plurals>& plurals) {
  Compiled made = compile(text, plurals);
  if (made.pattern != nullptr) return std::make_unique<Pattern>(*made.pattern);
  auto plain = std::make_unique<Pattern>();
  plain->pieces.push_back({Text{text, text}});
  return plain;
}

}  // namespace

PatternOnDemand::PatternOnDemand(std::shared_ptr<const Plurals> plurals) : plurals_(std::move(plurals)) {}

PatternOnDemand::PatternOnDemand(const PatternOnDemand& other) : plurals_(other.plurals_) {}

PatternOnDemand::PatternOnDemand(PatternOnDemand&& other) noexcept
    : plurals_(std::move(other.plurals_)), compiled_(other.compiled_.exchange(nullptr)) {}

PatternOnDemand& PatternOnDemand::operator=(PatternOnDemand other) noexcept {
  plurals_.swap(other.plurals_);
  other.compiled_ = compiled_.exchange(other.compiled_);
  return *this;
}

PatternOnDemand::~PatternOnDemand() { delete compiled_.load(); }

const Pattern* PatternOnDemand::of(const std::string& text) const {
  if (plurals_ == nullptr) return nullptr;
  const Pattern* known = compiled_.load(std::memory_order_acquire);
  if (known != nullptr) return known;
  auto fresh = compiled(text, plurals_);
  if (compiled_.compare_exchange_strong(known, fresh.get(), std::memory_order_acq_rel)) return fresh.release();
  return known;  // another thread was first
}

}  // namespace passerelle::language
