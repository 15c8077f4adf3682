// A fuzz target is a function that any bytes may be given to. libFuzzer feeds it where CENTO_FUZZ
// is on; in every other build it is a test case that replays the inputs of
// tests/fuzz/corpus/<name>, seeds and finds, and some mutations of each.
//
//   CENTO_FUZZ_TARGET(text) { … input … }
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/bytes.h"

#ifdef CENTO_FUZZ
#define CENTO_FUZZ_TARGET(name)                                             \
  static void fuzz_##name(cento::Bytes input);                              \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) { \
    fuzz_##name({data, size});                                              \
    return 0;                                                               \
  }                                                                         \
  static void fuzz_##name(cento::Bytes input)
#else
#include <doctest.h>
#define CENTO_FUZZ_TARGET(name)                                   \
  static void fuzz_##name(cento::Bytes input);                    \
  TEST_CASE("The inputs of fuzz target '" #name "' do no harm") { \
    cento::fuzz::replay(#name, fuzz_##name);                      \
  }                                                               \
  static void fuzz_##name(cento::Bytes input)
#endif

namespace cento::fuzz {

// What must hold whatever the input is. Stops the fuzzer, which keeps the input.
inline void require(bool holds) {
  if (!holds) std::abort();
}

// Runs `target` on each file of the corpus folder `name`. Defined in replay_test.cc.
void replay(std::string_view name, void (*target)(Bytes));

// Takes what a target needs from the front of its input. Where that is used up there are zeros and
// nothing, so that every input means something.
class Pieces {
 public:
  explicit Pieces(Bytes bytes) : rest_(bytes) {}

  bool is_empty() const { return rest_.empty(); }
  uint8_t byte() {
    const Bytes one = bytes(1);
    return one.empty() ? uint8_t{0} : one[0];
  }
  uint32_t number() {
    const uint32_t low = byte();
    return low | uint32_t{byte()} << 8;
  }
  Bytes bytes(size_t count) {
    const Bytes taken = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  // As many bytes as the two before them say.
  Bytes counted() { return bytes(number()); }
  std::string_view text() { return as_text(counted()); }
  Bytes rest() { return bytes(rest_.size()); }

 private:
  Bytes rest_;
};

}  // namespace cento::fuzz
