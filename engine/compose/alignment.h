// How two sentences differ: an edit alignment over their words, numbers and marks (Needleman &
// Wunsch 1970, with free ends in the longer one), read as a few differences in whole units.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/atoms.h"
#include "text/units.h"

namespace cento {

// A text made comparable, with the way back: white space is one blank, quotation marks, apostrophes
// and dashes are those of ASCII. Lifetime: what it is made from must outlive it.
struct FoldedText {
  // Without units; `find_units` adds them, at twice the cost.
  explicit FoldedText(std::string_view text_as_it_stands);
  void find_units();

  std::string_view atom(uint32_t i) const {
    return std::string_view(text).substr(atoms[i].begin, atoms[i].end - atoms[i].begin);
  }
  uint32_t atom_count() const { return static_cast<uint32_t>(atoms.size()); }

  std::string_view original;
  std::string text;
  std::vector<uint32_t> offsets;  // in the original, of each byte of `text` and of its end
  std::vector<Atom> atoms;
  std::vector<uint32_t> hashes;   // of each atom's text
  std::vector<Unit> units;        // of the original
  std::vector<uint32_t> unit_of;  // of each atom
};

// Atoms of one text that stand where atoms of the other do; either may be empty.
struct Difference {
  uint32_t begin;  // in the first text, half-open
  uint32_t end;
  uint32_t other_begin;  // in the second
  uint32_t other_end;
};

struct Alignment {
  uint32_t cost = 0;
  std::vector<Difference> differences;  // in whole units, ascending, disjoint
  uint32_t other_begin = 0;             // atoms of the second text that the first one lies over
  uint32_t other_end = 0;
};

// Lays `text` over the part of `other` that it fits best, where that costs at most `max_cost`; the
// cost alone is given otherwise. Cost and memory: the product of their atoms (four bytes).
// REQUIRES: text has atoms and units; those of `other` are found where they are needed.
Alignment align(const FoldedText& text, FoldedText& other, uint32_t max_cost);

}  // namespace cento
