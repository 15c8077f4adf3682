// Re-proves an answer from the pack's shards alone, by another code path than the one that composed
// it: no index, only the decoded text.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cento/results.h"
#include "cento/status.h"

namespace cento {

// Lifetime: owns copies of what it decodes. Memory: the decoded text. Threads: one at a time.
class Verifier {
 public:
  Verifier();
  ~Verifier();
  Status open_tables(std::span<const uint8_t> file);
  Status add_shard(std::span<const uint8_t> file);

  // Checks that every fragment stands verbatim at its source, that title, URL, headings and offsets
  // are the document's, that fragments join to the text, that fragments meet at a sentence end or
  // overlap by m - 1 words there, that no seam cuts a unit (text/units.h), and that every window of
  // `m` words inside a sentence stands in a document. Never fails: faults are in the report.
  VerifyReport verify(const Answer& completion) const;

  // Counts windows of `m` words inside the sentences of any text, and those that stand in the pack.
  VerifyReport verify_windows(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
