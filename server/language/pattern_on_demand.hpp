// A sentence's compiled form, made when it is first said: of 21 languages' sentences most never are.
#pragma once

#include <atomic>
#include <memory>
#include <string>

namespace passerelle::language {

struct Pattern;
struct Plurals;

// Every thread may ask; whoever comes first compiles, and all get the same. A copy compiles for itself.
class PatternOnDemand {
 public:
  PatternOnDemand() = default;  // of a sentence that nobody assembles: of() is null
  explicit PatternOnDemand(std::shared_ptr<const Plurals> plurals);
  PatternOnDemand(const PatternOnDemand& other);
  PatternOnDemand(PatternOnDemand&& other) noexcept;
  PatternOnDemand& operator=(PatternOnDemand other) noexcept;
  ~PatternOnDemand();

  // 'text' is the same at every call, and has been checked. Lives as long as this object.
  const Pattern* of(const std::string& text) const;

 private:
  std::shared_ptr<const Plurals> plurals_;
  mutable std::atomic<const Pattern*> compiled_ = nullptr;
};

}  // namespace passerelle::language
