// Atoms: what units are made of. Pre-tokens without their leading space, the parts of one word
// ("don" + "'t") and the groups of one number ("196" + "3") put together again.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/boundaries.h"
#include "text/pretokenizer.h"

namespace cento {

struct Atom {
  uint32_t begin;  // bytes, half-open, without white space
  uint32_t end;
  PretokenKind kind;  // never kSpace
  bool glued;         // no white space between it and the atom before
  bool one_space;     // a single blank or line break between it and the atom before
};

// The atoms of one sentence, so that no unit crosses its end.
struct Sentence {
  uint32_t first;  // atoms, half-open
  uint32_t end;
};

// The atoms of a text, ascending, and the sentences over them. Cost: linear.
struct AtomizedText {
  std::vector<Atom> atoms;
  std::vector<Sentence> sentences;
};
AtomizedText atomize(std::string_view text, std::span<const Boundary> boundaries);

}  // namespace cento
