#include "store/log_file.hpp"

#include <algorithm>
#include <cstddef>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace passerelle::store {
namespace {

constexpr int frame_header = 24;
// And one frame more: a write of SQLite's own layer has an end at 128 KB, which it takes for a full disk.
constexpr std::size_t longest = std::size_t{56} * 1024;
constexpr int room_for_real_file = 1024;  // the real layer's own object, behind ours; unix has 120 bytes

// What was handed to us and is not in the file yet: contiguous, and never a commit frame's page.
class Gathered {
 public:
  bool empty() const { return bytes_.empty(); }
  bool goes_on_at(sqlite3_int64 at) const { return at == at_ + static_cast<sqlite3_int64>(bytes_.size()); }
  bool is_long() const { return bytes_.size() >= longest; }

  void add(const void* bytes, int size, sqlite3_int64 at) {
    if (bytes_.empty()) at_ = at;
    const auto* first = static_cast<const char*>(bytes);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  // Whatever becomes of it, it is not kept: after an error SQLite gives the transaction up.
  int write_to(sqlite3_file* file) {
    if (bytes_.empty()) return SQLITE_OK;
    const int code = file->pMethods->xWrite(file, bytes_.data(), static_cast<int>(bytes_.size()), at_);
    bytes_.clear();
    return code;
  }

 private:
  std::vector<char> bytes_;
  sqlite3_int64 at_ = 0;
};

struct LogFile {
  sqlite3_file base;
  Gathered* gathered;
  sqlite3_int64 next;  // where the last write ended
  bool gathers;
  bool commits;  // the header of the commit frame is gathered, its page comes next
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(LogFile) % alignof(sqlite3_int64) == 0);

LogFile& self(sqlite3_file* file) { return *reinterpret_cast<LogFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file).real(); }
int settle(sqlite3_file* file) { return self(file).gathered->write_to(real(file)); }

// "For commit records, the size of the database file in pages after the commit; for all other records, zero."
bool is_of_commit(const void* header) {
  const auto* const size = static_cast<const char*>(header) + 4;
  return std::any_of(size, size + 4, [](char byte) { return byte != 0; });
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  LogFile& log = self(file);
  Gathered& gathered = *log.gathered;
  const bool follows = at == std::exchange(log.next, at + size);
  if (!gathered.empty() && !gathered.goes_on_at(at)) {
    log.commits = false;
    if (const int code = gathered.write_to(real(file)); code != SQLITE_OK) return code;
  }
  // Only the header of a frame that follows another one begins a gathering: all else is written as it comes.
  if (gathered.empty() && !(log.gathers && follows && size == frame_header))
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
  try {
    gathered.add(bytes, size, at);
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
  if (size == frame_header && !log.commits) {
    log.commits = is_of_commit(bytes);
    return SQLITE_OK;
  }
  if (!log.commits && !gathered.is_long()) return SQLITE_OK;
  log.commits = false;
  return gathered.write_to(real(file));
}

int close(sqlite3_file* file) {
  // What is left belongs to a transaction that was never committed.
  delete self(file).gathered;
  self(file).gathered = nullptr;
  return real(file)->pMethods->xClose(real(file));
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  // An error of a write, so that SQLite undoes the whole transaction.
  if (settle(file) != SQLITE_OK) return SQLITE_IOERR_WRITE;
  return real(file)->pMethods->xRead(real(file), to, size, at);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = settle(file); code != SQLITE_OK) return code;
  return real(file)->pMethods->xTruncate(real(file), size);
}

int sync(sqlite3_file* file, int flags) {
  if (const int code = settle(file); code != SQLITE_OK) return code;
  return real(file)->pMethods->xSync(real(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (const int code = settle(file); code != SQLITE_OK) return code;
  return real(file)->pMethods->xFileSize(real(file), size);
}

const sqlite3_io_methods methods = {
    1,
    close,
    read,
    write,
    truncate,
    sync,
    file_size,
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    nullptr,  // shared memory and mapping: of the database file only
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

constexpr const char* name_of_layer = "passerelle-log";

// The default one. When that is taken away, SQLite's list may begin with ours.
sqlite3_vfs* below() {
  sqlite3_vfs* const first = sqlite3_vfs_find(nullptr);
  return std::string_view(first->zName) == name_of_layer ? first->pNext : first;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  sqlite3_vfs* const layer = below();
  if (layer->szOsFile > room_for_real_file) return SQLITE_CANTOPEN;
  if ((flags & SQLITE_OPEN_WAL) == 0) return layer->xOpen(layer, name, file, flags, out);
  auto* log = new (file) LogFile{};
  const int code = layer->xOpen(layer, name, log->real(), flags, out);
  if (log->real()->pMethods == nullptr) return code;
  log->gathered = new (std::nothrow) Gathered();
  if (log->gathered == nullptr) {
    log->real()->pMethods->xClose(log->real());
    return SQLITE_NOMEM;
  }
  log->base.pMethods = &methods;
  return code;
}

sqlite3_vfs made() {
  sqlite3_vfs layer = *below();
  layer.zName = name_of_layer;
  layer.pNext = nullptr;
  layer.szOsFile = static_cast<int>(sizeof(LogFile)) + room_for_real_file;
  layer.xOpen = open;
  layer.xDelete = [](sqlite3_vfs*, const char* name, int sync_folder) {
    return below()->xDelete(below(), name, sync_folder);
  };
  layer.xAccess = [](sqlite3_vfs*, const char* name, int flags, int* out) {
    return below()->xAccess(below(), name, flags, out);
  };
  layer.xFullPathname = [](sqlite3_vfs*, const char* name, int size, char* out) {
    return below()->xFullPathname(below(), name, size, out);
  };
  return layer;
}

}  // namespace

sqlite3_file* gather_frames(sqlite3_file* log) {
  if (log->pMethods != &methods) return log;
  self(log).gathers = true;
  return real(log);
}

const char* log_layer() {
  static sqlite3_vfs layer = [] {
    sqlite3_initialize();
    return made();
  }();
  static const int registered = sqlite3_vfs_register(&layer, 0);
  return registered == SQLITE_OK ? layer.zName : nullptr;
}

}  // namespace passerelle::store
