#include "store/migrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/log.hpp"
#include "store/statement.hpp"

// The numbered files are pulled into the binary as they are. __has_include makes each a dependency of this object,
// so that an edited migration is rebuilt; the assembler finds them in the same include folders.
#if !__has_include("store/migrations/0001_first.sql")
#error "store/migrations/0001_first.sql is missing"
#endif
#if !__has_include("store/migrations/0002_delivery.sql")
#error "store/migrations/0002_delivery.sql is missing"
#endif
#if !__has_include("store/migrations/0003_orientation.sql")
#error "store/migrations/0003_orientation.sql is missing"
#endif
#if !__has_include("store/migrations/0004_channel_order.sql")
#error "store/migrations/0004_channel_order.sql is missing"
#endif
#if !__has_include("store/migrations/0005_receipt_parts.sql")
#error "store/migrations/0005_receipt_parts.sql is missing"
#endif
#if !__has_include("store/migrations/0006_channel_silence.sql")
#error "store/migrations/0006_channel_silence.sql is missing"
#endif
#if !__has_include("store/migrations/0007_attachments.sql")
#error "store/migrations/0007_attachments.sql is missing"
#endif
#if !__has_include("store/migrations/0008_buttons.sql")
#error "store/migrations/0008_buttons.sql is missing"
#endif
#if !__has_include("store/migrations/0009_inline_replies.sql")
#error "store/migrations/0009_inline_replies.sql is missing"
#endif
asm(R"(
.pushsection .rodata.passerelle_migrations, "a"
passerelle_migration_1_begin:
.incbin "store/migrations/0001_first.sql"
passerelle_migration_1_end:
passerelle_migration_2_begin:
.incbin "store/migrations/0002_delivery.sql"
passerelle_migration_2_end:
passerelle_migration_3_begin:
.incbin "store/migrations/0003_orientation.sql"
passerelle_migration_3_end:
passerelle_migration_4_begin:
.incbin "store/migrations/0004_channel_order.sql"
passerelle_migration_4_end:
passerelle_migration_5_begin:
.incbin "store/migrations/0005_receipt_parts.sql"
passerelle_migration_5_end:
passerelle_migration_6_begin:
.incbin "store/migrations/0006_channel_silence.sql"
passerelle_migration_6_end:
passerelle_migration_7_begin:
.incbin "store/migrations/0007_attachments.sql"
passerelle_migration_7_end:
passerelle_migration_8_begin:
.incbin "store/migrations/0008_buttons.sql"
passerelle_migration_8_end:
passerelle_migration_9_begin:
.incbin "store/migrations/0009_inline_replies.sql"
passerelle_migration_9_end:
.popsection
)");
extern "C" {
extern const char passerelle_migration_1_begin[], passerelle_migration_1_end[];
extern const char passerelle_migration_2_begin[], passerelle_migration_2_end[];
extern const char passerelle_migration_3_begin[], passerelle_migration_3_end[];
extern const char passerelle_migration_4_begin[], passerelle_migration_4_end[];
extern const char passerelle_migration_5_begin[], passerelle_migration_5_end[];
extern const char passerelle_migration_6_begin[], passerelle_migration_6_end[];
extern const char passerelle_migration_7_begin[], passerelle_migration_7_end[];
extern const char passerelle_migration_8_begin[], passerelle_migration_8_end[];
extern const char passerelle_migration_9_begin[], passerelle_migration_9_end[];
}

namespace passerelle::store {
namespace {

std::int64_t ask(Database& database, Sql question) {
  Statement statement(database, question);
  return statement.next() ? statement.get<std::int64_t>(0) : 0;
}

// All of them or none: a power cut in the middle leaves the old schema.
result<void> apply(Database& database, std::span<const Migration> steps) {
  int number = 0;
  try {
    database.begin();
    for (const Migration& step : steps) {
      number = step.number;
      database.execute(std::string(step.sql));
    }
    database.execute(fmt::format("PRAGMA application_id={}; PRAGMA user_version={};", application_id, number));
    const int code = database.commit();
    if (code != SQLITE_OK) throw DatabaseError(code, database.last_error());
  } catch (const DatabaseError& error) {
    database.roll_back();
    return Error{fmt::format("migration {:04} failed and changed nothing: {}", number, error.what()), ""};
  }
  return {};
}

}  // namespace

std::span<const Migration> migrations() {
  static const std::array<Migration, 9> all{
      {{1, std::string_view(passerelle_migration_1_begin, passerelle_migration_1_end)},
       {2, std::string_view(passerelle_migration_2_begin, passerelle_migration_2_end)},
       {3, std::string_view(passerelle_migration_3_begin, passerelle_migration_3_end)},
       {4, std::string_view(passerelle_migration_4_begin, passerelle_migration_4_end)},
       {5, std::string_view(passerelle_migration_5_begin, passerelle_migration_5_end)},
       {6, std::string_view(passerelle_migration_6_begin, passerelle_migration_6_end)},
       {7, std::string_view(passerelle_migration_7_begin, passerelle_migration_7_end)},
       {8, std::string_view(passerelle_migration_8_begin, passerelle_migration_8_end)},
       {9, std::string_view(passerelle_migration_9_begin, passerelle_migration_9_end)}}};
  return all;
}

std::int64_t newest_schema(std::span<const Migration> steps) { return steps.empty() ? 0 : steps.back().number; }

result<std::int64_t> schema_of(Database& database, std::span<const Migration> steps) {
  const std::int64_t version = ask(database, "PRAGMA user_version");
  const bool empty = ask(database, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!empty && ask(database, "PRAGMA application_id") != application_id) {
    return Error{"this database belongs to another program; move it away, or name another data folder", ""};
  }
  if (version > newest_schema(steps)) {
    return Error{fmt::format("the database has schema {} and this program knows only {}: it was used by a newer "
                             "Passerelle; start that version, or restore a backup made before the upgrade",
                             version, newest_schema(steps)),
                 ""};
  }
  return version;
}

result<void> migrate(Database& database, std::span<const Migration> steps) {
  const result<std::int64_t> version = schema_of(database, steps);
  if (!version) return version.error();
  const auto first = std::ranges::find_if(steps, [&](const Migration& step) { return step.number > *version; });
  if (first == steps.end()) return {};
  if (result<void> applied = apply(database, {first, steps.end()}); !applied) return applied;
  if (*version > 0) log::info("upgraded", {{"from", *version}, {"schema", newest_schema(steps)}});
  return {};
}

}  // namespace passerelle::store
