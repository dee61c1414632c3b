#include "store/alias.hpp"

#include <algorithm>
#include <optional>

#include "store/address.hpp"
#include "store/conversation.hpp"
#include "store/event.hpp"
#include "store/sealed.hpp"
#include "store/statement.hpp"
#include "store/task.hpp"

namespace passerelle::store {
namespace {

constexpr const char* number_moved = "number_moved";
constexpr const char* two_threads = "two_threads";

bool is_number(std::string_view name) {
  return name.size() > 1 && name.front() == '+' && name.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Both names of a sender, which of them is which; nothing unless one is a number and the other is none.
struct Names {
  std::string account, number;
};
std::optional<Names> names_of(const InboundMessage& message) {
  const std::string& one = message.from.user;
  const std::string& other = message.also;
  if (other.empty() || is_number(one) == is_number(other)) return std::nullopt;
  return is_number(one) ? Names{other, one} : Names{one, other};
}

class Learner {
 public:
  Learner(Transaction& transaction, const InboundMessage& message, Names names, TimePoint now)
      : transaction_(transaction),
        message_(message),
        names_(std::move(names)),
        told_(std::min(message.sent_at, now)),
        now_(now) {}

  AddressId learn() {
    const AddressId mine = known(names_.account);
    AddressId holder = known(names_.number);
    if (told_since(names_.number) > told_ || told_since(names_.account) > told_)
      return mine ? mine : begin(names_.account);
    if (holder != mine && is_anothers(holder)) {
      close(holder);
      holder = {};
    }
    if (!mine && !holder) return begin(message_.from.user);
    if (mine && mine == holder) return settle(mine);
    if (!mine) return account_of(holder).empty() ? settle(holder) : take_over(holder, {});
    if (!holder) return settle(mine);
    return account_of(holder).empty() ? twins(mine, holder) : take_over(holder, mine);
  }

 private:
  AddressId known(const std::string& name) const { return find_address(transaction_, {message_.from.channel, name}); }

  // A new address by this name, with the other one where that is news.
  AddressId begin(const std::string& name) {
    const AddressId made = find_or_add_address(transaction_, {message_.from.channel, name}, now_);
    if (name == message_.from.user) return settle(made);
    put(names_.account, made);
    return made;
  }

  // Both names lead there from now on, and no other number does.
  AddressId settle(AddressId address) {
    leave_other_numbers(address, names_.number);
    put(names_.account, address);
    put(names_.number, address);
    return address;
  }

  // Any other number that the account had may be anybody's by now, also one that has a conversation of its own.
  void leave_other_numbers(AddressId address, const std::string& new_name) {
    for (const std::string& name : all_of(address)) {
      if (is_number(name) && name != names_.number) forget(name);
    }
    for (const AddressId twin : twins_of(transaction_, address)) {
      if (is_other_number(find_address_of(transaction_, twin)->user)) close(twin);
    }
    if (is_other_number(find_address_of(transaction_, address)->user)) {
      rename(address, new_name);
      tell(number_moved, address, names_.number);
    }
  }
  bool is_other_number(const std::string& name) const { return is_number(name) && name != names_.number; }

  // The conversation of a number that was told to be another account's.
  bool is_anothers(AddressId holder) const {
    return std::ranges::any_of(twins_of(transaction_, holder),
                               [this](AddressId twin) { return account_of(twin) != names_.account; });
  }

  // Whose conversation it was, nobody can say, so that nothing of it follows anybody: not the number, which is
  // another's, nor the account, which may never have been its.
  void close(AddressId former) {
    const std::string number = find_address_of(transaction_, former)->user;
    for (const std::string& name : all_of(former)) forget(name);
    Statement(transaction_.database(), "DELETE FROM twin WHERE address = ?1 OR other = ?1", former).run();
    rename(former, "former:" + std::to_string(former.value));
    narrow_consent(transaction_, former, Consent::stopped, number_moved, now_);
    tell(number_moved, former, number);
  }

  // The number was another account's. What was said to that one is not this one's.
  AddressId take_over(AddressId former, AddressId mine) {
    forget(names_.number);
    if (find_address_of(transaction_, former)->user == names_.number) rename(former, account_of(former));
    tell(number_moved, former, names_.number);
    return mine ? settle(mine) : begin(message_.from.user);
  }

  AddressId twins(AddressId mine, AddressId holder) {
    leave_other_numbers(mine, names_.account);
    put(names_.account, mine);
    put(names_.number, holder);
    for (const auto& [one, other] : {std::pair(mine, holder), std::pair(holder, mine)}) {
      Statement(transaction_.database(), "INSERT OR IGNORE INTO twin (address, other) VALUES (?1, ?2)", one, other)
          .run();
    }
    const AddressId here = message_.from.user == names_.number ? holder : mine;
    if (transaction_.database().changes() == 1) tell(two_threads, here, names_.number);
    return here;
  }

  std::vector<std::string> all_of(AddressId address) const {
    Statement row(transaction_.database(), "SELECT user FROM alias WHERE address = ?1 ORDER BY user", address);
    std::vector<std::string> names;
    while (row.next()) names.push_back(unseal(row.get<std::string>(0)));
    return names;
  }

  // Empty: none was told.
  std::string account_of(AddressId address) const {
    for (std::string& name : all_of(address)) {
      if (!is_number(name)) return std::move(name);
    }
    const std::string user = find_address_of(transaction_, address)->user;
    return is_number(user) ? std::string() : user;
  }

  TimePoint told_since(const std::string& name) const {
    Statement row(transaction_.database(), "SELECT told_at FROM alias WHERE channel = ?1 AND user = ?2",
                  message_.from.channel, Blob{seal_for_search(name)});
    return row.next() ? row.get<TimePoint>(0) : TimePoint();
  }

  void put(const std::string& name, AddressId address) {
    const std::string user = seal_for_search(name);
    Statement(transaction_.database(),
              "INSERT INTO alias (channel, user, address, told_at) VALUES (?1, ?2, ?3, ?4)"
              " ON CONFLICT (channel, user) DO UPDATE SET address = ?3, told_at = max(told_at, ?4)",
              message_.from.channel, Blob{user}, address, told_)
        .run();
  }

  void forget(const std::string& name) {
    const std::string user = seal_for_search(name);
    Statement(transaction_.database(), "DELETE FROM alias WHERE channel = ?1 AND user = ?2", message_.from.channel,
              Blob{user})
        .run();
  }

  void tell(const char* kind, AddressId address, const std::string& number) {
    open_task(transaction_, kind, address, {}, now_, {{"number", number}});
  }

  // Nobody has the new name: whoever is told by it is found by 'known' first.
  void rename(AddressId address, const std::string& name) {
    const std::string user = seal_for_search(name);
    Statement(transaction_.database(), "UPDATE address SET user = ?2 WHERE id = ?1", address, Blob{user}).run();
    add_event(transaction_, "address.renamed", address.value, {}, now_);
  }

  Transaction& transaction_;
  const InboundMessage& message_;
  Names names_;
  TimePoint told_;
  TimePoint now_;
};

}  // namespace

HeardFrom address_of_sender(Transaction& transaction, const InboundMessage& message, TimePoint now) {
  auto names = names_of(message);
  const TimePoint heard = std::min(message.sent_at, now);
  if (!names) return find_or_add_heard(transaction, message.from, heard, now);
  const AddressId address = Learner(transaction, message, std::move(*names), now).learn();
  set_heard(transaction, address, heard);
  return {address};
}

AddressId find_alias(Transaction& transaction, const Address& address) {
  const std::string user = seal_for_search(address.user);
  Statement row(transaction.database(), "SELECT address FROM alias WHERE channel = ?1 AND user = ?2", address.channel,
                Blob{user});
  return row.next() ? row.get<AddressId>(0) : AddressId{};
}

std::vector<AddressId> twins_of(Transaction& transaction, AddressId address) {
  Statement row(transaction.database(), "SELECT other FROM twin WHERE address = ?1 ORDER BY other", address);
  std::vector<AddressId> found;
  while (row.next()) found.push_back(row.get<AddressId>(0));
  return found;
}

void stop_twins(Transaction& transaction, AddressId address, Consent consent, TimePoint now) {
  for (const AddressId twin : twins_of(transaction, address)) narrow_consent(transaction, twin, consent, "twin", now);
}

}  // namespace passerelle::store
