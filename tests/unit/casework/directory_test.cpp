#include "casework/directory.hpp"

#include "casework/hsds.hpp"
#include "store/service.hpp"
#include "unit/casework/desk.hpp"
#include "unit/casework/services.hpp"

namespace passerelle::casework {
namespace {

class Directory : public Desk {
 protected:
  DirectoryImport import(store::Transaction& transaction, const std::string& file, ImportWishes wishes = {}) {
    return import_directory(transaction, file, rules, wishes, now_);
  }
};

std::string counts(const DirectoryImport& done) {
  return std::to_string(done.added) + " added " + std::to_string(done.changed) + " changed " +
         std::to_string(done.same) + " same " + std::to_string(done.removed) + " removed " +
         std::to_string(done.errors.size()) + " errors";
}

TEST_F(Directory, an_import_adds_changes_and_leaves_the_others) {
  in_transaction([&](store::Transaction& transaction) {
    std::vector<Service> services = sound_services(4);
    EXPECT_EQ(counts(import(transaction, write_directory_csv(services))),
              "4 added 0 changed 0 same 0 removed 0 errors");
    services[0].name = "Changed";
    services.pop_back();
    EXPECT_EQ(counts(import(transaction, write_directory_csv(services))),
              "0 added 1 changed 2 same 0 removed 0 errors");
    EXPECT_EQ(store::find_service(transaction, services[0].ref)->name, "Changed");
    EXPECT_EQ(store::count_services(transaction), 4);
  });
}

TEST_F(Directory, a_replacing_import_takes_out_what_the_file_does_not_name) {
  in_transaction([&](store::Transaction& transaction) {
    std::vector<Service> services = sound_services(4);
    import(transaction, write_directory_csv(services));
    services.pop_back();
    const ImportWishes replace{true, false};
    EXPECT_EQ(counts(import(transaction, write_directory_csv(services), replace)),
              "0 added 0 changed 3 same 1 removed 0 errors");
    EXPECT_EQ(store::all_services(transaction).size(), 3U);
  });
}

TEST_F(Directory, a_dry_run_counts_and_changes_nothing) {
  in_transaction([&](store::Transaction& transaction) {
    std::vector<Service> services = sound_services(3);
    import(transaction, write_directory_csv({services.data(), 2}));
    services[0].name = "Changed";
    const std::string file = write_directory_csv({services.data() + 0, 1});
    EXPECT_EQ(counts(import(transaction, file, {true, true})), "0 added 1 changed 0 same 1 removed 0 errors");
    EXPECT_NE(store::find_service(transaction, services[0].ref)->name, "Changed");
    EXPECT_EQ(store::count_services(transaction), 2);
  });
}

TEST_F(Directory, nothing_is_imported_when_a_row_has_an_error) {
  in_transaction([&](store::Transaction& transaction) {
    std::vector<Service> services = sound_services(2);
    services[1].owner.clear();
    const DirectoryImport done = import(transaction, write_directory_csv(services), {true, false});
    EXPECT_EQ(counts(done), "0 added 0 changed 0 same 0 removed 1 errors");
    EXPECT_EQ(done.errors.front(), (RowError{3, "owner", "is missing", done.errors.front().offset}));
    EXPECT_EQ(store::count_services(transaction), 0);
  });
}

TEST_F(Directory, free_places_that_staff_have_counted_stay_where_a_file_does_not_count) {
  in_transaction([&](store::Transaction& transaction) {
    const std::string file =
        "ref,name,needs,source,owner,seen,expires\nbed,Abri,sleep,fiction,Anne,2027-01-01,2027-12-31\n";
    import(transaction, file);
    store::set_free_places(transaction, "bed", 2, now_);
    EXPECT_EQ(counts(import(transaction, file)), "0 added 0 changed 1 same 0 removed 0 errors");
    EXPECT_EQ(store::find_service(transaction, "bed")->free_places, 2);
    const std::string counting =
        "ref,name,needs,source,owner,seen,expires,free_places\n"
        "bed,Abri,sleep,fiction,Anne,2027-01-01,2027-12-31,\n";
    import(transaction, counting);
    EXPECT_EQ(store::find_service(transaction, "bed")->free_places, std::nullopt);
  });
}

TEST_F(Directory, an_export_of_either_kind_imports_as_the_same_directory) {
  in_transaction([&](store::Transaction& transaction) {
    const std::vector<Service> services = sound_services(40);
    import(transaction, write_directory_csv(services));
    const std::vector<Service> kept = store::all_services(transaction);
    for (const std::string& file : {write_directory_csv(kept), write_hsds(kept, "CH", now_)})
      EXPECT_EQ(counts(import(transaction, file, {true, false})), "0 added 0 changed 40 same 0 removed 0 errors");
  });
}

TEST_F(Directory, a_service_that_a_file_calls_defunct_is_taken_out) {
  in_transaction([&](store::Transaction& transaction) {
    import(transaction, R"([{"id":"a","name":"A","status":"active"},{"id":"b","name":"B","status":"active"}])");
    EXPECT_EQ(counts(import(transaction, R"([{"id":"a","name":"A","status":"defunct"}])")),
              "0 added 0 changed 0 same 1 removed 0 errors");
    EXPECT_EQ(store::count_services(transaction), 1);
  });
}

TEST_F(Directory, a_replacing_import_of_no_service_at_all_is_refused) {
  in_transaction([&](store::Transaction& transaction) {
    import(transaction, write_directory_csv(sound_services(2)));
    for (const std::string& file : {write_directory_csv({}), std::string("[]"), std::string(R"([{"contents":[]}])"),
                                    std::string(R"([{"id":"a","name":"A","status":"defunct"}])")}) {
      const DirectoryImport done = import(transaction, file, {true, false});
      EXPECT_EQ(counts(done), "0 added 0 changed 0 same 0 removed 1 errors") << file;
      EXPECT_TRUE(done.errors.front().what.starts_with("no service is in the file, and ")) << done.errors.front().what;
    }
    EXPECT_EQ(counts(import(transaction, R"([3,"x"])", {true, false})), "0 added 0 changed 0 same 0 removed 2 errors");
    EXPECT_EQ(store::count_services(transaction), 2);
  });
}

TEST_F(Directory, that_staff_have_emptied_is_not_filled_again) {
  in_transaction([&](store::Transaction& transaction) {
    const std::vector<Service> services = sound_services(2);
    seed_directory(transaction, services, now_);
    for (const Service& service : services) store::remove_service(transaction, service.ref);
    seed_directory(transaction, services, now_);
    EXPECT_EQ(store::count_services(transaction), 0);
  });
}

TEST_F(Directory, that_was_there_before_the_first_start_is_not_filled_when_it_is_emptied) {
  in_transaction([&](store::Transaction& transaction) {
    const std::vector<Service> services = sound_services(2);
    import(transaction, write_directory_csv({services.data(), 1}));
    seed_directory(transaction, services, now_);
    store::remove_service(transaction, services[0].ref);
    seed_directory(transaction, services, now_);
    EXPECT_EQ(store::count_services(transaction), 0);
  });
}

TEST_F(Directory, that_never_held_anything_is_filled_when_the_association_writes_its_file) {
  in_transaction([&](store::Transaction& transaction) {
    seed_directory(transaction, {}, now_);
    seed_directory(transaction, sound_services(2), now_);
    EXPECT_EQ(store::count_services(transaction), 2);
  });
}

TEST_F(Directory, is_seeded_once) {
  in_transaction([&](store::Transaction& transaction) {
    const std::vector<Service> services = sound_services(3);
    seed_directory(transaction, {services.data(), 2}, now_);
    EXPECT_EQ(store::count_services(transaction), 2);
    seed_directory(transaction, services, now_);
    EXPECT_EQ(store::count_services(transaction), 2) << "staff have a directory of their own";
  });
}

}  // namespace
}  // namespace passerelle::casework
