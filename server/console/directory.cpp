// Operations on the directory of services: directory.import, .export, .list, .set, .remove.
#include "casework/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "base/nearest.hpp"
#include "casework/directory_csv.hpp"
#include "casework/hsds.hpp"
#include "console/arguments.hpp"
#include "console/operations.hpp"
#include "domain/service_fields.hpp"
#include "store/event.hpp"
#include "store/service.hpp"
#include "turns/directory.hpp"
#include "turns/fact_due.hpp"

namespace passerelle::console {
namespace {

constexpr std::string_view ref_example = "its ref, as 'directory list' shows it";
constexpr std::int64_t most_places = 9999;

boost::json::object error_row(const casework::RowError& error) {
  const std::string where = error.column.empty() ? "" : error.column + ": ";
  return {{"row", error.row}, {"column", error.column}, {"error", where + error.what}};
}

void after_change(Desk& desk, const std::string& kind, const std::string& detail) {
  store::add_event(desk.transaction, kind, 0, detail, desk.now);
  turns::check_all_facts(desk.transaction, desk.content, desk.now);
}

result<boost::json::object> import(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  given.text("file", "the text of the file");
  const casework::ImportWishes wishes{given.flag_if_given("replace").value_or(false),
                                      given.flag_if_given("dry_run").value_or(false)};
  if (const auto sound = given.sound(); !sound) return sound.error();
  const std::string_view file = arguments.at("file").get_string();  // with its blank lines: rows are counted
  const casework::DirectoryImport done =
      casework::import_directory(desk.transaction, file, turns::service_rules(desk.content), wishes, desk.now);
  boost::json::array errors;
  for (const casework::RowError& error : done.errors) errors.push_back(error_row(error));
  const bool changes = done.added + done.changed + done.removed > 0 && !wishes.dry_run;
  if (changes)
    after_change(desk, "directory.imported",
                 fmt::format("added {} changed {} removed {}", done.added, done.changed, done.removed));
  boost::json::object answer{{"added", done.added},
                             {"changed", done.changed},
                             {"same", done.same},
                             {"removed", done.removed},
                             {"errors", std::move(errors)}};
  if (wishes.dry_run) answer["dry_run"] = true;
  return answer;
}

result<boost::json::object> export_all(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string format = given.word_if_given("format", {"csv", "hsds"}).value_or("csv");
  if (const auto sound = given.sound(); !sound) return sound.error();
  const std::vector<Service> services = store::all_services(desk.transaction);
  const std::string text = format == "csv" ? casework::write_directory_csv(services)
                                           : casework::write_hsds(services, desk.content.association.country, desk.now);
  return boost::json::object{{"text", text}};
}

// What a terminal has room for, and whether it is told at this moment.
boost::json::object row_of(const Service& service, TimePoint now) {
  boost::json::object row{{"ref", service.ref}, {"name", service.name}};
  if (!service.neutral_name.empty()) row["told_as"] = service.neutral_name;
  for (const char* field : {"needs", "audience", "area", "languages", "hours", "free_places", "owner", "expires"})
    row[field] = field_text(service, field);
  row["open_now"] = is_open(service, now);
  if (expired(service, now)) row["expired"] = true;
  return row;
}

// An area is written as the directory writes it.
result<void> check_area(Desk& desk, const std::string& area) {
  std::vector<std::string> known;
  for (const Service& service : store::all_services(desk.transaction)) {
    if (!service.area.empty() && std::ranges::find(known, service.area) == known.end()) known.push_back(service.area);
  }
  if (std::ranges::find(known, area) != known.end()) return {};
  return Error{fmt::format("no service is in '{}'; {}", area, suggest(area, known)), "area"};
}

result<boost::json::object> list(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const auto need = given.word_if_given("need", need_words());
  const auto area = given.text_if_given("area", "a town, as the directory writes it");
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (area) {
    if (const auto known = check_area(desk, *area); !known) return known.error();
  }
  boost::json::array rows;
  const auto found =
      need ? store::find_services(desk.transaction, *parse_need(*need)) : store::all_services(desk.transaction);
  for (const Service& service : found) {
    if (!area || service.area == *area) rows.push_back(row_of(service, desk.now));
  }
  const std::size_t count = rows.size();
  return boost::json::object{{"services", std::move(rows)}, {"count", count}};
}

Error no_service(Desk& desk, const std::string& ref) {
  std::vector<std::string> refs;
  for (const Service& service : store::all_services(desk.transaction)) refs.push_back(service.ref);
  const std::string near = nearest(ref, refs);
  return {fmt::format("no service has the ref '{}'; {}", ref,
                      near.empty() ? "'directory list' shows them" : "did you mean '" + near + "'?"),
          "ref"};
}

result<boost::json::object> set(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  const auto text = given.text_if_given("free", "3, or none when nobody counts them any more");
  std::optional<std::int64_t> places;
  if (text != "none") places = given.number_if_given("free", 0, most_places);
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (text != "none" && !places) return Error{"'free' is missing: write 3, or none", "free"};
  const auto count = places ? std::optional(static_cast<int>(*places)) : std::nullopt;
  if (!store::set_free_places(desk.transaction, ref, count, desk.now)) return no_service(desk, ref);
  store::add_event(desk.transaction, "directory.free_places", 0, ref + ' ' + (count ? std::to_string(*count) : "none"),
                   desk.now);
  return row_of(store::find_service(desk.transaction, ref).value(), desk.now);
}

result<boost::json::object> remove(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  if (!store::remove_service(desk.transaction, ref)) return no_service(desk, ref);
  after_change(desk, "directory.removed", ref);
  return boost::json::object{{"removed", ref}};
}

constexpr std::array<Operation, 5> rows{{{"directory.import", import},
                                         {"directory.export", export_all},
                                         {"directory.list", list},
                                         {"directory.set", set},
                                         {"directory.remove", remove}}};

}  // namespace

std::span<const Operation> directory_operations() { return rows; }

}  // namespace passerelle::console
