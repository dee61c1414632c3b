// Task<T>: a coroutine on an Asio executor. Handlers return it; only net, live and store make the awaited things.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace passerelle {

template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace passerelle
