#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "domain/service_fields.hpp"

namespace passerelle {

std::string save(const Service& service) {
  boost::json::object saved;
  for (const std::string& field : service_fields()) {
    if (std::string text = field_text(service, field); !text.empty()) saved[field] = std::move(text);
  }
  return boost::json::serialize(saved);
}

Service load_service(std::string_view saved) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse({saved.data(), saved.size()}, error);
  if (error || !value.is_object()) throw std::runtime_error("a kept service is not JSON");
  Service service;
  for (const auto& item : value.get_object()) {
    const std::string field(item.key());
    const bool known = item.value().is_string() && std::ranges::find(service_fields(), field) != service_fields().end();
    if (!known || !set_field(service, field, item.value().get_string()))
      throw std::runtime_error(fmt::format("a kept service has a '{}' that cannot be read", field));
  }
  return service;
}

}  // namespace passerelle
