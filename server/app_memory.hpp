// What reading the content took and nobody needs any more goes back to the system.
#pragma once

namespace passerelle {

// After each reading of all content. Slow (a millisecond): not for a turn.
void give_back_memory();

}  // namespace passerelle
