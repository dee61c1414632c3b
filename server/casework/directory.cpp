#include "casework/directory.hpp"

#include <set>

#include "casework/hsds.hpp"
#include "store/event.hpp"
#include "store/service.hpp"

namespace passerelle::casework {
namespace {

constexpr const char* seeded = "directory.seeded";  // an event
constexpr std::int64_t the_directory = 1;  // its ref: there is one, and events with a ref are found by an index

bool is_json(std::string_view file) {
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  const std::size_t first = file.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (file[first] == '{' || file[first] == '[');
}

ServiceRows read_file(std::string_view file, const ServiceRules& rules, TimePoint now) {
  if (!is_json(file)) return read_directory_csv(file, rules);
  if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
  const std::string_view zone = rules.zone.empty() ? std::string_view("UTC") : std::string_view(rules.zone);
  return read_hsds(file, rules, date::floor<date::days>(to_civil(now, zone)));
}

class Importer {
 public:
  Importer(store::Transaction& transaction, bool dry_run, TimePoint now)
      : transaction_(transaction), dry_run_(dry_run), now_(now) {}

  void keep(ServiceRow row) {
    const auto before = store::find_service(transaction_, row.service.ref);
    if (before && !row.counts_places) row.service.free_places = before->free_places;
    if (before && *before == row.service)
      ++done.same;
    else
      ++(before ? done.changed : done.added);
    if (!dry_run_) store::keep_service(transaction_, row.service, now_);
  }

  void remove(const std::string& ref) {
    if (!store::find_service(transaction_, ref)) return;
    ++done.removed;
    if (!dry_run_) store::remove_service(transaction_, ref);
  }

  DirectoryImport done;

 private:
  store::Transaction& transaction_;
  bool dry_run_;
  TimePoint now_;
};

}  // namespace

DirectoryImport import_directory(store::Transaction& transaction, std::string_view file, const ServiceRules& rules,
                                 const ImportWishes& wishes, TimePoint now) {
  ServiceRows read = read_file(file, rules, now);
  Importer importer(transaction, wishes.dry_run, now);
  importer.done.errors = std::move(read.errors);
  if (!importer.done.errors.empty()) return std::move(importer.done);
  // A file of something else, or one that came half, is not the wish to have no directory.
  if (wishes.replace && read.rows.empty()) {
    importer.done.errors.push_back({1, "",
                                    "no service is in the file, and to replace all by none would empty the directory; "
                                    "look at the file, or take services out one by one with 'directory remove'"});
    return std::move(importer.done);
  }
  std::set<std::string> gone(read.inactive.begin(), read.inactive.end());
  if (wishes.replace) {
    for (const Service& service : store::all_services(transaction)) gone.insert(service.ref);
  }
  for (const ServiceRow& row : read.rows) gone.erase(row.service.ref);
  for (const std::string& ref : gone) importer.remove(ref);
  for (ServiceRow& row : read.rows) importer.keep(std::move(row));
  return std::move(importer.done);
}

void seed_directory(store::Transaction& transaction, std::span<const Service> services, TimePoint now) {
  if (!store::events_of(transaction, seeded, the_directory).empty()) return;
  const bool has_services = store::count_services(transaction) > 0;
  if (!has_services && services.empty()) return;  // the association may write its file later
  if (!has_services) {
    for (const Service& service : services) store::keep_service(transaction, service, now);
  }
  store::add_event(transaction, seeded, the_directory, has_services ? "was there" : "filled", now);
}

}  // namespace passerelle::casework
