#include "casework/directory.hpp"

#include <set>

#include "casework/hsds.hpp"
#include "store/service.hpp"

namespace passerelle::casework {
namespace {

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
  if (store::count_services(transaction) > 0) return;
  for (const Service& service : services) store::keep_service(transaction, service, now);
}

}  // namespace passerelle::casework
