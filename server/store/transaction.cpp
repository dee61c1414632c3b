#include "store/transaction.hpp"

#include <exception>

#include "store/statement.hpp"

namespace passerelle::store {

void Transaction::savepoint(const std::function<void()>& work) {
  if (undone_ == Undone::together) return together(work);
  Statement(database_, "SAVEPOINT part_of_job").run();
  try {
    work();
  } catch (...) {
    // When the error took the whole transaction with it there is nothing left to roll back to; whatever the caller
    // does next throws as well, so the batch fails as one.
    if (!database_.lost_transaction()) {
      Statement(database_, "ROLLBACK TO part_of_job").run();
      Statement(database_, "RELEASE part_of_job").run();
    }
    throw;
  }
  Statement(database_, "RELEASE part_of_job").run();
}

void Transaction::together(const std::function<void()>& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    stumbled_ = error.what();
  } catch (...) {
    stumbled_ = "an exception of an unknown type";
  }
  throw RunAlone();
}

}  // namespace passerelle::store
