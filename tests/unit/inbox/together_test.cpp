// Webhooks of several people that are committed together: what goes wrong for one of them is theirs alone.
#include "store/database.hpp"
#include "unit/inbox/inbox_fixture.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::inbox {
namespace {

class InboxTogether : public InboxTest {
 protected:
  // From now on no turn of the first address is kept.
  void break_the_first() {
    store::write(*writer_, [](store::Transaction& t) {
      t.database().execute(
          "CREATE TRIGGER breaks BEFORE UPDATE ON conversation WHEN NEW.address = 1"
          " BEGIN SELECT RAISE(ABORT, 'of this person nothing is kept'); END");
    });
  }

  // Of each user one message, all in one batch. In their order.
  std::vector<HttpResponse> receive_together(const std::vector<std::string>& users, const std::string& id) {
    std::vector<FakeChannel> channels;
    for (const std::string& user : users) channels.emplace_back(true, user);
    std::vector<std::future<HttpResponse>> answers;
    io_.restart();
    {
      store::Gate gate(*writer_);
      for (std::size_t i = 0; i < users.size(); ++i) {
        requests_.push_back(post(id + users[i] + " 1"));
      }
      for (std::size_t i = 0; i < users.size(); ++i) {
        const HttpRequest& request = requests_[requests_.size() - users.size() + i];
        answers.push_back(
            boost::asio::co_spawn(io_, inbox_.receive(channels[i], name_, request), boost::asio::use_future));
      }
      io_.poll();  // all wait for the writer now
    }
    io_.restart();
    io_.run();
    std::vector<HttpResponse> responses;
    for (auto& answer : answers) responses.push_back(answer.get());
    return responses;
  }

  std::int64_t count(store::Sql question) { return store::number(*writer_, question); }

  std::vector<HttpRequest> requests_;  // outlive their coroutines
};

TEST_F(InboxTogether, a_turn_that_stumbles_is_undone_alone_and_the_others_are_taken_once) {
  const std::vector<std::string> users{"+41790000002", "+41790000001", "+41790000003"};
  receive(FakeChannel(), post("first Bonjour"));  // address 1
  break_the_first();
  const auto answers = receive_together(users, "SM");
  ASSERT_EQ(answers.size(), 3U);
  for (const HttpResponse& answer : answers) {
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.body.empty());
  }
  EXPECT_NE(answers[0].body.substr(33), answers[1].body.substr(33)) << "one is told that a person will read it";
  EXPECT_EQ(answers[0].body.substr(33), answers[2].body.substr(33));
  EXPECT_EQ(count("SELECT count(*) FROM inbound"), 4);
  EXPECT_EQ(count("SELECT count(*) FROM inbound WHERE state = 'stuck'"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM task WHERE kind = 'stuck' AND address = 1"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM outbound"), 4) << "one answer each, whoever was run again";
  EXPECT_EQ(count("SELECT count(*) FROM conversation WHERE version = 1"), 3);
  const auto again = receive_together(users, "SM");
  for (std::size_t i = 0; i < users.size(); ++i) EXPECT_EQ(again[i].body, answers[i].body);
  EXPECT_EQ(count("SELECT count(*) FROM outbound"), 4);
}

TEST_F(InboxTogether, marks_of_answers_that_were_written_survive_a_batch_that_is_run_again) {
  const HttpResponse response = receive(FakeChannel(), post("SM1 Bonjour"));
  std::future<store::Outcome> failing;
  {
    store::Gate gate(*writer_);
    response.answered(true);
    failing =
        store::submit(*writer_, store::Lane::bulk, [](store::Transaction&) { throw std::runtime_error("no"); }, true);
  }
  EXPECT_EQ(failing.get().failure, store::Failure::rolled_back);
  wait_for_marks();
  EXPECT_EQ(outbound().sent, 1);
  EXPECT_EQ(outbound().queued, 0);
}

}  // namespace
}  // namespace passerelle::inbox
