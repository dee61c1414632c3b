// The Unix socket: ours alone from its first moment, taken over from a dead server, gone with a living one.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "base/timer.hpp"
#include "net/local_name.hpp"
#include "raw_client.hpp"

namespace passerelle::net {
namespace {

namespace fs = std::filesystem;

class Local : public testing::Test {
 protected:
  Local() {
    std::string name = (fs::temp_directory_path() / "passerelle-net-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    path_ = (folder_ / "admin.sock").string();
  }
  ~Local() override { fs::remove_all(folder_); }

  // GET /who answers who asks · POST /size answers the body's length · GET /hold answers once let_go_ is set.
  Router routes() {
    Router router;
    const auto add = [&router](std::string method, std::string pattern, Handler handler) {
      if (!router.add({std::move(method), std::move(pattern), std::move(handler)})) std::abort();
    };
    add("GET", "/who", [](const HttpRequest& request, const PathParameters&) -> Task<HttpResponse> {
      co_return HttpResponse{200, {}, request.peer + (request.peer_is_loopback ? " here" : "")};
    });
    add("POST", "/size", [](const HttpRequest& request, const PathParameters&) -> Task<HttpResponse> {
      co_return HttpResponse{200, {}, std::to_string(request.body.size())};
    });
    add("GET", "/hold", [this](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> {
      ++holding_;
      while (!let_go_) co_await wait_for(std::chrono::milliseconds(2));
      co_return HttpResponse{200, {}, "held"};
    });
    return router;
  }

  Answer ask(const std::string& request) {
    RawClient client = RawClient::local(path_);
    client.send(request);
    return client.receive();
  }

  mode_t mode() const {
    struct stat file{};
    return lstat(path_.c_str(), &file) == 0 ? file.st_mode & 07777 : 0;
  }

  // What a server that was killed leaves behind.
  void leave_behind() {
    const int dead = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(dead, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(dead);
    ASSERT_TRUE(fs::exists(path_));
  }

  fs::path folder_;
  std::string path_;
  std::atomic<bool> let_go_ = false;
  std::atomic<int> holding_ = 0;
};

TEST_F(Local, a_unix_socket_serves_our_own_user_under_any_host) {
  Server server(2);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  server.start();
  const std::string us = "uid:" + std::to_string(geteuid()) + " here";
  EXPECT_EQ(ask(get("/who")).body, us);
  EXPECT_EQ(ask("GET /who HTTP/1.1\r\nHost: passerelle\r\n\r\n").body, us);
  EXPECT_EQ(ask("GET /who HTTP/1.1\r\n\r\n").status, 400);  // the guard stands here too
  EXPECT_EQ(ask("POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").status, 411);
}

TEST_F(Local, its_file_is_private_whatever_the_umask) {
  const mode_t before = ::umask(0);
  Server server(1);
  const bool listening = server.listen_local(path_, routes()).has_value();
  ::umask(before);
  ASSERT_TRUE(listening);
  EXPECT_EQ(mode(), 0600u);
}

TEST_F(Local, a_whole_import_is_taken_and_not_more) {
  Server server(1);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  server.start();
  EXPECT_EQ(ask(post("/size", std::string(local_body, 'a'))).body, std::to_string(local_body));
  EXPECT_EQ(ask(post("/size", std::string(local_body + 1, 'a'))).status, 413);
}

// Batches of gateways: a few at a time, so that strangers who send as much cannot fill the memory.
TEST_F(Local, a_listener_takes_a_few_large_bodies_at_a_time) {
  Server server(2);
  ListenerSettings settings;
  settings.body = 4 * Limits{}.body;
  settings.large_bodies = 1;
  const auto port = server.listen(settings, routes());
  ASSERT_TRUE(port);
  server.start();
  const std::string large = post("/size", std::string(settings.body, 'a'));
  RawClient first(*port), second(*port), usual(*port), later(*port);
  first.send(large.substr(0, large.size() - 1));
  ASSERT_TRUE(eventually([&] {  // until the first is known to be under way
    RawClient other(*port);
    other.send(large);
    return other.receive().status == 503;
  }));
  second.send(large);
  EXPECT_EQ(second.receive().status, 503);
  usual.send(post("/size", std::string(Limits{}.body, 'a')));
  EXPECT_EQ(usual.receive().status, 200);
  first.send("a");
  EXPECT_EQ(first.receive().body, std::to_string(settings.body));
  ASSERT_TRUE(eventually([&] {
    RawClient other(*port);
    other.send(large);
    return other.receive().status == 200;
  }));
  later.send(post("/size", std::string(settings.body + 1, 'a')));
  EXPECT_EQ(later.receive().status, 413);
}

TEST_F(Local, the_public_listener_keeps_its_own_limits) {
  Server server(1);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  const auto port = server.listen({}, routes());
  ASSERT_TRUE(port);
  server.start();
  RawClient client(*port), foreign(*port);
  client.send(post("/size", std::string(Limits{}.body + 1, 'a')));
  EXPECT_EQ(client.receive().status, 413);
  foreign.send("GET /who HTTP/1.1\r\nHost: passerelle\r\n\r\n");
  EXPECT_EQ(foreign.receive().status, 421);
}

TEST_F(Local, a_socket_that_a_dead_server_left_is_taken_over) {
  leave_behind();
  Server server(1);
  const auto listening = server.listen_local(path_, routes());
  ASSERT_TRUE(listening) << to_string(listening.error());
  server.start();
  EXPECT_EQ(ask(get("/who")).status, 200);
}

TEST_F(Local, a_second_server_leaves_the_first_ones_socket_alone) {
  Server server(1);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  server.start();
  {
    Server second(1);
    const auto listening = second.listen_local(path_, Router{});
    ASSERT_FALSE(listening);
    EXPECT_NE(listening.error().what.find("another program answers"), std::string::npos) << listening.error().what;
  }
  EXPECT_EQ(ask(get("/who")).status, 200);
}

TEST_F(Local, what_is_no_socket_is_not_removed) {
  std::ofstream(path_) << "a note";
  Server server(1);
  const auto listening = server.listen_local(path_, Router{});
  ASSERT_FALSE(listening);
  EXPECT_NE(listening.error().what.find("no socket"), std::string::npos) << listening.error().what;
  EXPECT_EQ(fs::file_size(path_), 6u);
}

TEST_F(Local, a_path_that_is_too_long_is_told_with_its_length) {
  const std::string folder = folder_.string() + "/";
  const auto padded = [&](std::size_t size) { return folder + std::string(size - folder.size(), 'x'); };
  Server server(1);
  EXPECT_TRUE(server.listen_local(padded(longest_local_path), Router{}));
  const auto listening = server.listen_local(padded(longest_local_path + 1), Router{});
  ASSERT_FALSE(listening);
  EXPECT_NE(listening.error().what.find("108 bytes"), std::string::npos) << listening.error().what;
}

TEST_F(Local, draining_answers_what_has_begun_and_takes_the_file_away) {
  Server server(1);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  server.start();
  RawClient busy = RawClient::local(path_), idle = RawClient::local(path_);
  busy.send(get("/hold"));
  ASSERT_TRUE(eventually([&] { return holding_ == 1; }));
  auto drained = std::async(std::launch::async, [&] { server.drain(patience); });
  EXPECT_TRUE(idle.ends());
  EXPECT_TRUE(eventually([&] { return !fs::exists(path_); }));
  let_go_ = true;
  EXPECT_EQ(busy.receive().body, "held");
  drained.get();
}

TEST_F(Local, a_server_that_never_started_takes_its_file_away_too) {
  {
    Server server(1);
    ASSERT_TRUE(server.listen_local(path_, Router{}));
    ASSERT_TRUE(fs::exists(path_));
  }
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(Local, only_our_own_user_and_root_may_enter) {
  EXPECT_TRUE(may_enter(0));
  EXPECT_TRUE(may_enter(geteuid()));
  EXPECT_FALSE(may_enter(geteuid() + 1));
  EXPECT_FALSE(may_enter(65534));
}

// In a child process: 0 when the server closes without a byte, 1 when it answers, 2 when it could not connect.
int ask_as(uid_t uid, const std::string& path) {
  const std::string request = get("/who");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const pid_t child = ::fork();
  if (child == 0) {  // only system calls from here
    if (::setresuid(uid, uid, uid) != 0) ::_exit(3);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ::_exit(2);
    if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) ::_exit(0);
    char byte = 0;
    ::_exit(::recv(socket, &byte, 1, 0) > 0 ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(Local, another_user_is_closed_at_once_even_when_the_file_lets_him_in) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  Server server(1);
  ASSERT_TRUE(server.listen_local(path_, routes()));
  server.start();
  EXPECT_EQ(ask_as(0, path_), 1);
  EXPECT_EQ(ask_as(65534, path_), 2);  // the folder's and the file's rights
  ASSERT_EQ(::chmod(folder_.c_str(), 0777), 0);
  ASSERT_EQ(::chmod(path_.c_str(), 0777), 0);
  EXPECT_EQ(ask_as(65534, path_), 0);
  EXPECT_TRUE(eventually([&] { return server.counters().refused == 1; }));
}

TEST_F(Local, what_lives_on_the_executor_runs_on_one_thread) {
  Server server(3);
  std::atomic<int> done = 0;
  std::thread::id ran[2];
  struct Step {
    static Task<void> note(std::thread::id& where, std::atomic<int>& count) {
      co_await wait_for(std::chrono::milliseconds(1));
      where = std::this_thread::get_id();
      ++count;
    }
  };
  spawn(server.executor(), Step::note(ran[0], done));
  spawn(server.executor(), Step::note(ran[1], done));
  EXPECT_EQ(done, 0);
  server.start();
  ASSERT_TRUE(eventually([&] { return done == 2; }));
  EXPECT_EQ(ran[0], ran[1]);
  EXPECT_NE(ran[0], std::this_thread::get_id());
}

}  // namespace
}  // namespace passerelle::net
