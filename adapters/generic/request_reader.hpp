// Reads the templates of a request, and gathers which settings they need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/block.hpp"
#include "adapters/generic/plan.hpp"

namespace passerelle::adapters::generic {

class RequestReader {
 public:
  // 'section' is how people write it: "[channel.send]". Needs and findings are added to.
  RequestReader(std::string section, std::vector<std::string>& needs, Findings& findings)
      : section_(std::move(section)), needs_(needs), findings_(findings) {}

  Template templ(std::string_view text, Place place, const Position& at);
  NamedTemplates templates(TableReader& table, std::string_view key, Place place, bool are_headers);
  BodyPart body(const Block& block, Format format, Place place, int depth = 0);
  // What a path of a URL may hold, 'more' besides.
  static bool fits_path(std::string_view text, std::string_view more = "");

 private:
  void need(const Template& text);
  void check_header(const Block& item);

  std::string section_;
  std::vector<std::string>& needs_;
  Findings& findings_;
};

// [sign_in]; null: there is none.
SignInPlan read_sign_in_plan(const Block* block, std::vector<std::string>& needs, Findings& findings);
// A finding where there is a token and nothing carries it, or the other way round.
void check_token(const Plan& plan, const Position& at, Findings& findings);

}  // namespace passerelle::adapters::generic
