#include "unit/store/faulty_disk.hpp"

#include <sqlite3.h>

#include <new>

namespace passerelle::store {
namespace {

std::atomic<int> sync_count, write_count, writes_left{-1}, write_code{SQLITE_FULL};
std::atomic<bool> syncs_fail;

struct File {
  sqlite3_file base;
  bool is_log;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file).real(); }

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  ++write_count;
  int left = writes_left;
  if (left == 0) return write_code;
  if (left > 0) --writes_left;
  return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

int sync(sqlite3_file* file, int flags) {
  if (self(file).is_log) ++sync_count;
  if (syncs_fail) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods methods = {
    2,
    [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, size, at);
    },
    write,
    [](sqlite3_file* f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); },
    sync,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    },
    [](sqlite3_file* f, int offset, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int drop) { return real(f)->pMethods->xShmUnmap(real(f), drop); },
    nullptr,
    nullptr};

sqlite3_vfs* real_vfs() { return sqlite3_vfs_find("unix"); }

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  File* made = new (file) File{};
  made->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  const int code = real_vfs()->xOpen(real_vfs(), name, made->real(), flags, out);
  made->base.pMethods = made->real()->pMethods != nullptr ? &methods : nullptr;
  return code;
}

sqlite3_vfs& layer() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made = *real_vfs();
    made.zName = "faulty";
    made.szOsFile += static_cast<int>(sizeof(File));
    made.xOpen = open;
    made.pNext = nullptr;
    return made;
  }();
  return vfs;
}

}  // namespace

FaultyDisk::FaultyDisk() {
  sync_count = 0;
  write_count = 0;
  writes_left = -1;
  syncs_fail = false;
  sqlite3_initialize();
  sqlite3_vfs_register(&layer(), 1);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&layer()); }

void FaultyDisk::fail_writes_after(int count, int code) {
  write_code = code;
  writes_left = count;
}

void FaultyDisk::fail_syncs(bool fail) { syncs_fail = fail; }
int FaultyDisk::syncs() const { return sync_count; }
int FaultyDisk::writes() const { return write_count; }

}  // namespace passerelle::store
