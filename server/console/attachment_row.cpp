#include "console/attachment_row.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "console/moment.hpp"

namespace passerelle::console {
namespace {

constexpr std::int64_t kilobyte = 1'000;
constexpr std::int64_t megabyte = 1'000'000;

// What the codes mean; those of gateways explain themselves ("404").
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> reasons{
    {{"other_host", "it is not where this gateway keeps its files"},
     {"redirect", "it is not where this gateway keeps its files"},
     {"too_large", "it is larger than [attachments] largest_mb"},
     {"not_fetched", "this gateway's files cannot be fetched: ask the person to send it otherwise"},
     {"switched_off", "[attachments] largest_mb is 0"},
     {"folder_full", "[attachments] folder_mb is reached: erase some, or raise it"},
     {"sender_share", "this sender's files fill a tenth of [attachments] folder_mb: erase some"},
     {"disk", "the disk took no file; the log tells why"},
     {"empty", "the gateway has sent nothing"},
     {"401", "the gateway does not accept the channel's secret"},
     {"403", "the gateway does not accept the channel's secret"}}};

std::string_view meaning_of(std::string_view why) {
  for (const auto& [reason, meaning] : reasons) {
    if (reason == why) return meaning;
  }
  return {};
}

std::string_view kind_of(std::string_view type) {
  if (type.starts_with("image/")) return "photo";
  if (type.starts_with("audio/")) return "voice";
  if (type.starts_with("video/")) return "video";
  return type == "application/pdf" ? "document" : "file";
}

std::string size_of(std::int64_t bytes) {
  if (bytes >= megabyte) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / megabyte);
  return fmt::format("{} KB", (bytes + kilobyte - 1) / kilobyte);
}

}  // namespace

std::string in_brackets(const store::ListedAttachment& attachment) {
  if (attachment.state == "kept") return fmt::format("[{}, {}]", kind_of(attachment.type), size_of(attachment.bytes));
  if (attachment.state == "erased") return "[erased]";
  const std::string why = attachment.why.empty() ? std::string() : ": " + attachment.why;
  return attachment.state == "lost" ? "[not fetched" + why + "]" : "[not fetched yet" + why + "]";
}

boost::json::object attachment_row(const Desk& desk, const store::ListedAttachment& attachment) {
  boost::json::object row{{"ref", attachment.ref},
                          {"address", to_string(attachment.from)},
                          {"state", attachment.state},
                          {"shown", in_brackets(attachment)}};
  put_moment(row, "received", attachment.received, desk.content);
  if (!attachment.why.empty()) row["why"] = attachment.why;
  if (const auto meaning = meaning_of(attachment.why); !meaning.empty()) row["why_meaning"] = meaning;
  if (attachment.next_at && *attachment.next_at > desk.now) put_moment(row, "next", *attachment.next_at, desk.content);
  if (attachment.not_after) put_moment(row, "until", *attachment.not_after, desk.content);
  if (attachment.state == "kept") {
    row["type"] = attachment.type;
    row["bytes"] = attachment.bytes;
  }
  row["text"] = attachment.text;
  return row;
}

}  // namespace passerelle::console
