#include "base/timer.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace passerelle {

Task<void> wait_for(std::chrono::milliseconds time) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

struct Alarm::State {
  explicit State(const Executor& executor) : timer(executor) {}

  boost::asio::steady_timer timer;
  bool rung = false;  // only touched on the executor's thread
};

Alarm::Alarm(const Executor& executor) : state_(std::make_shared<State>(executor)) {}

Alarm::~Alarm() = default;

Task<void> Alarm::sleep(std::chrono::milliseconds longest) {
  const std::shared_ptr<State> state = state_;
  if (!state->rung) {
    state->timer.expires_after(longest);
    boost::system::error_code ended;
    co_await state->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
  }
  state->rung = false;
}

void Alarm::ring() {
  boost::asio::post(state_->timer.get_executor(), [state = state_] {
    state->rung = true;
    state->timer.cancel();
  });
}

}  // namespace passerelle
