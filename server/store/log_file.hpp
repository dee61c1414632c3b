// How the write-ahead log reaches the file. SQLite writes each frame of it in two pieces of 24 bytes and a page, each a
// call of the kernel; of a batch these are hundreds, a tenth of the writer's time. Here the frames of a transaction are
// gathered and written at once, together with the page of the last one, the commit frame: so an error of the disk is
// told where SQLite expects it, and before the shared memory tells readers of the frames.
//
// Only frames that follow each other are gathered. A header that is written again, because the page of a frame before
// it has changed, goes straight to the file: nothing comes after it, and COMMIT would be over while it waits here.
//
// A layer of SQLite's kind ("VFS shim") over whatever is the default one when a database is opened; files other than
// logs are that one's own. The formats of log and frame: https://www.sqlite.org/fileformat2.html#walformat
#pragma once

#include <sqlite3.h>

namespace passerelle::store {

// The layer's name for sqlite3_open_v2. Registered once; any thread.
const char* log_layer();

// From now on frames of this log are gathered. Its connection must keep a transaction's pages to itself until COMMIT
// (cache_spill=OFF): a frame that SQLite takes for written must not fail later, when it is read. The result is the
// log's own file, below the layer: what was committed is in it, and another thread may sync it meanwhile.
sqlite3_file* gather_frames(sqlite3_file* log);

}  // namespace passerelle::store
