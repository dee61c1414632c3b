// What the words of dialog/vocabulary.hpp mean: facts, lists and picks, read in the turn's own transaction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialog/engine.hpp"
#include "store/transaction.hpp"
#include "turns/content.hpp"

namespace passerelle::turns {

class Knows final : public dialog::Knowledge {
 public:
  // The transaction and the content outlive it. 'reads': the language that the person is known to read; services where
  // it is spoken come before others.
  Knows(store::Transaction& transaction, const Content& content, AddressId address, Locale reads, TimePoint now)
      : transaction_(transaction), content_(content), address_(address), reads_(std::move(reads)), now_(now) {}

  std::optional<std::int64_t> fact(std::string_view name, const Answers& kept) const override;
  std::vector<dialog::Choice> list(std::string_view name, const Answers& kept) const override;
  std::optional<std::string> pick(std::string_view what, const Answers& kept) const override;

 private:
  store::Transaction& transaction_;
  const Content& content_;
  AddressId address_;
  Locale reads_;
  TimePoint now_;
};

// The open questions that a text could be meant for, as the dialog "which" carries them: one name each.
inline constexpr const char* questions_answer = "questions";
inline constexpr const char* topics_answer = "topics";  // likewise, what a question of the person may have meant
std::string name_of(const Frame& frame);                // "reminder:12"
std::string join_names(const std::vector<std::string>& names);                  // as one answer
std::vector<std::string> split_names(const Answers& kept, const char* answer);  // of an answer that join_names made

// Under which dialogs keep the page and the service that were chosen.
inline constexpr const char* page_answer = "page";
inline constexpr const char* service_answer = "service";

// The page of this name while it may be told; null when there is none, or its time is over.
const Page* told_page(const Content& content, std::string_view id, TimePoint now);

}  // namespace passerelle::turns
