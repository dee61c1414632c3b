// passerelle doctor: one line for each thing that is wrong, with its remedy; --fix mends the safe ones.
#include "doctor.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <sstream>

#include "base/log.hpp"
#include "base/zone.hpp"
#include "cli/admin_client.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/print.hpp"

namespace passerelle::cli {
namespace {

namespace json = boost::json;
using doctor::Trouble;
using doctor::Troubles;

constexpr std::chrono::seconds deadline{5};
constexpr std::chrono::seconds test_deadline{30};
constexpr std::string_view gateway_check = "channel.gateway";

struct Looked {
  std::string_view id;
  std::string_view looks_at;
  Troubles troubles;
  std::vector<std::string> mended;  // what was wrong and no longer is
};

// passerelle_link_troubles{channel="sms"} 2
void read_metric(const std::string& line, doctor::House& house) {
  const auto begin = line.find("{channel=\"");
  const auto end = line.find("\"} ");
  if (begin == std::string::npos || end == std::string::npos) return;
  const std::string name = line.substr(begin + 10, end - begin - 10);
  const bool positive = line.substr(end + 3) != "0";
  if (line.starts_with("passerelle_channel_failing{")) house.sending[name].failing = positive;
  if (line.starts_with("passerelle_channel_signed_out{")) house.sending[name].signed_out = positive;
  if (line.starts_with("passerelle_link_troubles{")) house.sending[name].link_troubles = positive ? 1 : 0;
}

void ask_server(doctor::House& house) {
  const std::string socket = admin_socket(house.config());
  const auto alive = exchange(socket, {"GET", "/livez", ""}, deadline);
  house.server_answers = alive && *alive;
  if (!house.server_answers) return;
  const auto metrics = exchange(socket, {"GET", "/metrics", ""}, deadline);
  if (!metrics || !*metrics || (*metrics)->status != 200) return;
  std::istringstream lines((*metrics)->body);
  for (std::string line; std::getline(lines, line);) read_metric(line, house);
}

void ask_redis(doctor::House& house) {
  if (const auto* place = std::get_if<live::RedisPlace>(&house.config().session_store))
    house.redis = live::examine(*place, house.config().session_password);
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

void test_channel(const doctor::House& house, const std::string& name, Troubles& to) {
  const std::string where = "channel " + name;
  const auto answer =
      exchange(admin_socket(house.config()),
               {"POST", "/office/channel.test", json::serialize(json::object{{"name", name}})}, test_deadline);
  boost::system::error_code failed;
  const json::value body = answer && *answer ? json::parse((*answer)->body, failed) : json::value();
  const auto* rows = failed || !body.is_object() ? nullptr : body.get_object().if_contains("checks");
  if (rows == nullptr || !rows->is_array()) {
    to.push_back({where, "the server did not test it", "try it alone: passerelle channel test " + name});
    return;
  }
  for (const json::value& row : rows->get_array()) {
    if (!row.is_object() || text_of(row.get_object(), "result") != "failed") continue;
    to.push_back({where, text_of(row.get_object(), "what"), text_of(row.get_object(), "remedy")});
  }
}

Looked ask_gateways(const doctor::House& house) {
  Looked looked{gateway_check, "whether each gateway knows us, and its hook hears it", {}, {}};
  if (!house.server_answers)
    looked.troubles.push_back({"", "no server runs that could ask the gateways", "start it: passerelle serve"});
  else
    for (const auto& [name, channel] : house.channels) test_channel(house, name, looked.troubles);
  return looked;
}

void mend(Looked& looked) {
  Troubles left;
  for (Trouble& trouble : looked.troubles) {
    const auto done = trouble.mend ? trouble.mend() : result<void>(Error{});
    if (done) {
      looked.mended.push_back(trouble.where + ": " + trouble.what);
      continue;
    }
    if (trouble.mend) trouble.what += " (it could not be mended: " + done.error().what + ")";
    left.push_back(std::move(trouble));
  }
  looked.troubles = std::move(left);
}

bool is_wrong(const Looked& looked) {
  return std::ranges::any_of(looked.troubles, [](const Trouble& trouble) { return !trouble.note; });
}

std::string line_of(const Looked& looked, const Trouble& trouble) {
  std::string line = std::string(trouble.note ? "note   " : "wrong  ") + std::string(looked.id) + ": ";
  if (!trouble.where.empty()) line += trouble.where + ": ";
  return harmless(line + trouble.what + "; " + trouble.remedy);
}

void print(const std::vector<Looked>& all) {
  std::size_t wrong = 0, mended = 0;
  for (const Looked& looked : all) {
    for (const std::string& what : looked.mended)
      std::printf("mended %s: %s\n", std::string(looked.id).c_str(), harmless(what).c_str());
    for (const Trouble& trouble : looked.troubles) {
      std::printf("%s\n", line_of(looked, trouble).c_str());
      wrong += trouble.note ? 0 : 1;
    }
    mended += looked.mended.size();
  }
  std::printf("%zu checks, %zu wrong, %zu mended\n", all.size(), wrong, mended);
}

json::object to_json(const Looked& looked) {
  json::array troubles;
  for (const Trouble& trouble : looked.troubles) {
    troubles.push_back(
        {{"where", trouble.where}, {"what", trouble.what}, {"remedy", trouble.remedy}, {"note", trouble.note}});
  }
  return {{"id", looked.id},
          {"looks_at", looked.looks_at},
          {"ok", !is_wrong(looked)},
          {"troubles", std::move(troubles)},
          {"mended", json::array(looked.mended.begin(), looked.mended.end())}};
}

void print_json(const std::vector<Looked>& all, bool ok) {
  json::array rows;
  for (const Looked& looked : all) rows.push_back(to_json(looked));
  std::printf("%s\n", json::serialize(json::object{{"ok", ok}, {"checks", std::move(rows)}}).c_str());
}

}  // namespace

int doctor(const ConfigSources& sources, const DoctorOptions& options) {
  log::set_level(log::Level::error);
  TimePoint now = SystemClock().now();
  if (!options.clock.empty()) {
    const auto told = parse_instant(options.clock);
    if (!told) {
      std::fprintf(stderr, "passerelle: --clock: %s\n", told.error().what.c_str());
      return exit_usage;
    }
    now = *told;
  }
  doctor::House house = doctor::gather(sources, now);
  ask_server(house);
  ask_redis(house);
  std::vector<Looked> all;
  for (const doctor::Check& check : doctor::checks()) {
    Looked& looked = all.emplace_back(Looked{check.id, check.looks_at, {}, {}});
    check.look(house, looked.troubles);
    if (options.fix) mend(looked);
  }
  if (options.gateways) all.push_back(ask_gateways(house));
  const bool ok = std::ranges::none_of(all, is_wrong);
  if (options.as_json)
    print_json(all, ok);
  else
    print(all);
  return ok ? exit_ok : exit_failed;
}

}  // namespace passerelle::cli
