// co_await transact(writer, lane, work): runs work(Transaction&) on the writer thread and resumes here after COMMIT.
// It cannot be cancelled once queued; 'work' owns all its inputs. The result tells whether it was committed.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/task.hpp"
#include "store/writer.hpp"

namespace passerelle::store {

struct Uncommitted {
  Failure failure = Failure::none;
  std::string why;
};

}  // namespace passerelle::store

#include "store/transact_detail.hpp"
