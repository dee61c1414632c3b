#include "store/buttons.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include "store/sealed.hpp"
#include "store/statement.hpp"

namespace passerelle::store {

std::string write_buttons(const Buttons& buttons) {
  boost::json::array list;
  for (const Button& button : buttons.list)
    list.push_back(boost::json::object{{"payload", button.payload}, {"label", button.label}});
  return boost::json::serialize(boost::json::object{{"open", buttons.open}, {"list", std::move(list)}});
}

Buttons read_buttons(std::string_view json) {
  const boost::json::value root = boost::json::parse(json);
  Buttons buttons;
  buttons.open = boost::json::value_to<std::string>(root.at("open"));
  for (const boost::json::value& each : root.at("list").as_array()) {
    buttons.list.push_back(
        {boost::json::value_to<std::string>(each.at("payload")), boost::json::value_to<std::string>(each.at("label"))});
  }
  return buttons;
}

std::string write_approved(const FilledText& text) {
  const auto list = [](const std::vector<std::string>& items) { return boost::json::value_from(items); };
  return boost::json::serialize(boost::json::object{
      {"name", text.name}, {"code", text.code}, {"values", list(text.values)}, {"payloads", list(text.payloads)}});
}

FilledText read_approved(std::string_view json) {
  const boost::json::value root = boost::json::parse(json);
  using Texts = std::vector<std::string>;
  return {boost::json::value_to<std::string>(root.at("name")), boost::json::value_to<std::string>(root.at("code")),
          boost::json::value_to<Texts>(root.at("values")), boost::json::value_to<Texts>(root.at("payloads"))};
}

Buttons buttons_of(Transaction& transaction, OutboundId message) {
  Statement row(transaction.database(), "SELECT buttons FROM outbound WHERE id = ?1", message);
  const auto sealed = row.next() ? row.get<std::optional<std::string>>(0) : std::nullopt;
  return sealed ? read_buttons(unseal(*sealed)) : Buttons();
}

}  // namespace passerelle::store
