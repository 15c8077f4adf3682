// Progress and cancellation of long work, in one object that is passed down.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace cento {

// Called now and then during long work. `phase` names what is being done ("reading",
// "crystallizing", "sorting suffixes", …), `done` of `total` units of it are finished. Returns
// false to cancel: the work then stops soon and gives StatusCode::kAborted. An empty function
// reports to nobody.
using Progress = std::function<bool(std::string_view phase, uint64_t done, uint64_t total)>;

// Reports, and says whether to go on. With CENTO_NO_PROGRESS, which is for builds that must be
// small, nobody is told.
inline bool report([[maybe_unused]] const Progress& progress,
                   [[maybe_unused]] std::string_view phase, [[maybe_unused]] uint64_t done,
                   [[maybe_unused]] uint64_t total) {
#ifdef CENTO_NO_PROGRESS
  return true;
#else
  return !progress || progress(phase, done, total);
#endif
}

}  // namespace cento
