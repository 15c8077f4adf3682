// Coarsen: put symbols that keep the same company into one class. The same code at every level:
// tokens become token classes, sentence signatures become sentence kinds.
//
// The exchange algorithm (Martin, Liermann & Ney 1998, "Algorithms for bigram and trigram word
// clustering"): move each symbol to the class that most raises the likelihood of the text under a
// class-bigram model, p(b | a) = p(class of b | class of a) · p(b | class of b), round after round.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "cento/status.h"

namespace cento {

// Symbol `right` stands `count` times after symbol `left`.
struct PairCount {
  uint32_t left;
  uint32_t right;
  uint32_t count;
};

// One way of keeping company, such as "next to each other" or "with one symbol between".
struct Company {
  std::span<const PairCount> pairs;  // each (left, right) at most once, in any order
  uint32_t weight = 1;               // of its log-likelihood in the sum that is raised
};

struct CoarsenOptions {
  uint32_t class_count = 256;  // at most; 1 to 4,096
  uint32_t alone = 0;  // symbols [0, alone) are classes [0, alone), without any other member
  uint32_t max_rounds = 12;
  uint32_t rest_after = 3;  // a symbol that kept its class for so many rounds running stays there
};

struct Coarsening {
  std::vector<uint16_t> class_of;  // by symbol
  uint32_t class_count = 0;  // classes are [0, class_count); only those of `alone` can be empty
};

// Classes of the symbols [0, alphabet). Classes are numbered by how often their members stand in
// pairs, the most frequent first, ties by the smallest member. Where there are no more symbols than
// classes, each has its own. Symbols that stand in no pair join the class with the most members.
//
// Deterministic: sums of integers, no ties left open. Cost of a round: for each symbol, the number
// of different classes around it times all classes; most symbols rest after a few rounds. Memory:
// for each company 16 bytes a pair, 8 bytes a pair of classes and half a megabyte.
// Errors: kAborted; kInvalidArgument where a symbol, an option, the counts of a company (their sum
// is at most 2^30) or a weight (1 to 16) is out of range.
Result<Coarsening> coarsen(std::span<const Company> companies, uint32_t alphabet,
                           const CoarsenOptions& options, const Progress& progress = {});

// What a class-bigram model with the counts of `pairs` themselves spends on them, in bits a pair: 2
// to this power is its perplexity. 0 where there are no pairs.
// REQUIRES: `class_of` covers every symbol; the counts' sum is at most 2^30.
double class_bigram_bits(std::span<const PairCount> pairs, std::span<const uint16_t> class_of);

}  // namespace cento
