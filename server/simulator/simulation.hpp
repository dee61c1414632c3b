// One phone, and a desk of staff, in front of the real turns and the real store, in memory and at their own time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "domain/appointment.hpp"
#include "domain/contact.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "simulator/transcript.hpp"
#include "store/case_list.hpp"
#include "store/task.hpp"
#include "store/task_list.hpp"
#include "store/writer.hpp"
#include "turns/content.hpp"
#include "turns/take_in.hpp"

namespace passerelle::simulator {

// How the conversation reaches the next turn: kept in memory (as a session would), or saved and loaded again.
enum class Between { kept, reloaded };

class Simulation {
 public:
  static result<std::unique_ptr<Simulation>> open(std::shared_ptr<const turns::Content> content, TimePoint start,
                                                  Between between);

  // What the person sends, and what we answer. The error says what broke.
  result<turns::TakenIn> say(const Address& from, const std::string& text,
                             InboundMessage::Kind kind = InboundMessage::Kind::text);
  // The person is known to read this language.
  result<void> know_language(const Address& from, const Locale& locale);

  // Lets time pass: what is due happens at its time, in order. What we send by ourselves meanwhile arrives at once.
  result<std::vector<OutboundMessage>> pass_until(TimePoint time);
  // What staff do for this person; and what we send because of it.
  result<std::vector<OutboundMessage>> act(const Address& person, const Do& action);

  struct State {
    Conversation conversation;
    std::optional<Appointment> appointment;  // the newest that staff made here
    Contact contact;
    std::vector<store::Task> tasks;             // open ones of this address
    std::map<std::string, std::int64_t> cases;  // by kind, of everybody
    std::vector<store::ListedTask> listed;      // the same tasks as staff see them, the newest first
    std::vector<store::ListedCase> files;       // that this person's answers opened, oldest first
  };
  // What time will bring, the earliest first.
  struct Coming {
    TimePoint at{};
    std::string kind;  // of the due row; empty: a message that waits to leave
  };
  result<std::vector<Coming>> coming();

  result<State> state(const Address& from, const std::vector<std::string>& case_kinds = {});

  TimePoint now() const { return clock_.now(); }
  const std::set<dialog::Taken>& ways() const { return ways_; }  // that dialogs took until now
  const turns::Content& content() const { return *content_; }

 private:
  Simulation(std::shared_ptr<const turns::Content> content, std::unique_ptr<store::Writer> writer, TimePoint start,
             Between between)
      : content_(std::move(content)), writer_(std::move(writer)), clock_(start), between_(between) {}

  std::shared_ptr<const turns::Content> content_;
  std::unique_ptr<store::Writer> writer_;
  ManualClock clock_;
  result<void> transact(const std::function<void(store::Transaction&)>& work);
  void work(store::Transaction& transaction, const Address& person, const Do& action);
  void note(const std::vector<dialog::Taken>& ways) { ways_.insert(ways.begin(), ways.end()); }
  void pump(store::Transaction& transaction, std::vector<OutboundMessage>& arrived);
  std::optional<TimePoint> next(store::Transaction& transaction);

  Between between_;
  std::map<Address, turns::SessionCopy> copies_;
  std::set<dialog::Taken> ways_;
  int sent_ = 0;
  turns::ChannelBook channels_;  // every channel that a person used here
  InvitationId appointment_;     // the newest
};

}  // namespace passerelle::simulator
