// Lists of numbers, each under a number: what a map of vectors holds, in two pieces of memory instead of thousands.
#pragma once

#include <cstdint>
#include <vector>

namespace passerelle::language {

class Chains {
  struct Link {
    std::uint32_t value = 0;
    std::uint32_t next = 0;  // its place in 'links_' and one more; 0: the last one
  };

 public:
  class Iterator {
   public:
    Iterator(const std::vector<Link>& links, std::uint32_t at) : links_(&links), at_(at) {}
    std::uint32_t operator*() const { return (*links_)[at_ - 1].value; }
    Iterator& operator++() {
      at_ = (*links_)[at_ - 1].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const std::vector<Link>* links_;
    std::uint32_t at_;
  };
  struct List {
    Iterator from, to;
    Iterator begin() const { return from; }
    Iterator end() const { return to; }
  };

  // Behind those that 'key' has already. Memory grows with the highest key.
  void add(std::uint32_t key, std::uint32_t value) {
    if (key >= ends_.size()) ends_.resize(key + std::size_t{1});
    links_.push_back({value, 0});
    const auto added = static_cast<std::uint32_t>(links_.size());
    Ends& ends = ends_[key];
    (ends.first == 0 ? ends.first : links_[ends.last - 1].next) = added;
    ends.last = added;
  }

  // In the order in which they were added.
  List of(std::uint32_t key) const { return {{links_, key < ends_.size() ? ends_[key].first : 0}, {links_, 0}}; }

 private:
  struct Ends {
    std::uint32_t first = 0, last = 0;  // as Link::next
  };
  std::vector<Ends> ends_;  // by key
  std::vector<Link> links_;
};

}  // namespace passerelle::language
