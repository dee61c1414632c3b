// How the write-ahead log reaches the file. SQLite writes each frame of it in two pieces of 24 bytes and a page, each a
// call of the kernel; of a batch these are hundreds, a tenth of the writer's time. Here the frames of a transaction are
// gathered and written at once, together with the page of the last one, the commit frame: so an error of the disk is
// told where SQLite expects it, and before the shared memory tells readers of the frames.
//
// A layer of SQLite's kind ("VFS shim") over whatever is the default one when a database is opened; files other than
// logs are that one's own. The formats of log and frame: https://www.sqlite.org/fileformat2.html#walformat
#pragma once

#include <sqlite3.h>

namespace passerelle::store {

// The layer's name for sqlite3_open_v2. Registered once; any thread.
const char* log_layer();

// The log's own file, below the layer: what was committed is in it, and another thread may sync it meanwhile.
sqlite3_file* file_of(sqlite3_file* log);

}  // namespace passerelle::store
