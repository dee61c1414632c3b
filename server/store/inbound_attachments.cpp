#include "store/inbound_attachments.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "store/sealed.hpp"

namespace passerelle::store {

std::optional<std::string> seal_attachments(const std::vector<Attachment>& attachments) {
  if (attachments.empty()) return std::nullopt;
  boost::json::array list;
  for (const Attachment& attachment : attachments) {
    list.push_back(boost::json::object{{"url", attachment.url}, {"content_type", attachment.content_type}});
  }
  return seal(boost::json::serialize(list));
}

std::vector<Attachment> read_attachments(const std::string& sealed) {
  const boost::json::value list = boost::json::parse(unseal(sealed));
  std::vector<Attachment> attachments;
  for (const boost::json::value& item : list.as_array()) {
    attachments.push_back({boost::json::value_to<std::string>(item.at("url")),
                           boost::json::value_to<std::string>(item.at("content_type"))});
  }
  return attachments;
}

}  // namespace passerelle::store
