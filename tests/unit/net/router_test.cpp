#include "net/router.hpp"

#include <gtest/gtest.h>

namespace passerelle::net {
namespace {

Route route(std::string method, std::string pattern) {
  return Route{std::move(method), std::move(pattern),
               [](const HttpRequest&, const PathParameters&) -> Task<HttpResponse> { co_return HttpResponse{}; }};
}

Router router(std::initializer_list<std::pair<const char*, const char*>> rows) {
  Router made;
  for (const auto& [method, pattern] : rows) EXPECT_TRUE(made.add(route(method, pattern))) << pattern;
  return made;
}

std::string matched(const Router& router, std::string_view method, std::string_view path) {
  const Router::Match match = router.match(method, path);
  return match.route == nullptr ? "" : match.route->pattern;
}

TEST(Router, a_segment_in_braces_matches_one_segment_that_is_not_empty) {
  const Router routes = router({{"POST", "/hooks/{channel}"}});
  EXPECT_EQ(matched(routes, "POST", "/hooks/sms"), "/hooks/{channel}");
  EXPECT_EQ(matched(routes, "POST", "/hooks/"), "");
  EXPECT_EQ(matched(routes, "POST", "/hooks"), "");
  EXPECT_EQ(matched(routes, "POST", "/hooks/sms/"), "");
  EXPECT_EQ(matched(routes, "POST", "/hooks/sms/more"), "");
  EXPECT_EQ(matched(routes, "POST", "hooks/sms"), "");
  EXPECT_EQ(matched(routes, "POST", ""), "");
}

TEST(Router, parameters_are_the_segments_as_they_were_sent) {
  const Router routes = router({{"POST", "/hooks/{channel}/{secret}/status"}});
  const Router::Match match = routes.match("POST", "/hooks/sms%2Fa/%00..%2e/status");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.parameters, (PathParameters{{"channel", "sms%2Fa"}, {"secret", "%00..%2e"}}));
}

TEST(Router, a_literal_segment_wins_whatever_the_order_of_the_rows) {
  for (const bool literal_first : {true, false}) {
    const char* first = literal_first ? "/hooks/{channel}/status" : "/hooks/{channel}/{secret}";
    const char* second = literal_first ? "/hooks/{channel}/{secret}" : "/hooks/{channel}/status";
    const Router routes = router({{"POST", first}, {"POST", second}});
    EXPECT_EQ(matched(routes, "POST", "/hooks/sms/status"), "/hooks/{channel}/status");
    EXPECT_EQ(matched(routes, "POST", "/hooks/sms/statue"), "/hooks/{channel}/{secret}");
  }
}

TEST(Router, a_duplicate_row_is_an_error_that_names_both_rows) {
  Router routes = router({{"POST", "/hooks/{channel}"}});
  const auto added = routes.add(route("POST", "/hooks/{name}"));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().where, "POST /hooks/{name}");
  EXPECT_NE(added.error().what.find("POST /hooks/{channel}"), std::string::npos);
}

TEST(Router, two_rows_of_which_neither_is_more_exact_are_an_error) {
  Router routes = router({{"GET", "/{area}/list"}});
  EXPECT_FALSE(routes.add(route("GET", "/tasks/{what}")));
  EXPECT_TRUE(routes.add(route("POST", "/tasks/{what}")));
  EXPECT_TRUE(routes.add(route("GET", "/tasks/{what}/list")));
}

TEST(Router, a_faulty_row_is_refused) {
  Router routes;
  EXPECT_FALSE(routes.add(route("DELETE", "/tasks")));
  EXPECT_FALSE(routes.add(route("get", "/tasks")));
  EXPECT_FALSE(routes.add(route("GET", "tasks")));
  EXPECT_FALSE(routes.add(route("GET", "/tasks/{id")));
  EXPECT_FALSE(routes.add(route("GET", "/tasks/{}")));
  EXPECT_FALSE(routes.add(route("GET", "/{id}/{id}")));
  EXPECT_FALSE(routes.add(route("GET", "/tasks?all")));
  EXPECT_FALSE(routes.add(Route{"GET", "/tasks", {}}));
}

TEST(Router, another_method_of_a_known_path_is_told_which_methods_there_are) {
  const Router routes = router({{"POST", "/hooks/{channel}"}, {"GET", "/hooks/{channel}"}, {"GET", "/health"}});
  EXPECT_EQ(routes.match("PUT", "/hooks/sms").allow, "POST, GET");
  EXPECT_EQ(routes.match("POST", "/health").allow, "GET");
  EXPECT_EQ(routes.match("POST", "/elsewhere").allow, "");
  EXPECT_EQ(routes.match("GET", "/health").allow, "");
}

TEST(Router, the_root_is_a_path_like_any_other) {
  const Router routes = router({{"GET", "/"}});
  EXPECT_EQ(matched(routes, "GET", "/"), "/");
  EXPECT_EQ(matched(routes, "GET", "//"), "");
}

}  // namespace
}  // namespace passerelle::net
