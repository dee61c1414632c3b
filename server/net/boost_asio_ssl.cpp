// The one place where Asio's TLS code is compiled; every other file sees declarations only.
#include <boost/asio/ssl/impl/src.hpp>
