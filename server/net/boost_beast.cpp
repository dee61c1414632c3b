// The one place where Beast's non-template code is compiled; every other file sees declarations only.
#include <boost/beast/src.hpp>
