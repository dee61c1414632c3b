# The compiler, its flags, and the libraries of Debian 12 that layers may name after LINKS.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR
    "Passerelle needs clang 19 or newer; this is ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}.\n"
    "GCC 12 is refused because it miscompiles us: it destroys temporary aggregates and by-value lambdas twice "
    "inside co_await expressions.\n"
    "Run script/setup, then configure with a preset: cmake --preset dev")
endif()

option(PASSERELLE_TESTS "Build the tests" ON)
option(PASSERELLE_FUZZ "Build the fuzz targets (libFuzzer)" OFF)
set(PASSERELLE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_OPTIMIZE_DEPENDENCIES ON)  # objects of a layer do not wait for the libraries below it
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
set(THREADS_PREFER_PTHREAD_FLAG ON)
add_link_options(-fuse-ld=lld)
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough
  -Wnon-virtual-dtor -Woverloaded-virtual -Werror -fstack-protector-strong -fno-omit-frame-pointer)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # ICF and section GC keep the binary small; FORTIFY needs optimisation.
  add_compile_options(-ffunction-sections -fdata-sections -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  add_link_options(-Wl,--gc-sections,-z,relro,-z,now)
endif()
if(PASSERELLE_SANITIZE)
  # The vptr check looks at memory through a pipe, and cries wolf in the test that uses up all file descriptors.
  add_compile_options("-fsanitize=${PASSERELLE_SANITIZE}" -fno-sanitize=vptr -fno-sanitize-recover=all)
  add_link_options("-fsanitize=${PASSERELLE_SANITIZE}")
endif()

find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS headers json url)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(yaml-cpp REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
# Debian's hiredis 0.14 brings no CMake file.
find_path(HIREDIS_HEADERS hiredis/hiredis.h REQUIRED)
find_library(HIREDIS_LIBRARY hiredis REQUIRED)

# Each library has one name here, so that the layer lines read as words.
add_library(toolbox INTERFACE)
target_link_libraries(toolbox INTERFACE Boost::headers Boost::json Boost::url OpenSSL::Crypto fmt::fmt spdlog::spdlog
  date::date-tz Threads::Threads)
target_compile_definitions(toolbox INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_BEAST_SEPARATE_COMPILATION SPDLOG_FMT_EXTERNAL)
add_library(yaml INTERFACE)
target_link_libraries(yaml INTERFACE yaml-cpp)
add_library(xml INTERFACE)
target_link_libraries(xml INTERFACE LibXml2::LibXml2)
add_library(icu INTERFACE)
target_link_libraries(icu INTERFACE ICU::i18n ICU::uc)
add_library(sqlite INTERFACE)
target_link_libraries(sqlite INTERFACE SQLite::SQLite3)
add_library(openssl_tls INTERFACE)
target_link_libraries(openssl_tls INTERFACE OpenSSL::SSL)
# Most of what a message takes is allocated on one thread and freed on another, where glibc's malloc waits for locks.
# Sanitizers bring their own.
add_library(memory INTERFACE)
if(NOT PASSERELLE_SANITIZE)
  find_library(JEMALLOC NAMES jemalloc libjemalloc.so.2 REQUIRED)
  target_link_libraries(memory INTERFACE "${JEMALLOC}")
endif()
find_library(SODIUM sodium REQUIRED)
find_library(ZSTD zstd REQUIRED)
add_library(seals INTERFACE)
target_link_libraries(seals INTERFACE "${SODIUM}" "${ZSTD}")
add_library(toml INTERFACE)
target_link_libraries(toml INTERFACE tomlplusplus::tomlplusplus)
add_library(command_line INTERFACE)
target_link_libraries(command_line INTERFACE CLI11::CLI11)
add_library(hiredis INTERFACE)
target_include_directories(hiredis SYSTEM INTERFACE "${HIREDIS_HEADERS}")
target_link_libraries(hiredis INTERFACE "${HIREDIS_LIBRARY}")
