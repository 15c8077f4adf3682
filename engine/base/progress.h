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

// Reports, and says whether to go on.
inline bool report(const Progress& progress, std::string_view phase, uint64_t done,
                   uint64_t total) {
  return !progress || progress(phase, done, total);
}

}  // namespace cento
