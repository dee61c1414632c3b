// Which names something may be kept under when a step begins: by an answer or a pick on any way to it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "dialog/library.hpp"

namespace passerelle::dialog {

using Names = std::set<std::string>;

class KnownNames {
 public:
  explicit KnownNames(const Library& library);

  // While the step speaks: what came with it, and what it picks.
  const Names& at(const Step& step) const { return known_.at(&step); }

 private:
  void flow(const Dialog& dialog);
  void flow(const Dialog& dialog, const Step& step);
  void leave(const Dialog& dialog, const Exit& exit, const Names& names);
  void add(Names& to, const Names& names);
  Names kept_by(const std::string& dialog) const;

  const Library& library_;
  std::map<const Step*, Names> known_;
  std::map<std::string, Names> called_with_;  // by the dialog's name
  bool grows_ = true;
};

}  // namespace passerelle::dialog
