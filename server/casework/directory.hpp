// The directory of services as staff keep it: import, seeding, and what its files are checked against.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "casework/directory_csv.hpp"
#include "store/transaction.hpp"

namespace passerelle::casework {

struct DirectoryImport {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
  std::size_t removed = 0;
  std::vector<RowError> errors;  // then nothing was changed
};

struct ImportWishes {
  bool replace = false;  // take out the services that are not in the file
  bool dry_run = false;  // only tell what would be done
};

// CSV or HSDS, whichever it is. Services are replaced by their ref; all rows, or none when one has an error.
DirectoryImport import_directory(store::Transaction& transaction, std::string_view file, const ServiceRules& rules,
                                 const ImportWishes& wishes, TimePoint now);

// The association's own services, once for a store: a directory that staff have emptied stays so.
void seed_directory(store::Transaction& transaction, std::span<const Service> services, TimePoint now);

}  // namespace passerelle::casework
