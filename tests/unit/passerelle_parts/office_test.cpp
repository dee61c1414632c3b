// The office on the command line: what people read, and how a server that is not there, or not well, is told from one
// that is.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <filesystem>
#include <functional>
#include <thread>

#include "cli/admin_client.hpp"
#include "cli/office_commands.hpp"
#include "cli/print.hpp"
#include "console/operations.hpp"

namespace passerelle::cli {
namespace {

using std::chrono::milliseconds;

std::string shown(const std::string& json, const Layout& layout = {}) {
  return for_people(boost::json::parse(json).as_object(), layout);
}

TEST(ForPeople, a_list_is_a_table_whose_columns_stand_below_each_other) {
  EXPECT_EQ(shown(R"({"tasks": [{"ref": "0123456789abcdef", "kind": "call_back", "text": "RAPPEL"},
                                {"ref": "1123456789abcdef", "kind": "person", "text": "ሰላም"}], "open": 2})",
                  {"tasks", {"ref:8", "kind", "text"}}),
            "REF       KIND       TEXT\n"
            "01234567  call_back  RAPPEL\n"
            "11234567  person     ሰላም\n"
            "\n"
            "open: 2\n");
}

TEST(ForPeople, what_no_layout_names_is_shown_too) {
  EXPECT_EQ(shown(R"({"rows": [{"a": 1}, {"b_c": true, "a": null}]})"), "A  B C\n1\n   yes\n");
  EXPECT_EQ(shown(R"({"ref": "ab", "parts": ["x", "y"], "cost": {"segments": 2}, "held": null})"),
            "ref: ab\nparts: x, y\ncost: segments 2\nheld: none\n");
  EXPECT_EQ(shown(R"({"tasks": []})", {"tasks", {"ref"}}), "tasks: none\n");
}

TEST(ForPeople, a_moment_is_shown_once_as_the_site_sees_it) {
  EXPECT_EQ(shown(R"({"at": "2027-03-28T12:30:00.000Z", "at_here": "28.03.2027 14:30"})"), "at: 28.03.2027 14:30\n");
  EXPECT_EQ(shown(R"({"l": [{"at": "2027-03-28T12:30:00.000Z", "at_here": "28.03.2027 14:30"}]})"),
            "AT\n28.03.2027 14:30\n");
}

TEST(ForPeople, columns_of_other_scripts_are_aligned_by_their_letters) {
  EXPECT_EQ(shown(R"({"l": [{"name": "سلام", "at": "x"}, {"name": "Selamawit", "at": "y"}]})"),
            "NAME       AT\nسلام       x\nSelamawit  y\n");
}

TEST(ForPeople, what_a_stranger_writes_commands_no_terminal) {
  EXPECT_EQ(harmless("a\x1b[2Jb\nc\td\x7f"), "a [2Jb c d ");
  EXPECT_EQ(harmless("a\xc2\x9b"
                     "31mb"),
            "a 31mb");  // CSI in one character
  EXPECT_EQ(harmless("a\xe2\x80\xae"
                     "b\xe2\x81\xa6"
                     "c"),
            "a b c");                                                             // U+202E, U+2066
  EXPECT_EQ(harmless("déjà ሰላም سلام\xe2\x80\x8d"), "déjà ሰላም سلام\xe2\x80\x8d");  // a joiner is part of words
  EXPECT_EQ(shown(R"({"l": [{"text": "a\u001bc\nb"}]})"), "TEXT\na c b\n");
  EXPECT_EQ(shown(R"({"text": "a\u001bc\nb"})"), "text: a c b\n");
}

TEST(OfficeCommands, every_operation_has_its_command) {
  for (const console::Operation& operation : console::all_operations()) {
    const bool found = std::ranges::any_of(office_commands(), [&](const OfficeCommand& row) {
      return row.operation == operation.name || std::ranges::any_of(row.options, [&](const OfficeOption& option) {
               return option.kind == OfficeOption::Kind::instead && option.argument == operation.name;
             });
    });
    EXPECT_TRUE(found) << operation.name;
  }
}

TEST(OfficeCommands, tasks_show_what_the_person_told_and_whether_the_writer_is_known) {
  const auto tasks = std::ranges::find(office_commands(), "inbox.tasks", &OfficeCommand::operation);
  EXPECT_EQ(
      shown(R"({"tasks": [{"ref": "0123456789abcdef", "kind": "flat", "opened_here": "28.03.2027 13:05",
                                 "address": "sms:+1", "text": "1", "note": {"problem": "heating", "people": "4"},
                                 "note_here": "problem: heating; people: 4", "writer_known": true}]})",
            tasks->layout),
      "REF       KIND  OPENED            ADDRESS  TEXT  LAST TEXT  SHOWS  NOTE                         WRITER KNOWN"
      "  SUBJECT  OWNER\n"
      "01234567  flat  28.03.2027 13:05  sms:+1   1                       problem: heating; people: 4  yes\n");
}

TEST(OfficeCommands, cases_show_their_answers) {
  const auto cases = std::ranges::find(office_commands(), "inbox.cases", &OfficeCommand::operation);
  EXPECT_EQ(shown(R"({"cases": [{"ref": "0123456789abcdef", "kind": "flat", "address": "sms:+1", "opened": "x",
                                 "opened_here": "28.03.2027 13:05",
                                 "answers": {"problem": "heating", "people": "4"}}], "count": 3})",
                  cases->layout),
            "REF       KIND  OPENED            ADDRESS  ANSWERS\n"
            "01234567  flat  28.03.2027 13:05  sms:+1   problem heating, people 4\n\n"
            "count: 3\n");
}

TEST(OfficeCommands, every_noun_and_command_says_what_it_is_for) {
  for (const OfficeCommand& row : office_commands()) {
    EXPECT_FALSE(about_noun(row.noun).empty()) << row.noun;
    EXPECT_FALSE(row.about.empty()) << row.operation;
    for (const OfficeOption& option : row.options) EXPECT_FALSE(option.about.empty()) << row.operation << option.name;
  }
}

// A server of one connection, which does what a test wants with it.
class Scripted {
 public:
  explicit Scripted(std::function<void(int)> act) {
    std::string name = (std::filesystem::temp_directory_path() / "passerelle-cli-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    socket_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
    if (!act) return;
    ::listen(socket_, 1);
    thread_ = std::thread([this, act = std::move(act)] {
      const int peer = ::accept(socket_, nullptr, nullptr);
      act(peer);
      ::close(peer);
    });
  }
  Scripted(const Scripted&) = delete;
  Scripted& operator=(const Scripted&) = delete;
  ~Scripted() {
    if (thread_.joinable()) thread_.join();
    ::close(socket_);
    std::filesystem::remove_all(folder_);
  }
  std::string path() const { return folder_ + "/admin.sock"; }

 private:
  std::string folder_;
  int socket_ = -1;
  std::thread thread_;
};

// Reads a request to its end; what came.
std::string take(int peer) {
  std::string text;
  std::array<char, 4096> piece;
  while (text.find("\r\n\r\n") == std::string::npos || !text.ends_with('}')) {
    const ssize_t count = ::recv(peer, piece.data(), piece.size(), 0);
    if (count <= 0) break;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

void say(int peer, std::string_view text) { ::send(peer, text.data(), text.size(), MSG_NOSIGNAL); }

const AdminRequest question{"POST", "/office/inbox.tasks", R"({"limit":3})"};

std::string failure(const std::function<void(int)>& act, milliseconds time = milliseconds(10'000)) {
  const Scripted server(act);
  const auto answer = exchange(server.path(), question, time);
  return answer ? "none" : answer.error().what;
}

TEST(AdminClient, it_sends_one_request_and_reads_its_answer) {
  std::string asked;
  std::optional<AdminAnswer> answer;
  {
    const Scripted server([&](int peer) {
      asked = take(peer);
      say(peer, "HTTP/1.1 400 Bad Request\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"error\":");
      say(peer, "\"no\"}");
      say(peer, "\n");
    });
    answer = *exchange(server.path(), question, milliseconds(10'000));
  }
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(answer->body, "{\"error\":\"no\"}\n");
  EXPECT_TRUE(asked.starts_with("POST /office/inbox.tasks HTTP/1.1\r\nHost: ")) << asked;
  EXPECT_NE(asked.find("\r\nContent-Length: 11\r\n"), std::string::npos) << asked;
  EXPECT_TRUE(asked.ends_with("\r\n\r\n{\"limit\":3}")) << asked;
}

TEST(AdminClient, where_nobody_listens_nobody_is_there) {
  const auto gone = exchange("/nowhere/at/all/admin.sock", question, milliseconds(10'000));
  ASSERT_TRUE(gone);
  EXPECT_FALSE(*gone);
  const Scripted dead(nullptr);  // bound, as a killed server leaves it
  const auto left = exchange(dead.path(), question, milliseconds(10'000));
  ASSERT_TRUE(left) << left.error().what;
  EXPECT_FALSE(*left);
  const auto longer = exchange("/" + std::string(200, 'x'), question, milliseconds(10'000));
  ASSERT_TRUE(longer);
  EXPECT_FALSE(*longer);
}

TEST(AdminClient, an_answer_that_is_cut_off_is_no_answer) {
  const std::string doubt =
      "the server ended before its answer was whole; look whether it was done before you ask again";
  EXPECT_EQ(failure([](int peer) { take(peer); }), doubt);
  EXPECT_EQ(failure([](int peer) {
              take(peer);
              say(peer, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"tasks\":[");
            }),
            doubt);
}

TEST(AdminClient, silence_ends_at_the_deadline) {
  const auto silent = [](int peer) {
    std::array<char, 64> piece;
    while (::recv(peer, piece.data(), piece.size(), 0) > 0) continue;  // until the client leaves
  };
  EXPECT_EQ(failure(silent, milliseconds(50)),
            "the server does not answer in time; look whether it was done before you ask again");
}

}  // namespace
}  // namespace passerelle::cli
