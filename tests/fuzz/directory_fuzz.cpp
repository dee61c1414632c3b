// libFuzzer: no file crashes the import of the directory, CSV or HSDS; what was read is sound, and comes back the same
// from either format when it is written down again.
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "casework/hsds.hpp"
#include "domain/opening_text.hpp"
#include "domain/service_fields.hpp"
#include "domain/utf8.hpp"

namespace {

using namespace passerelle;

const casework::ServiceRules rules{{"papers", "letter", "photo"}, "Europe/Zurich"};
const date::local_days today = parse_day("2027-02-01").value();

void expect(bool holds) {
  if (!holds) std::abort();
}

void check_rows(const casework::ServiceRows& read) {
  for (const casework::RowError& error : read.errors)
    expect(!error.what.empty() && valid_utf8(error.what) == error.what);
  std::set<std::string> refs;
  for (const casework::ServiceRow& row : read.rows) {
    expect(check(row.service, rules.bring, rules.country).empty());
    expect(refs.insert(row.service.ref).second);
    expect(load_service(save(row.service)) == row.service);
  }
}

void expect_same(const casework::ServiceRows& again, const std::vector<Service>& services) {
  expect(again.errors.empty() && again.rows.size() == services.size());
  for (std::size_t i = 0; i < services.size(); ++i) expect(again.rows[i].service == services[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const casework::ServiceRows& read :
       {casework::read_directory_csv(text, rules), casework::read_hsds(text, rules, today)}) {
    check_rows(read);
    std::vector<Service> services;
    for (const casework::ServiceRow& row : read.rows) services.push_back(row.service);
    expect_same(casework::read_directory_csv(casework::write_directory_csv(services), rules), services);
    expect_same(casework::read_hsds(casework::write_hsds(services, "CH", from_ms(1'800'000'000'000)), rules, today),
                services);
  }
  return 0;
}
