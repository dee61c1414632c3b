// Tables of a gateway's answers: {"name", "status", "body", "retry_after", "want"}.
#pragma once

#include "unit/adapters/events_json.hpp"
#include "unit/adapters/outcome_words.hpp"

namespace passerelle::adapters {

inline void expect_answers(const std::string& path, std::size_t at_least, const Channel& channel) {
  const boost::json::value file = file_json(path);
  EXPECT_GE(file.at("answers").as_array().size(), at_least);
  for (const boost::json::value& row : file.at("answers").as_array()) {
    HttpResponse response{static_cast<int>(row.at("status").as_int64()), {}, body_text(row.at("body"))};
    if (const boost::json::value* after = row.as_object().if_contains("retry_after"))
      response.fields.push_back({"retry-after", std::string(after->as_string())});
    EXPECT_EQ(words_of(channel.judge(response)), std::string(row.at("want").as_string())) << row.at("name");
  }
}

}  // namespace passerelle::adapters
