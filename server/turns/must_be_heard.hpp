// What counts however often somebody writes: cries for help, STOP, START, a wish to be called, and doubts about STOP.
#pragma once

#include "domain/address.hpp"
#include "domain/reading.hpp"

namespace passerelle::turns {

// 'locale': the person's language, or the site's as long as it is not known.
bool must_be_heard(const Reading& reading, const Locale& locale);

}  // namespace passerelle::turns
