#include "support/faulty_disk.hpp"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>
#include <thread>

namespace passerelle::store {
namespace {

std::atomic<int> sync_count, write_count, writes_left{-1}, write_code{SQLITE_FULL};
std::atomic<bool> syncs_fail, syncs_held, syncs_stretched, spares_device, remembers;
std::atomic<int> call_count, first_failing, last_failing, refused_count;
std::atomic<FaultyDisk::Trouble> trouble;
std::mutex mutex;  // of the following
std::vector<DiskChange> remembered;
std::string fails_to_sync;

constexpr std::size_t longest_name = 64;

struct File {
  sqlite3_file base;
  bool is_log;
  char name[longest_name];  // empty: not worth remembering
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& self(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file).real(); }

// Counts the call; a code other than SQLITE_OK refuses it.
int judge(int code, bool needs_space) {
  const int number = ++call_count;
  if (number < first_failing || number > last_failing) return SQLITE_OK;
  if (trouble == FaultyDisk::Trouble::full && !needs_space) return SQLITE_OK;
  ++refused_count;
  return trouble == FaultyDisk::Trouble::full && code == SQLITE_IOERR_WRITE ? SQLITE_FULL : code;
}

void keep(DiskChange change) {
  if (!remembers || change.file.empty()) return;
  const std::lock_guard lock(mutex);
  change.number = remembered.size();
  remembered.push_back(std::move(change));
}

std::size_t count_remembered() {
  const std::lock_guard lock(mutex);
  return remembered.size();
}

void wait_for_a_change(std::size_t after) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(10);
  while (count_remembered() == after && std::chrono::steady_clock::now() < end) std::this_thread::yield();
}

std::string base_name(const char* path) {
  const std::string_view whole = path != nullptr ? path : "";
  return std::string(whole.substr(whole.rfind('/') + 1));
}

bool fails(sqlite3_file* file) {
  const std::lock_guard lock(mutex);
  return !fails_to_sync.empty() && fails_to_sync == self(file).name;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (const int code = judge(SQLITE_IOERR_READ, false); code != SQLITE_OK) return code;
  return real(file)->pMethods->xRead(real(file), to, size, at);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  ++write_count;
  const int left = writes_left;
  if (left == 0) return write_code;
  if (left > 0) --writes_left;
  if (const int code = judge(SQLITE_IOERR_WRITE, true); code != SQLITE_OK) return code;
  const int code = real(file)->pMethods->xWrite(real(file), bytes, size, at);
  // Afterwards: a sync that begins during the write need not see it.
  keep({DiskChange::Kind::write, self(file).name, at,
        std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size))});
  return code;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (const int code = judge(SQLITE_IOERR_TRUNCATE, false); code != SQLITE_OK) return code;
  const int code = real(file)->pMethods->xTruncate(real(file), size);
  keep({DiskChange::Kind::truncate, self(file).name, size});
  return code;
}

int sync(sqlite3_file* file, int flags) {
  DiskChange change{DiskChange::Kind::sync, self(file).name};
  change.before = count_remembered();
  if (self(file).is_log) {
    ++sync_count;
    syncs_held.wait(true);
    if (syncs_stretched) wait_for_a_change(change.before);
  }
  if (syncs_fail || fails(file)) return SQLITE_IOERR_FSYNC;
  if (const int code = judge(SQLITE_IOERR_FSYNC, false); code != SQLITE_OK) return code;
  const int code = spares_device ? SQLITE_OK : real(file)->pMethods->xSync(real(file), flags);
  if (code == SQLITE_OK) keep(std::move(change));
  return code;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (const int code = judge(SQLITE_IOERR_FSTAT, false); code != SQLITE_OK) return code;
  return real(file)->pMethods->xFileSize(real(file), size);
}

int lock(sqlite3_file* file, int level) {
  if (const int code = judge(SQLITE_IOERR_LOCK, false); code != SQLITE_OK) return code;
  return real(file)->pMethods->xLock(real(file), level);
}

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  if (const int code = judge(SQLITE_IOERR_SHMMAP, true); code != SQLITE_OK) return code;
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

const sqlite3_io_methods methods = {
    2,
    [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
    read,
    write,
    truncate,
    sync,
    file_size,
    lock,
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    map_shared,
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
  if (const int code = judge(SQLITE_CANTOPEN, (flags & SQLITE_OPEN_CREATE) != 0); code != SQLITE_OK) return code;
  made->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  const std::string base = base_name(name);
  if (base.size() < longest_name) std::memcpy(made->name, base.data(), base.size());
  int there = 0;
  real_vfs()->xAccess(real_vfs(), name, SQLITE_ACCESS_EXISTS, &there);
  const int code = real_vfs()->xOpen(real_vfs(), name, made->real(), flags, out);
  made->base.pMethods = made->real()->pMethods != nullptr ? &methods : nullptr;
  if (code == SQLITE_OK && there == 0) keep({DiskChange::Kind::create, base});
  return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  if (const int code = judge(SQLITE_IOERR_DELETE, false); code != SQLITE_OK) return code;
  const int code = real_vfs()->xDelete(real_vfs(), name, spares_device ? 0 : sync_folder);
  if (code == SQLITE_OK) keep({DiskChange::Kind::remove, base_name(name), 0, {}, sync_folder != 0});
  return code;
}

sqlite3_vfs& layer() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs made = *real_vfs();
    made.zName = "faulty";
    made.szOsFile += static_cast<int>(sizeof(File));
    made.xOpen = open;
    made.xDelete = remove;
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
  syncs_held = false;
  syncs_stretched = false;
  fail_syncs_of("");
  heal();
  spare_device(false);
  remember(false);
  sqlite3_initialize();
  sqlite3_vfs_register(&layer(), 1);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(&layer()); }

void FaultyDisk::fail_writes_after(int count, int code) {
  write_code = code;
  writes_left = count;
}

void FaultyDisk::fail_syncs(bool fail) { syncs_fail = fail; }
void FaultyDisk::fail_syncs_of(const std::string& name) {
  const std::lock_guard lock(mutex);
  fails_to_sync = name;
}
int FaultyDisk::syncs() const { return sync_count; }
int FaultyDisk::writes() const { return write_count; }

void FaultyDisk::hold_syncs() { syncs_held = true; }

void FaultyDisk::let_syncs_go() {
  syncs_held = false;
  syncs_held.notify_all();
}

void FaultyDisk::stretch_syncs(bool on) { syncs_stretched = on; }

void FaultyDisk::fail_calls(int first, int last, Trouble kind) {
  heal();
  trouble = kind;
  call_count = 0;
  refused_count = 0;
  last_failing = last;
  first_failing = first;
}

void FaultyDisk::heal() { last_failing = -1; }
int FaultyDisk::refused() const { return refused_count; }
void FaultyDisk::spare_device(bool spare) { spares_device = spare; }

void FaultyDisk::remember(bool on) {
  const std::lock_guard lock(mutex);
  remembered.clear();
  remembers = on;
}

std::size_t FaultyDisk::changes() const { return count_remembered(); }

std::vector<DiskChange> FaultyDisk::history() const {
  const std::lock_guard lock(mutex);
  return remembered;
}

}  // namespace passerelle::store
