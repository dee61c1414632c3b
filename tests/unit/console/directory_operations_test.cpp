#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "casework/directory.hpp"
#include "unit/console/asking.hpp"

namespace passerelle::console {
namespace {

class DirectoryOperations : public Asking {
 protected:
  DirectoryOperations() {
    const auto done = store::transact_now(*writer_, [this](store::Transaction& transaction) {
      casework::seed_directory(transaction, content_->services, noon);
    });
    EXPECT_TRUE(done);
  }

  std::string refs(const std::string& arguments) {
    const auto answer = ask("directory.list", arguments);
    std::string text;
    for (const auto& row : answer.value().at("services").as_array())
      text += std::string(row.at("ref").as_string()) + " ";
    return text;
  }

  std::string text_of(const std::string& format) {
    return std::string(ask("directory.export", R"({"format":")" + format + "\"}").value().at("text").as_string());
  }

  std::string imported(const std::string& file, const std::string& more = "") {
    boost::json::object arguments{{"file", file}};
    const std::string body = boost::json::serialize(arguments);
    return boost::json::serialize(ask("directory.import", body.substr(0, body.size() - 1) + more + "}").value());
  }
};

TEST_F(DirectoryOperations, the_demo_s_directory_is_listed_by_need_and_area) {
  const auto all = ask("directory.list").value();
  EXPECT_EQ(all.at("count"), content_->services.size());
  EXPECT_EQ(refs(R"({"need":"sleep","area":"Valmoret"})"), "nuit-femmes-valmoret nuit-valmoret ");
  EXPECT_EQ(error_of("directory.list", R"({"need":"slep"})"), "'need' cannot be 'slep': did you mean 'sleep'?");
  EXPECT_EQ(error_of("directory.list", R"({"area":"Valmorett"})"),
            "no service is in 'Valmorett'; did you mean 'Valmoret'?");
}

TEST_F(DirectoryOperations, both_exports_import_as_what_is_there) {
  for (const char* format : {"csv", "hsds"}) {
    const std::string same = R"({"added":0,"changed":0,"same":)" + std::to_string(content_->services.size()) +
                             R"(,"removed":0,"errors":[]})";
    EXPECT_EQ(imported(text_of(format), R"(,"replace":true)"), same) << format;
  }
}

TEST_F(DirectoryOperations, an_import_with_mistakes_names_them_and_changes_nothing) {
  const std::string before = text_of("csv");
  EXPECT_EQ(imported("ref,name,needs,source,owner,seen,expires\nx,X,fod,a,b,2027-01-01,2027-12-31\n"),
            R"({"added":0,"changed":0,"same":0,"removed":0,"errors":[{"row":2,"column":"needs",)"
            R"("error":"needs: there is no need 'fod'; did you mean 'food'?"}]})");
  EXPECT_EQ(text_of("csv"), before);
}

TEST_F(DirectoryOperations, free_places_are_set_and_taken_back) {
  const auto set = [this](const std::string& free) {
    return std::string(ask("directory.set", R"({"ref":"nuit-valmoret","free":")" + free + "\"}")
                           .value()
                           .at("free_places")
                           .as_string());
  };
  EXPECT_EQ(set("4"), "4");
  EXPECT_EQ(set("none"), "");
  EXPECT_EQ(error_of("directory.set", R"({"ref":"nuit-valmoret","free":"-1"})"),
            "'free' is not a whole number from 0 to 9999");
  EXPECT_EQ(error_of("directory.set", R"({"ref":"nuit-valmoret"})"), "'free' is missing: write 3, or none");
  EXPECT_EQ(error_of("directory.set", R"({"ref":"nuit-valmore","free":"1"})"),
            "no service has the ref 'nuit-valmore'; did you mean 'nuit-valmoret'?");
}

TEST_F(DirectoryOperations, what_has_expired_is_a_task_until_it_is_renewed_or_removed) {
  const auto tasks = [this] {
    std::string text;
    const auto answer = ask("inbox.tasks").value();
    for (const auto& row : answer.at("tasks").as_array()) {
      if (row.at("subject").as_string().starts_with("page:")) continue;  // the demo's own expired page
      text += std::string(row.at("kind").as_string()) + " " + std::string(row.at("subject").as_string()) + " " +
              std::string(row.at("owner").as_string()) + "\n";
    }
    return text;
  };
  const std::string head = "ref,name,needs,source,owner,seen,expires\n";
  imported(head + "soup,Soupe,food,fiction,Anne,2027-01-01,2027-04-05\n");
  EXPECT_EQ(tasks(), "fact_expiring service:soup Anne\nfact_expired service:cv-montclar Jeanne\n");
  imported(head + "soup,Soupe,food,fiction,Anne,2027-03-28,2027-12-31\n");
  ask("directory.remove", R"({"ref":"cv-montclar"})").value();
  EXPECT_EQ(tasks(), "");
  EXPECT_EQ(error_of("directory.remove", R"({"ref":"cv-montclar"})"),
            "no service has the ref 'cv-montclar'; 'directory list' shows them");
}

}  // namespace
}  // namespace passerelle::console
