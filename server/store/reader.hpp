// A read-only look at the database beside the writer: one consistent moment a call, without ever making it wait.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "store/transaction.hpp"

namespace passerelle::store {

class Reader {
 public:
  // 'directory' is the data folder of a Writer that has been opened at least once. One thread at a time.
  static result<std::unique_ptr<Reader>> open(const std::string& directory);
  ~Reader();

  // Every statement in 'work' sees the same commit; one that writes throws. Keep it short: the write-ahead log cannot
  // be reused meanwhile.
  void read(const std::function<void(Transaction&)>& work);

 private:
  explicit Reader(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace passerelle::store
