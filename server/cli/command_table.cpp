#include "cli/command_table.hpp"

namespace passerelle::cli {
namespace {

OptionRow row_of(const CLI::Option& option) {
  OptionRow row;
  row.in_place = option.get_lnames().empty() && option.get_snames().empty();
  row.name = row.in_place                   ? option.get_name(true)
             : !option.get_lnames().empty() ? "--" + option.get_lnames().front()
                                            : "-" + option.get_snames().front();
  row.about = option.get_description();
  row.takes_value = !row.in_place && option.get_items_expected_max() > 0;
  row.required = option.get_required();
  return row;
}

void add(const CLI::App& app, const std::string& words, std::vector<CommandRow>& rows) {
  CommandRow row{words, app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) row.options.push_back(row_of(*option));
  const auto below = app.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* verb : below) row.verbs.push_back(verb->get_name());
  rows.push_back(std::move(row));
  for (const CLI::App* verb : below)
    add(*verb, words.empty() ? verb->get_name() : words + " " + verb->get_name(), rows);
}

}  // namespace

std::vector<CommandRow> command_rows(const CLI::App& app) {
  std::vector<CommandRow> rows;
  add(app, "", rows);
  return rows;
}

}  // namespace passerelle::cli
