// The simulator page on the admin listener: its files, and the sandboxes behind it. Nothing of it reaches the store.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "net/router.hpp"
#include "simulator/sandboxes.hpp"
#include "turns/content.hpp"

namespace passerelle {

class SimulatorRoutes {
 public:
  struct Parts {
    std::function<std::shared_ptr<const turns::Content>()> content;  // of the moment
    const Clock& clock;                                              // when a new sandbox begins
  };
  // The handlers refer to this.
  explicit SimulatorRoutes(Parts parts) : parts_(std::move(parts)) {}

  // GET /simulator and its files; POST /simulator/{operation}, JSON in and out: begin, say, ring, act, pass, state,
  // transcript. 400 with {"error", "where"}; 404 for an id whose sandbox has gone; 415 for what no page of ours sends.
  std::vector<net::Route> routes();

 private:
  Task<HttpResponse> ask(const HttpRequest& request, const net::PathParameters& parameters);
  HttpResponse begin(const boost::json::object& arguments);
  HttpResponse go_on(const std::string& operation, const boost::json::object& arguments);
  HttpResponse shown(const std::string& id, simulator::Sandbox& sandbox) const;

  Parts parts_;
  simulator::Sandboxes sandboxes_;
};

}  // namespace passerelle
