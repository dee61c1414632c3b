#include "attachments/sniff.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace passerelle::attachments {
namespace {

struct Mark {
  std::string_view begins;
  std::string_view type;
};

// Marks that stand at the very beginning, and cannot well be anything else.
constexpr std::array<Mark, 8> marks{{
    {"\xFF\xD8\xFF", "image/jpeg"},
    {"\x89PNG\r\n\x1A\n", "image/png"},
    {"GIF87a", "image/gif"},
    {"GIF89a", "image/gif"},
    {"%PDF-", "application/pdf"},
    {std::string_view("OggS\0", 5), "audio/ogg"},  // Opus or Vorbis; what else Ogg may carry, no phone records
    {"ID3", "audio/mpeg"},
    {"#!AMR", "audio/amr"},
}};

// Brands of ISO 14496-12 in use by phones.
constexpr std::array<Mark, 10> brands{{
    {"3gp", "video/3gpp"},
    {"3g2", "video/3gpp"},
    {"M4A ", "audio/mp4"},
    {"M4B ", "audio/mp4"},
    {"isom", "video/mp4"},
    {"iso", "video/mp4"},
    {"mp4", "video/mp4"},
    {"avc1", "video/mp4"},
    {"M4V ", "video/mp4"},
    {"dash", "video/mp4"},
}};

template <std::size_t size>
std::string_view type_by(const std::array<Mark, size>& list, std::string_view bytes) {
  const auto found = std::ranges::find_if(list, [&](const Mark& mark) { return bytes.starts_with(mark.begins); });
  return found == list.end() ? std::string_view() : found->type;
}

// A frame of MPEG audio, layer III: eleven bits of one, then a version, a layer, a rate and a frequency that exist.
// ADTS (AAC) has the same eleven bits, and layer 0.
bool is_mp3_frame(std::string_view bytes) {
  if (bytes.size() < 4) return false;
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  const bool synchronised = at(0) == 0xFF && (at(1) & 0xE0U) == 0xE0U;
  const bool has_version = (at(1) & 0x18U) != 0x08U;
  const bool is_layer_three = (at(1) & 0x06U) == 0x02U;
  const bool has_rate = (at(2) & 0xF0U) != 0xF0U && (at(2) & 0xF0U) != 0;
  return synchronised && has_version && is_layer_three && has_rate && (at(2) & 0x0CU) != 0x0CU;
}

// "RIFF", a size, "WEBP".
bool is_webp(std::string_view bytes) {
  return bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP";
}

// A box "ftyp" first, and its brand.
std::string_view type_of_boxes(std::string_view bytes) {
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return {};
  return type_by(brands, bytes.substr(8));
}

}  // namespace

std::string_view sniff(std::string_view bytes) {
  bytes = bytes.substr(0, 64);
  if (const auto type = type_by(marks, bytes); !type.empty()) return type;
  if (is_webp(bytes)) return "image/webp";
  if (const auto type = type_of_boxes(bytes); !type.empty()) return type;
  if (is_mp3_frame(bytes)) return "audio/mpeg";
  return unknown_type;
}

}  // namespace passerelle::attachments
