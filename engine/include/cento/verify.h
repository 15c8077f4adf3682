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

// The SHA-256, in 64 lower-case hexadecimal digits, of an answer's canonical form: all members in
// the order of to_json, without those that follow from others (`share`) and without the digest
// itself. Numbers are eight bytes, little-endian; real numbers whole multiples of the last decimal
// that to_json prints; texts and lists have their length before them, texts in bytes of UTF-8. So
// it can be computed again from the JSON (docs/format.md). It tells that nothing was altered by
// chance or carelessness; what proves an answer against a forger is the pack. Cost: linear.
std::string answer_digest(const Answer& answer);

// Lifetime: owns copies of what it decodes. Memory: the decoded text. Threads: one at a time.
class Verifier {
 public:
  Verifier();
  ~Verifier();
  Status open_tables(std::span<const uint8_t> file);
  Status add_shard(std::span<const uint8_t> file);

  // Proves an answer, of any operation, made by this version of the engine:
  // - its digest is that of all the rest, and the receipt fits the pack, the coverage and its
  //   bounds;
  // - every fragment stands verbatim at its source; title, URL, headings, licence and offsets are
  //   the document's;
  // - the text is the fragments one after the other. Nothing stands between two of them, or, where
  //   both meet at the ends of sentences, one space, one line break or one empty line;
  // - fragments meet at sentence ends (or those of fields), or overlap by m - 1 words, or one goes
  //   on where the other ends; no seam cuts a unit (text/units.h);
  // - every window of `m` words inside a sentence stands in a document. A completion is read with
  //   its input before it, other answers alone;
  // - the highlight is a part of the text; a refusal has a reason and nothing else.
  // Never fails: faults are in the report. Cost: linear in the answer and its documents.
  VerifyReport verify(const Answer& answer) const;

  // Counts windows of `m` words inside the sentences of any text, and those that stand in the pack.
  VerifyReport verify_windows(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cento
