#include "adapters/gammu/spool_link.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <utility>

#include "adapters/gammu/inbox.hpp"

namespace passerelle::adapters::gammu {
namespace {

using std::chrono::seconds;

constexpr seconds pace{1};
constexpr seconds longest_back_off{60};
constexpr std::size_t most_kept = 50;  // in one transaction
constexpr std::size_t most_looked_at = 500;
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t empty_for = 60 * second;  // before a file without a byte is a text without words
constexpr std::int64_t settles_in = 3 * second;  // the daemon writes the parts of a text at once; its disk may be slow
constexpr std::int64_t stuck_after = 900 * second;  // a file in the outbox

std::int64_t nanoseconds(TimePoint time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

class SpoolLink final : public Link {
 public:
  explicit SpoolLink(Spool spool) : spool_(std::move(spool)) {}

  link::Action next(const link::Event& event, TimePoint now) override {
    if (const auto* found = std::get_if<link::Found>(&event)) return read(*found, now);
    if (const auto* nothing = std::get_if<link::Unanswered>(&event)) return failed(nothing->why);
    if (std::holds_alternative<link::NotKept>(event)) return back_off("not_stored", "");
    if (std::holds_alternative<link::Kept>(event)) return std::exchange(tidy_, {});
    // Between two looks there is always a rest: what both have found the same is whole.
    if (std::holds_alternative<link::Tidied>(event)) return tidied();
    return look();
  }

 private:
  link::Action look() const {
    return link::Look{{{spool_.inbox(), "IN*", most_looked_at},
                       {spool_.sent(), std::string(our_files), most_kept, true},
                       {spool_.error(), std::string(our_files), most_kept, true},
                       {spool_.outbox(), std::string(our_files), most_looked_at, true}}};
  }

  link::Action tidied() {
    if (!std::exchange(sets_aside_, false)) return link::Rest{pace};
    return link::Rest{pace, "set_aside",
                      "a file of the inbox is no text that can be read; it is in the folder 'aside' now: look at it, "
                      "and set InboxFormat = unicode in gammu-smsdrc"};
  }

  link::Action read(const link::Found& found, TimePoint now) {
    link::Keep keep;
    tidy_ = {};
    bool is_stuck = false, saw_waiting = false;
    std::vector<link::File> arrived;
    for (const link::File& file : found.files) {
      if (file.folder == spool_.inbox()) arrived.push_back(file);
      if (file.folder == spool_.sent()) read_receipt(file, Delivery::sent, "", keep);
      if (file.folder == spool_.error()) read_receipt(file, Delivery::failed, "not_sent", keep);
      if (file.folder != spool_.outbox()) continue;
      // The daemon would send it whenever the modem comes back. If it is at it just now, "expired" may be wrong.
      if (const auto end = end_of(file.name); end && *end <= now && keep.receipts.size() < 3 * most_kept)
        read_receipt(file, Delivery::failed, "expired", keep);
      else if (!std::exchange(saw_waiting, true))
        is_stuck = nanoseconds(now) - file.changed > stuck_after;
    }
    read_texts(std::move(arrived), now, keep);
    sets_aside_ = !tidy_.aside.empty();
    if (!keep.messages.empty() || !keep.receipts.empty()) return keep;
    if (!tidy_.aside.empty()) return std::exchange(tidy_, {});
    troubles_ = 0;
    const bool is_closed = std::ranges::any_of(found.files, &link::File::is_closed);
    if (is_closed) {
      return link::Rest{pace, "closed",
                        "a file of the inbox may not be read by this server, and waits there; give this server and "
                        "gammu-smsd the same group, and the file its right to read"};
    }
    if (is_stuck) {
      return link::Rest{pace, "stuck",
                        "gammu-smsd has not taken the first file of its outbox for 15 minutes: is it running, and is "
                        "the modem there?"};
    }
    return link::Rest{pace};
  }

  void read_receipt(const link::File& file, Delivery state, const std::string& code, link::Keep& keep) {
    const std::string ref = ref_of(file.name);
    if (ref.empty()) return;
    Receipt receipt;
    receipt.ref = ref;
    receipt.state = state;
    receipt.code = code;
    keep.receipts.push_back(std::move(receipt));
    tidy_.remove.push_back(file.folder + "/" + file.name);
  }

  // Whatever is not as the last look found it may be half of something.
  void read_texts(std::vector<link::File> files, TimePoint now, link::Keep& keep) {
    std::map<std::string, Seen> seen;
    for (const link::File& file : files) seen[file.name] = {file.changed, file.bytes.size()};
    const std::map<std::string, Seen> before = std::exchange(seen_, std::move(seen));
    const auto is_still = [&](const link::File& file) {
      const auto found = before.find(file.name);
      const bool is_empty = file.is_whole && file.bytes.empty() && nanoseconds(now) - file.changed < empty_for;
      return found != before.end() && found->second == Seen{file.changed, file.bytes.size()} && !is_empty;
    };
    std::map<std::string, std::int64_t> newest;  // by sender
    for (const link::File& file : files) {
      std::int64_t& last = newest[sender_of(file)];
      last = std::max(last, file.changed);
    }
    const auto may_go_on = [&](const link::File& file) {
      const std::int64_t age = nanoseconds(now) - newest[sender_of(file)];
      return age < settles_in && age > -60 * second;  // further in the future: the clock was put back
    };
    if (files.size() >= most_looked_at) hold_end(files);
    hold_closed(files);
    Sorted sorted = sort_parts(std::move(files));
    for (const link::File& file : sorted.stray) {
      if (is_still(file) && !may_go_on(file)) set_aside(file);
    }
    for (const Parts& parts : sorted.texts) {
      if (keep.messages.size() >= most_kept) break;
      if (std::ranges::all_of(parts, is_still) && !may_go_on(parts.front())) take(parts, now, keep);
    }
  }

  // Behind the end of a listing there may be further parts: of the texts of its last hour or, where it is of one hour,
  // of its last sender.
  static void hold_end(std::vector<link::File>& files) {
    const std::string hour = hour_of(files.back());
    const std::string sender = sender_of(files.back());
    const bool of_one_hour = hour_of(files.front()) == hour;
    const auto may_lack = [&](const link::File& file) {
      return of_one_hour ? sender_of(file) == sender : hour_of(file) == hour;
    };
    if (!std::ranges::all_of(files, may_lack)) std::erase_if(files, may_lack);
  }

  // What cannot be read waits, with all of its sender's of that minute: it may be one of their parts.
  static void hold_closed(std::vector<link::File>& files) {
    std::vector<link::File> closed;
    std::ranges::copy_if(files, std::back_inserter(closed), &link::File::is_closed);
    std::erase_if(files, [&](const link::File& file) {
      return std::ranges::any_of(closed, [&](const link::File& one) {
        return std::abs(one.changed - file.changed) <= 60 * second && sender_of(one) == sender_of(file);
      });
    });
  }

  static std::string sender_of(const link::File& file) { return read_name(file.name).value_or(Name{}).sender; }

  static std::string hour_of(const link::File& file) { return file.name.substr(0, 13); }  // "IN20261122_00"

  void take(const Parts& parts, TimePoint now, link::Keep& keep) {
    auto text = text_of(parts);
    if (!text) {
      for (const link::File& part : parts) set_aside(part);
      return;
    }
    keep.messages.push_back(message_of(spool_.channel, parts, std::move(*text), now));
    // The first part goes last: after a crash in between it is there still, and known.
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
      tidy_.remove.push_back(part->folder + "/" + part->name);
  }

  void set_aside(const link::File& file) { tidy_.aside.push_back({file.folder, file.name, spool_.aside()}); }

  link::Action failed(const std::string& why) {
    if (why == "no_folder")
      return back_off(why,
                      "inbox, outbox, sent or error is missing below the setting 'spool'; make it, and name it in "
                      "gammu-smsdrc");
    if (why == "denied")
      return back_off(why,
                      "this server may not read, remove or move files in the folders of gammu-smsd; give both the "
                      "same group, and the folders its right to write");
    return back_off(why, "");
  }

  link::Action back_off(const std::string& why, const std::string& remedy) {
    seconds time{1};
    for (int i = 0; i < troubles_ && time < longest_back_off; ++i) time *= 2;
    ++troubles_;
    return link::Rest{std::min(time, longest_back_off), why, remedy};
  }

  struct Seen {
    std::int64_t changed = 0;
    std::size_t size = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  Spool spool_;
  std::map<std::string, Seen> seen_;  // in the inbox, at the last look
  link::Tidy tidy_;                   // what follows when the messages are kept
  bool sets_aside_ = false;
  int troubles_ = 0;  // in a row
};

}  // namespace

std::unique_ptr<Link> make_spool_link(Spool spool) { return std::make_unique<SpoolLink>(std::move(spool)); }

}  // namespace passerelle::adapters::gammu
