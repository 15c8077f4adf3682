// Sorted strings, front-coded: each is kept as what differs from the one before it.
// (Witten, Moffat & Bell 1999, "Managing gigabytes", 4.1.)
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "index/packed_ints.h"

namespace cento {

// Immutable; owns its strings. Memory: about 4.5 bytes an English stem. Threads: const methods at
// once.
class TermList {
 public:
  static constexpr uint32_t kLongest = 255;  // bytes of a term

  TermList() = default;
  // REQUIRES: strictly ascending in byte order, none longer than kLongest.
  explicit TermList(std::span<const std::string_view> terms);
  void save(ByteWriter& writer) const;
  // Errors: kIntegrity where the bytes end early. The terms themselves are not looked at: those of
  // a damaged list are other ones, or not found.
  Status load(ByteReader& reader);

  uint32_t size() const { return size_; }
  // The number of a term, size() where it is not there. Cost: logarithmic.
  uint32_t find(std::string_view term) const;
  // REQUIRES: number < size(). Cost: some steps.
  std::string text(uint32_t number) const;
  // Numbers and distances of the terms within `edits` of `term`, in their order: insertions,
  // deletions and replacements of characters and swaps of neighbours, no part edited twice
  // (optimal string alignment). Nothing for terms of more than 64 characters.
  // Cost: a pass over the terms; what several begin with is compared once.
  struct Near {
    uint32_t number;
    uint32_t distance;
  };
  std::vector<Near> near(std::string_view term, uint32_t edits) const;
  uint64_t memory_bytes() const { return bytes_.capacity() + block_starts_.memory_bytes(); }

 private:
  static constexpr uint32_t kBlock = 16;  // terms; the first stands whole
  // Zeros behind the last term: wherever one begins in front of them, it ends in them at the
  // latest.
  static constexpr uint32_t kSpareBytes = 3 + kLongest;

  // Walks the terms from the first of a block on.
  struct Cursor {
    size_t at;  // in bytes_, behind the term
    std::string term;
  };
  Cursor block(uint32_t number) const { return {block_starts_.get(number), {}}; }
  // Of a damaged list other terms, never what stands behind its end.
  void next(Cursor& cursor) const;
  uint32_t block_count() const { return (size_ + kBlock - 1) / kBlock; }
  uint32_t start_width() const {
    return PackedInts::width_for(static_cast<uint32_t>(bytes_.size()));
  }

  uint32_t size_ = 0;
  // Each term: a byte with the bytes shared with the term before in its high half and the others in
  // its low half; for each half that is 15 a byte with the length itself; the bytes not shared.
  std::vector<uint8_t> bytes_ = std::vector<uint8_t>(kSpareBytes);
  PackedInts block_starts_;
};

}  // namespace cento
