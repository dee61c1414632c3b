// A store in memory and the demo's content: an operation asked by its name, as the admin socket asks it.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "console/operations.hpp"
#include "support/demo.hpp"

namespace passerelle::console {

inline const TimePoint noon = from_ms(1'806'231'600'000);  // 2027-03-28 13:00 in Zurich, the day the clock changes

class Asking : public ::testing::Test {
 protected:
  result<boost::json::object> ask(std::string_view name, const std::string& arguments = "{}", TimePoint now = noon) {
    const Operation* operation = find_operation(name);
    if (operation == nullptr) throw std::logic_error("no operation " + std::string(name));
    result<boost::json::object> answer = boost::json::object();
    const auto given = parse_arguments(arguments);
    if (!given) return given.error();
    const auto done = store::transact_now(*writer_, [&](store::Transaction& transaction) {
      Desk desk{transaction, *content_, channels_, now};
      answer = run(*operation, desk, *given);
    });
    EXPECT_TRUE(done) << to_string(done.error());
    return answer;
  }

  std::string error_of(std::string_view name, const std::string& arguments) {
    const auto answer = ask(name, arguments);
    return answer ? "none: " + boost::json::serialize(*answer) : answer.error().what;
  }

  std::shared_ptr<const turns::Content> content_ = testing::demo_content();
  turns::ChannelBook channels_ = {{"sms", {{}, true, false}}};
  std::unique_ptr<store::Writer> writer_ = testing::memory_store();
};

}  // namespace passerelle::console
