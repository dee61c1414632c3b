// A temporary folder of a test, removed with everything in it; and the small things that every store test needs.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "store/statement.hpp"
#include "store/writer.hpp"

namespace passerelle::store {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "passerelle-store-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string data() const { return (path_ / "data").string(); }
  std::string database() const { return data() + "/passerelle.db"; }

 private:
  std::filesystem::path path_;
};

inline std::unique_ptr<Writer> opened(result<std::unique_ptr<Writer>> writer) {
  if (!writer) throw std::runtime_error(to_string(writer.error()));
  return std::move(*writer);
}

inline std::unique_ptr<Writer> in_memory(WriterLimits limits = {}) { return opened(Writer::open_in_memory(limits)); }

// Runs 'work' in a transaction that must succeed.
inline void write(Writer& writer, const std::function<void(Transaction&)>& work) {
  const result<void> done = transact_now(writer, work);
  if (!done) throw std::runtime_error(to_string(done.error()));
}

inline std::int64_t number(Transaction& transaction, Sql question) {
  Statement statement(transaction.database(), question);
  return statement.next() ? statement.get<std::int64_t>(0) : -1;
}

inline std::int64_t number(Writer& writer, Sql question) {
  std::int64_t answer = -1;
  write(writer, [&](Transaction& transaction) { answer = number(transaction, question); });
  return answer;
}

// A small row of a test's own, without the columns of real nouns.
inline void add_due(Transaction& transaction, std::int64_t ref) {
  Statement(transaction.database(), "INSERT INTO due (at, kind, ref) VALUES (0, 'test', ?1)", ref).run();
}

inline std::int64_t count_due(Writer& writer) { return number(writer, "SELECT count(*) FROM due"); }

struct Outcome {
  Failure failure = Failure::none;
  std::string why;
};

class TestJob final : public Job {
 public:
  explicit TestJob(std::function<void(Transaction&)> work, bool repeatable = false)
      : work_(std::move(work)), repeatable_(repeatable) {}
  bool repeatable() const override { return repeatable_; }
  void run(Transaction& transaction) override { work_(transaction); }
  void finished(Failure failure, const std::string& why) noexcept override { done_.set_value({failure, why}); }
  std::future<Outcome> future() { return done_.get_future(); }

 private:
  std::function<void(Transaction&)> work_;
  bool repeatable_;
  std::promise<Outcome> done_;
};

inline std::future<Outcome> submit(Writer& writer, Lane lane, std::function<void(Transaction&)> work,
                                   bool repeatable = false) {
  auto job = std::make_unique<TestJob>(std::move(work), repeatable);
  std::future<Outcome> outcome = job->future();
  writer.submit(lane, std::move(job));
  return outcome;
}

// A job that holds the writer thread until it is opened, so that a test decides what queues behind it.
class Gate {
 public:
  explicit Gate(Writer& writer, Lane lane = Lane::interactive)
      : held_(submit(writer, lane, [this](Transaction&) {
          entered_.set_value();
          opened_.get_future().wait();
        })) {
    entered_.get_future().wait();
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate() { open(); }
  void open() {
    if (!held_.valid()) return;
    opened_.set_value();
    held_.get();
  }

 private:
  std::promise<void> entered_, opened_;
  std::future<Outcome> held_;
};

}  // namespace passerelle::store
