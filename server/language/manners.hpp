// What a text is that is nothing but politeness.
#pragma once

namespace passerelle::language {

enum class Manners { none, greeting, thanks };

}  // namespace passerelle::language
