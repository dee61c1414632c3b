#include "app_simulator.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "console/arguments.hpp"
#include "console/operations.hpp"
#include "simulator/page_json.hpp"
#include "turns/embedded.hpp"

namespace passerelle {
namespace {

using simulator::Sandbox;

struct PageFile {
  const char* path;
  const char* file;
  const char* type;
};
constexpr std::array<PageFile, 4> files{
    {{"/simulator", "console/simulator/index.html", "text/html; charset=utf-8"},
     {"/simulator.css", "console/simulator/simulator.css", "text/css; charset=utf-8"},
     {"/simulator.js", "console/simulator/simulator.js", "text/javascript; charset=utf-8"},
     {"/simulator_words.js", "console/simulator/simulator_words.js", "text/javascript; charset=utf-8"}}};

// Whatever somebody writes into the page stays text: no script but ours, and no request to anywhere else.
constexpr const char* policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::string_view text_of(const char* name) {
  const auto& all = turns::embedded_files();
  const auto found = std::ranges::find(all, name, &turns::EmbeddedFile::path);
  if (found == all.end()) throw std::logic_error(std::string(name) + " is not in the binary");
  return found->text;
}

HttpResponse json(int status, const boost::json::object& body) {
  return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(body) + "\n"};
}

HttpResponse told(int status, const Error& error) { return json(status, console::to_json(error)); }

// No form of another site can send it without asking us first, and we never say yes.
bool is_json(const HttpRequest& request) {
  const std::string_view type = field(request.fields, "Content-Type");
  return same_field_name(type.substr(0, type.find(';')), "application/json");
}

struct Operation {
  const char* name;
  const char* argument;  // null: none
  result<void> (*run)(Sandbox& sandbox, const std::string& value);
};
constexpr std::array<Operation, 5> operations{
    {{"say", "text", [](Sandbox& sandbox, const std::string& text) { return sandbox.say(text); }},
     {"ring", nullptr, [](Sandbox& sandbox, const std::string&) { return sandbox.ring(); }},
     {"act", "action", [](Sandbox& sandbox, const std::string& action) { return sandbox.act(action); }},
     {"pass", "to", [](Sandbox& sandbox, const std::string& to) { return sandbox.pass(to); }},
     {"state", nullptr, [](Sandbox&, const std::string&) { return result<void>(); }}}};

std::string optional_text(console::Arguments& given, std::string_view name, const char* example) {
  return given.text_if_given(name, example).value_or(std::string());
}

}  // namespace

std::vector<net::Route> SimulatorRoutes::routes() {
  std::vector<net::Route> routes;
  for (const PageFile& file : files) {
    const HttpResponse response{
        200,
        {{"Content-Type", file.type}, {"Content-Security-Policy", policy}, {"Referrer-Policy", "no-referrer"}},
        std::string(text_of(file.file))};
    routes.push_back({"GET", file.path, [response](const HttpRequest&, const net::PathParameters&) {
                        return [](HttpResponse copy) -> Task<HttpResponse> { co_return copy; }(response);
                      }});
  }
  routes.push_back(
      {"POST", "/simulator/{operation}",
       [this](const HttpRequest& request, const net::PathParameters& parameters) { return ask(request, parameters); }});
  return routes;
}

Task<HttpResponse> SimulatorRoutes::ask(const HttpRequest& request, const net::PathParameters& parameters) {
  if (!is_json(request)) co_return bare(415);
  const auto arguments = console::parse_arguments(request.body);
  if (!arguments) co_return told(400, arguments.error());
  const std::string& operation = parameters.at("operation");
  co_return operation == "begin" ? begin(*arguments) : go_on(operation, *arguments);
}

HttpResponse SimulatorRoutes::begin(const boost::json::object& arguments) {
  console::Arguments given(arguments);
  const std::string before = optional_text(given, "instead", "the id of the sandbox that is not needed any more");
  simulator::Phone phone;
  phone.number = given.text_if_given("number", "+41790000001").value_or(phone.number);
  phone.language = optional_text(given, "language", "fr");
  phone.latin_only = given.flag_if_given("latin_only").value_or(false);
  if (const auto sound = given.sound(); !sound) return told(400, sound.error());
  auto made = Sandbox::begin(parts_.content(), phone, parts_.clock.now());
  if (!made) return told(400, made.error());
  sandboxes_.remove(before);
  const std::string id = sandboxes_.add(*made);
  return shown(id, **made);
}

HttpResponse SimulatorRoutes::go_on(const std::string& operation, const boost::json::object& arguments) {
  const auto found = std::ranges::find(operations, operation, [](const Operation& row) { return row.name; });
  const bool saves = operation == "transcript";
  if (found == operations.end() && !saves) return told(404, {"there is no operation '" + operation + "'", ""});
  console::Arguments given(arguments);
  const std::string id = given.text("id", "what begin answered");
  const char* argument = saves ? nullptr : found->argument;
  const std::string value = argument == nullptr ? std::string() : optional_text(given, argument, "a text");
  if (const auto sound = given.sound(); !sound) return told(400, sound.error());
  // A page that only looks keeps nobody else's sandbox from staying.
  const auto sandbox = operation == "state" ? sandboxes_.look(id) : sandboxes_.use(id);
  if (sandbox == nullptr) return told(404, {"this conversation is not kept any more: begin a new one", "id"});
  if (saves) {
    const auto text = sandbox->transcript();
    return text ? json(200, {{"transcript", *text}}) : told(400, text.error());
  }
  if (const auto done = found->run(*sandbox, value); !done) return told(400, done.error());
  return shown(id, *sandbox);
}

HttpResponse SimulatorRoutes::shown(const std::string& id, Sandbox& sandbox) const {
  const auto view = sandbox.view();
  if (!view) return told(400, view.error());
  boost::json::object page = simulator::to_json(*view, *sandbox.content());
  page["id"] = id;
  page["current"] = sandbox.content() == parts_.content();
  page["choices"] = simulator::choices(*sandbox.content());
  return json(200, page);
}

}  // namespace passerelle
