// The detector's memory: one table a script. model/README.md says what it was trained with, and by what.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "domain/reading.hpp"
#include "language/gram_table.hpp"

namespace passerelle::language {

class GramModel {
 public:
  // As script/train-language writes it; null when the bytes are not such a file.
  static std::unique_ptr<const GramModel> read(std::string_view bytes);

  // Best first, at most five, nothing below one in a hundred; empty when no table is of the words' script.
  std::vector<LanguageScore> score(const Letters& letters) const;

 private:
  struct Script {
    UScriptCode script;
    GramTable table;
  };
  std::vector<Script> scripts_;
  float temperature_ = 1;  // how much of a likelihood to believe: rows of letters overlap and count a word many times
};

}  // namespace passerelle::language
