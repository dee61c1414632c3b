#include "language/shipped_model.hpp"

#include <cstddef>

// PASSERELLE_MODEL is the file's path (CMakeLists.txt).
asm(".pushsection .rodata.passerelle_model, \"a\"\n"
    "passerelle_model_begin:\n"
    ".incbin \"" PASSERELLE_MODEL
    "\"\n"
    "passerelle_model_end:\n"
    ".popsection\n");
extern "C" {
extern const char passerelle_model_begin[], passerelle_model_end[];
}

namespace passerelle::language {

std::string_view shipped_model() {
  return {passerelle_model_begin, static_cast<std::size_t>(passerelle_model_end - passerelle_model_begin)};
}

}  // namespace passerelle::language
