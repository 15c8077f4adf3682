// The shares of the mixture: how much each expert is trusted, by what it has seen.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "evidence/experts.h"

namespace cento {

// λ of (expert, bucket), each kept in a byte. Immutable but for `set`. Memory: 10 kB.
class Shares {
 public:
  // Sensible shares for a pack that has no table: trust grows with the count of a context and falls
  // with the variety of its followers.
  Shares();

  // In [0, 1]. REQUIRES: expert < kExpertCount, bucket < kShareBuckets.
  double lambda(ExpertId expert, uint32_t bucket) const;
  void set(ExpertId expert, uint32_t bucket, double lambda);
  // Whether the expert has any say at all.
  bool is_silent(ExpertId expert) const;

  // The pack's table: {u8 expert, 256 × u8} for each expert, ascending. Experts that this version
  // does not know are skipped, those that the table leaves out keep the default.
  // Errors: kIntegrity.
  std::vector<uint8_t> save() const;
  Status load(Bytes table);

 private:
  std::array<std::array<uint8_t, kShareBuckets>, kExpertCount> codes_{};
};

}  // namespace cento
