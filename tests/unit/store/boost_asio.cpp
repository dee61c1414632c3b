// Asio's own code: in the program it is compiled once in net/, which these tests do not link.
#include <boost/asio/impl/src.hpp>
