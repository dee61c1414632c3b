// How transact() works: the coroutine's own handler travels inside the job and comes back through its executor.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/system/result.hpp>
#include <concepts>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace passerelle::store {

template <class R>
using Transacted = boost::system::result<R, Uncommitted>;

// Called when value() is asked of a transaction that was not committed: a bug of the caller.
[[noreturn]] inline void throw_exception_from_error(const Uncommitted& error, const boost::source_location&) {
  throw std::logic_error("value() of a transaction that was not committed: " + error.why);
}

namespace detail {

// 'Handler' is the concrete type of use_awaitable's handler: any_completion_handler of Boost 1.81 recurses when
// it is decay-copied.
template <class R, class Work, class Handler>
class TransactJob final : public Job {
 public:
  TransactJob(Work work, Handler handler)
      : work_(std::move(work)),
        busy_(boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                  boost::asio::execution::outstanding_work.tracked)),
        handler_(std::move(handler)) {}

  void run(Transaction& transaction) override {
    if constexpr (std::is_void_v<R>)
      (*work_)(transaction);
    else
      value_.emplace((*work_)(transaction));
  }

  bool repeatable() const override {
    if constexpr (requires { Work::repeatable; })
      return Work::repeatable;
    else
      return false;
  }

  // Never runs the coroutine here: it is posted to its own thread.
  void finished(Failure failure, const std::string& why) noexcept override {
    work_.reset();  // before the coroutine goes on, because it may refer to what the coroutine holds
    const auto executor = boost::asio::get_associated_executor(handler_);
    boost::asio::post(executor,
                      [busy = std::move(busy_), handler = std::move(handler_),
                       result = take_result(failure, why)]() mutable { std::move(handler)(std::move(result)); });
  }

 private:
  using Value = std::conditional_t<std::is_void_v<R>, std::monostate, R>;
  using Busy = std::decay_t<decltype(boost::asio::prefer(std::declval<boost::asio::associated_executor_t<Handler>>(),
                                                         boost::asio::execution::outstanding_work.tracked))>;

  Transacted<R> take_result(Failure failure, const std::string& why) {
    if (failure != Failure::none) return Uncommitted{failure, why};
    if constexpr (std::is_void_v<R>)
      return {};
    else
      return std::move(*value_);
  }

  std::optional<Work> work_;
  std::optional<Value> value_;
  Busy busy_;  // keeps the io_context's run() going until the coroutine goes on
  Handler handler_;
};

}  // namespace detail

// 'work' is any movable callable R(Transaction&); R may be void. The io_context must outlive the writer: destroy it
// after Writer::stop(), because the writer thread may still be inside its post() when the coroutine goes on.
template <class Work>
  requires std::invocable<Work&, Transaction&>
passerelle::Task<Transacted<std::invoke_result_t<Work&, Transaction&>>> transact(Writer& writer, Lane lane, Work work) {
  using R = std::invoke_result_t<Work&, Transaction&>;
  auto initiate = [](auto handler, Writer* to, Lane queue, Work job) {
    using Handler = decltype(handler);
    to->submit(queue, std::make_unique<detail::TransactJob<R, Work, Handler>>(std::move(job), std::move(handler)));
  };
  return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(Transacted<R>)>(
      initiate, boost::asio::use_awaitable, &writer, lane, std::move(work));
}

}  // namespace passerelle::store
