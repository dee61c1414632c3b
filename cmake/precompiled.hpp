// What most files of ours read first, parsed once for all of them where PASSERELLE_PRECOMPILED is on
// (cmake/layers.cmake). Only what comes from elsewhere and is the same everywhere; every file includes what it uses all
// the same.
#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>
