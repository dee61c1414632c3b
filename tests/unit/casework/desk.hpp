// A store in memory, an association with two places, and an appointment as staff enter it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "casework/appointments.hpp"
#include "store/task.hpp"
#include "unit/store/folder.hpp"

namespace passerelle::casework {

inline TimePoint at(std::string_view civil, std::string_view zone = "Europe/Zurich") {
  return to_instant(parse_civil(civil).value(), zone);
}

inline Association two_places() {
  Association made;
  made.languages = {"fr", "ar", "fa-AF"};
  for (const auto& [id, zone] : {std::pair("delemont", "Europe/Zurich"), std::pair("tunis", "Africa/Tunis")}) {
    Place place;
    place.id = id;
    place.zone = zone;
    made.places.push_back(place);
  }
  return made;
}

class Desk : public testing::Test {
 protected:
  // Each call is one transaction, as one operation of staff or one message of a person is.
  void in_transaction(const std::function<void(store::Transaction&)>& work) {
    const result<void> done = store::transact_now(*writer_, work);
    EXPECT_TRUE(done) << to_string(done.error());
  }

  static NewAppointment entered(std::string_view when = "2027-04-15 14:30") {
    NewAppointment made;
    made.to = {"sms", "+41791234567"};
    made.at = parse_civil(when).value();
    made.zone = "Europe/Zurich";
    made.place = "delemont";
    made.with = "Anne";
    made.bring = {"papers"};
    made.name = "Selam";
    return made;
  }

  const Association association_ = two_places();
  const Known known_{association_, {"sms"}, {"papers", "letter"}};
  const TimePoint now_ = at("2027-04-01 10:00");

 private:
  std::unique_ptr<store::Writer> writer_ = store::in_memory();
};

inline std::vector<std::string> tasks_of(store::Transaction& transaction, AddressId address) {
  std::vector<std::string> kinds;
  for (const store::Task& task : store::open_tasks(transaction, address)) kinds.push_back(task.kind);
  return kinds;
}

}  // namespace passerelle::casework
