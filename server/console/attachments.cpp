// Operations on what people showed us: attachments.list, attachments.get, attachments.erase.
#include <fmt/format.h>

#include <array>
#include <boost/json/array.hpp>

#include "console/arguments.hpp"
#include "console/attachment_row.hpp"
#include "console/operations.hpp"
#include "store/address.hpp"
#include "store/attachment.hpp"
#include "store/attachment_list.hpp"
#include "store/event.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t usual_attachments = 50;
constexpr std::int64_t most_attachments = 1000;
constexpr std::size_t shortest_ref = 4;
constexpr std::string_view ref_example = "the beginning of its ref, as 'attachments list' shows it";

result<boost::json::object> list(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments, telephony(desk));
  const auto address = given.address_if_given("from");
  const std::int64_t limit = given.number_if_given("limit", 1, most_attachments).value_or(usual_attachments);
  if (const auto sound = given.sound(); !sound) return sound.error();
  std::optional<AddressId> from;
  if (address) {
    from = store::find_address(desk.transaction, *address);
    if (!*from) return Error{fmt::format("nothing has come from {}", to_string(*address)), "from"};
  }
  boost::json::array rows;
  for (const auto& attachment : store::newest_attachments(desk.transaction, limit, from))
    rows.push_back(attachment_row(desk, attachment));
  return boost::json::object{{"attachments", std::move(rows)}};
}

result<store::ListedAttachment> named(Desk& desk, const std::string& ref) {
  if (ref.size() < shortest_ref) {
    return Error{
        fmt::format("'{}' is too short to name an attachment: write at least {} characters", ref, shortest_ref), "ref"};
  }
  auto found = store::attachments_named(desk.transaction, ref);
  if (found.empty()) return Error{fmt::format("no attachment has the ref '{}'", ref), "ref"};
  if (found.size() > 1) return Error{fmt::format("several attachments begin with '{}': write more of it", ref), "ref"};
  return std::move(found.front());
}

// What whoever may read the data folder needs to find the file, and to know that it is whole.
result<boost::json::object> get(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto attachment = named(desk, ref);
  if (!attachment) return attachment.error();
  if (attachment->state != "kept") return Error{fmt::format("there is no file: {}", in_brackets(*attachment)), "ref"};
  store::add_event(desk.transaction, "attachment.saved", attachment->id.value, {}, desk.now);
  boost::json::object row = attachment_row(desk, *attachment);
  row["digest"] = attachment->digest;
  return row;
}

result<boost::json::object> erase(Desk& desk, const boost::json::object& arguments) {
  Arguments given(arguments);
  const std::string ref = given.text("ref", ref_example);
  if (const auto sound = given.sound(); !sound) return sound.error();
  const auto attachment = named(desk, ref);
  if (!attachment) return attachment.error();
  store::erase_attachment(desk.transaction, attachment->id, desk.now);
  store::add_event(desk.transaction, "attachment.erased", attachment->id.value, {}, desk.now);
  return boost::json::object{{"erased", attachment->ref}};
}

constexpr std::array<Operation, 3> rows{
    {{"attachments.list", list}, {"attachments.get", get}, {"attachments.erase", erase}}};

}  // namespace

std::span<const Operation> attachment_operations() { return rows; }

}  // namespace passerelle::console
