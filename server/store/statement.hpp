// A prepared statement at work: bound, stepped, read, and handed back when it goes out of scope.
//   Statement found(database, "SELECT id FROM address WHERE channel = ?1 AND user = ?2", channel, Blob{user});
//   if (found.next()) return found.get<AddressId>(0);
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/database.hpp"

namespace passerelle::store {

struct Blob {
  std::string_view bytes;
};

// Before the values of a statement: it reads them where they are, so that they must live as long as it does. Without
// it, texts are copied.
struct Lent {};
inline constexpr Lent lent;

class Statement {
 public:
  template <class... Values>
  Statement(Database& database, Sql sql, const Values&... values) : Statement(database, sql, Borrowed{}) {
    int index = 0;
    (bind(++index, values), ...);
  }
  template <class... Values>
  Statement(Database& database, Sql sql, Lent, const Values&... values) : Statement(database, sql, Borrowed{}) {
    texts_ = SQLITE_STATIC;
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  bool next();  // true: there is a row
  void run();   // to its end

  // Columns count from 0. NULL reads as 0, "" or an id that is none; ask for an optional to tell it apart.
  template <class T>
  T get(int column) const;

 private:
  struct Borrowed {};
  Statement(Database& database, Sql sql, Borrowed);

  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view text);
  void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind(int index, const char* text) { bind(index, std::string_view(text)); }
  void bind(int index, Blob blob);
  void bind(int index, std::nullopt_t);
  void bind(int index, TimePoint time) { bind(index, to_ms(time)); }
  template <class Noun>
  void bind(int index, Id<Noun> id) {
    if (id)
      bind(index, id.value);
    else
      bind(index, std::nullopt);
  }
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value)
      bind(index, *value);
    else
      bind(index, std::nullopt);
  }
  void check(int code);

  std::int64_t number(int column) const { return sqlite3_column_int64(prepared_.statement, column); }
  std::string bytes(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(prepared_.statement, column) == SQLITE_NULL; }

  Database& database_;
  Database::Prepared& prepared_;
  sqlite3_destructor_type texts_ = SQLITE_TRANSIENT;
};

namespace detail {
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
}  // namespace detail

template <class T>
T Statement::get(int column) const {
  if constexpr (detail::is_optional<T>) {
    if (is_null(column)) return std::nullopt;
    return get<typename T::value_type>(column);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return bytes(column);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    return from_ms(number(column));
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(number(column));
  } else {
    return T{number(column)};
  }
}

}  // namespace passerelle::store
