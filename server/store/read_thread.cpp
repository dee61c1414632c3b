#include "store/read_thread.hpp"

#include <thread>

#include "store/lanes.hpp"
#include "store/reader.hpp"

namespace passerelle::store {

struct ReadThread::State {
  State(std::unique_ptr<Reader> opened, std::size_t queue) : reader(std::move(opened)), lanes(queue) {}

  void run() {
    while (lanes.wait()) {
      if (const std::unique_ptr<Job> job = lanes.pop(Lane::interactive)) run(*job);
    }
  }

  void run(Job& job) {
    try {
      reader->read([&job](Transaction& transaction) { job.run(transaction); });
    } catch (const std::exception& error) {
      job.finished(Failure::rolled_back, error.what());
      return;
    }
    job.finished(Failure::none, {});
  }

  std::unique_ptr<Reader> reader;
  Lanes lanes;
  std::thread thread;
};

result<std::unique_ptr<ReadThread>> ReadThread::open(const std::string& directory, std::size_t queue) {
  auto reader = Reader::open(directory);
  if (!reader) return reader.error();
  return std::unique_ptr<ReadThread>(new ReadThread(std::make_unique<State>(std::move(*reader), queue)));
}

ReadThread::ReadThread(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([this] { state_->run(); });
}

ReadThread::~ReadThread() { stop(); }

void ReadThread::submit(std::unique_ptr<Job> job) {
  const Failure refused = state_->lanes.push(Lane::interactive, job);
  if (refused == Failure::none) return;
  job->finished(refused, refused == Failure::stopped ? "the reading thread has stopped" : "too many wait to read");
}

void ReadThread::stop() {
  state_->lanes.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace passerelle::store
