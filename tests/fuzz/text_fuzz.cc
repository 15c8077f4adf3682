// Any bytes as text: tokens give them back, units and boundaries cover them in order.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "text/boundaries.h"
#include "text/tokenizer.h"
#include "text/units.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const cento::Vocabulary vocabulary =
      cento::Vocabulary::create({"th", "the", " the", "e ", "\n\n", "\xC3\xA9"}).value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const cento::Tokenizer tokenizer(vocabulary);
  std::vector<cento::TokenId> tokens;
  tokenizer.encode(text, tokens);
  std::string decoded;
  tokenizer.decode(tokens, decoded);
  require(decoded == text);

  uint32_t end = 0;
  for (const cento::Boundary& boundary : cento::find_boundaries(text)) {
    require(boundary.at > end || end == 0);
    end = boundary.at;
  }
  require(end == size);
  for (const auto& units : {cento::find_units(text), cento::find_containers(text)}) {
    end = 0;
    for (const cento::Unit& unit : units) {
      require(unit.begin >= end && unit.begin < unit.end && unit.end <= size);
      end = unit.end;
    }
  }
  return 0;
}
