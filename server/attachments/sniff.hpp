// What a file is by its own first bytes. What the sender or the gateway calls it is never believed.
#pragma once

#include <string_view>

namespace passerelle::attachments {

inline constexpr std::string_view unknown_type = "application/octet-stream";

// One of a closed list of types that programs of staff may open: image/jpeg, image/png, image/webp, image/gif,
// application/pdf, audio/ogg, audio/mpeg, audio/amr, audio/mp4, video/mp4, video/3gpp. Everything else, SVG and HTML
// above all, is unknown_type: it is kept as bytes, and never shown. Pure, and looks at the first 64 bytes alone.
std::string_view sniff(std::string_view bytes);

}  // namespace passerelle::attachments
