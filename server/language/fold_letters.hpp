// Letters that people use for one another: one representative each, for language/normalize.
#pragma once

namespace passerelle::language {

// 'letter' is already compatibility-normalised, lower case and decomposed. 0 means: leave it out.
char32_t unify(char32_t letter);

}  // namespace passerelle::language
