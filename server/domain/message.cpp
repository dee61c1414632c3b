#include "domain/message.hpp"

#include <array>
#include <utility>

namespace passerelle {
namespace {

constexpr std::array<std::pair<Delivery, std::string_view>, 8> names{{{Delivery::queued, "queued"},
                                                                      {Delivery::sent, "sent"},
                                                                      {Delivery::delivered, "delivered"},
                                                                      {Delivery::read, "read"},
                                                                      {Delivery::failed, "failed"},
                                                                      {Delivery::expired, "expired"},
                                                                      {Delivery::stopped, "stopped"},
                                                                      {Delivery::uncertain, "uncertain"}}};

constexpr std::array<std::pair<MessageClass, std::string_view>, 5> class_names{{{MessageClass::crisis, "crisis"},
                                                                                {MessageClass::reply, "reply"},
                                                                                {MessageClass::reminder, "reminder"},
                                                                                {MessageClass::shift, "shift"},
                                                                                {MessageClass::notice, "notice"}}};

}  // namespace

std::string_view to_string(MessageClass message_class) {
  for (const auto& [value, name] : class_names) {
    if (value == message_class) return name;
  }
  return {};
}

bool parse_message_class(std::string_view text, MessageClass& message_class) {
  for (const auto& [value, name] : class_names) {
    if (name == text) {
      message_class = value;
      return true;
    }
  }
  return false;
}

std::string_view to_string(Delivery state) {
  for (const auto& [value, name] : names) {
    if (value == state) return name;
  }
  return {};
}

bool parse_delivery(std::string_view text, Delivery& state) {
  for (const auto& [value, name] : names) {
    if (name == text) {
      state = value;
      return true;
    }
  }
  return false;
}

bool allowed(Delivery from, Delivery to) {
  switch (from) {
    case Delivery::queued: return to != Delivery::queued;
    case Delivery::uncertain:
      return to == Delivery::queued || to == Delivery::sent || to == Delivery::delivered || to == Delivery::read ||
             to == Delivery::failed;
    case Delivery::sent: return to == Delivery::delivered || to == Delivery::read || to == Delivery::failed;
    case Delivery::delivered: return to == Delivery::read;
    case Delivery::failed: return to == Delivery::delivered;
    case Delivery::read:
    case Delivery::expired:
    case Delivery::stopped: return false;
  }
  return false;
}

}  // namespace passerelle
