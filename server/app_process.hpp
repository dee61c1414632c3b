// What the process as a whole is told at its start: no traces in core files, signals for the main thread alone.
#pragma once

#include <chrono>
#include <csignal>
#include <cstddef>
#include <optional>

namespace passerelle {

// No core file and no attaching by others of the same user: memory holds names and numbers. As many file descriptors as
// we may have; what we write is ours alone.
void harden_process();

// How many of 'wanted' connections from outside leave enough descriptors for the database, gateways and the admin
// socket: without them accepting stalls, and so does everything else.
std::size_t connections_to_spare(std::size_t wanted);

// Before any thread starts: all of them inherit the mask, and only next_signal() takes SIGTERM, SIGINT and SIGHUP.
void keep_signals_for_main();
// Nothing: none came within 'longest'.
std::optional<int> next_signal(std::chrono::seconds longest);

}  // namespace passerelle
