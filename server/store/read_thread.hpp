// The one thread that reads beside the writer, for answers that may take a while: figures, lists over everything.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "store/transact.hpp"
#include "store/writer.hpp"

namespace passerelle::store {

class ReadThread {
 public:
  // 'directory' is the data folder of an open Writer. At most 'queue' jobs wait.
  static result<std::unique_ptr<ReadThread>> open(const std::string& directory, std::size_t queue = 64);
  ~ReadThread();  // stop()

  // As Writer::submit: never blocks. Each job sees one consistent moment; one that writes throws, and has failed.
  void submit(std::unique_ptr<Job> job);
  void stop();  // runs what is queued; later jobs fail with Failure::stopped

 private:
  struct State;
  explicit ReadThread(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// co_await read(thread, work): as transact(), with the same rules.
template <class Work>
  requires std::invocable<Work&, Transaction&>
passerelle::Task<Transacted<std::invoke_result_t<Work&, Transaction&>>> read(ReadThread& thread, Work work) {
  using R = std::invoke_result_t<Work&, Transaction&>;
  auto initiate = [](auto handler, ReadThread* to, Work job) {
    using Handler = decltype(handler);
    to->submit(std::make_unique<detail::TransactJob<R, Work, Handler>>(std::move(job), std::move(handler)));
  };
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Transacted<R>)>(
      initiate, boost::asio::use_awaitable, &thread, std::move(work));
}

}  // namespace passerelle::store
