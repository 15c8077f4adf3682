#include "levels/term_list.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace cento {
namespace {

constexpr size_t kEscape = 15;
constexpr uint32_t kLongestNear = 64;  // characters

size_t shared_length(std::string_view a, std::string_view b) {
  size_t length = 0;
  while (length < a.size() && length < b.size() && a[length] == b[length]) ++length;
  return length;
}

std::u32string to_characters(std::string_view text) {
  std::u32string characters;
  for (size_t at = 0; at < text.size();) {
    const DecodedCodePoint decoded = decode_utf8(text, at);
    characters += decoded.code_point;
    at += decoded.length;
  }
  return characters;
}

// The distances of the beginnings of a term to the beginnings of what is looked for, a row for each
// character of the term. Only those whose lengths differ by at most `edits` can matter: what is
// outside of that band is `edits` + 1, like every greater distance.
class EditTable {
 public:
  // REQUIRES: wanted.size() ≤ kLongestNear, edits ≤ kLongestNear.
  EditTable(std::u32string_view wanted, uint32_t edits)
      : wanted_(wanted), length_(static_cast<uint32_t>(wanted.size())), edits_(edits) {
    rows_.assign(size_t{length_ + edits_ + 1} * (length_ + 1), static_cast<uint8_t>(edits + 1));
    for (uint32_t i = 0; i <= std::min(edits, length_); ++i) row(0)[i] = static_cast<uint8_t>(i);
  }

  // The distance of the next term, or `edits` + 1. What it begins with like the last one is not
  // looked at again.
  uint32_t distance(std::string_view term) {
    uint32_t depth = 0;
    for (size_t at = 0; at < term.size();) {
      char32_t c = static_cast<uint8_t>(term[at]);
      uint32_t bytes = 1;
      if (c >= 0x80) {
        const DecodedCodePoint decoded = decode_utf8(term, at);
        c = decoded.code_point;
        bytes = decoded.length;
      }
      at += bytes;
      if (depth == term_.size()) {
        if (is_hopeless_ || depth == length_ + edits_) return edits_ + 1;
        fill(c);
      } else if (term_[depth] != c) {
        term_.resize(depth);
        fill(c);
      }
      ++depth;
    }
    if (depth < term_.size()) {
      term_.resize(depth);
      is_hopeless_ = false;
    }
    return row(depth)[length_];
  }

 private:
  uint8_t* row(size_t depth) { return &rows_[depth * (length_ + 1)]; }

  // Adds a character and its row.
  void fill(char32_t c) {
    const auto depth = static_cast<uint32_t>(term_.size()) + 1;
    const uint8_t* above = row(depth - 1);
    uint8_t* distances = row(depth);
    const uint32_t worst = edits_ + 1;
    distances[0] = static_cast<uint8_t>(std::min(depth, worst));
    uint32_t least = distances[0];
    const uint32_t first = depth > edits_ ? depth - edits_ : 1;
    for (uint32_t i = first; i <= std::min(length_, depth + edits_); ++i) {
      const bool same = wanted_[i - 1] == c;
      uint32_t best =
          std::min({above[i] + 1u, distances[i - 1] + 1u, above[i - 1] + !same * 1u, worst});
      if (i > 1 && depth > 1 && wanted_[i - 2] == c && wanted_[i - 1] == term_.back()) {
        best = std::min(best, row(depth - 2)[i - 2] + 1u);
      }
      distances[i] = static_cast<uint8_t>(best);
      least = std::min(least, best);
    }
    term_ += c;
    is_hopeless_ = least > edits_;  // rows never get better than the one before
  }

  std::u32string_view wanted_;
  uint32_t length_;
  uint32_t edits_;
  std::u32string term_;  // as far as there are rows for it
  bool is_hopeless_ = false;
  std::vector<uint8_t> rows_;
};

}  // namespace

TermList::TermList(std::span<const std::string_view> terms)
    : size_(static_cast<uint32_t>(terms.size())) {
  std::vector<uint8_t> bytes;
  std::vector<uint32_t> starts;
  for (size_t i = 0; i < terms.size(); ++i) {
    const bool opens_block = i % kBlock == 0;
    if (opens_block) starts.push_back(static_cast<uint32_t>(bytes.size()));
    const size_t shared = opens_block ? 0 : shared_length(terms[i - 1], terms[i]);
    const size_t rest = terms[i].size() - shared;
    bytes.push_back(static_cast<uint8_t>(std::min(shared, kEscape) << 4 | std::min(rest, kEscape)));
    if (shared >= kEscape) bytes.push_back(static_cast<uint8_t>(shared));
    if (rest >= kEscape) bytes.push_back(static_cast<uint8_t>(rest));
    bytes.insert(bytes.end(), terms[i].begin() + static_cast<std::ptrdiff_t>(shared),
                 terms[i].end());
  }
  bytes.resize(bytes.size() + kSpareBytes);
  bytes_.assign(bytes.begin(), bytes.end());  // without room for more
  block_starts_ = PackedInts(block_count(), start_width());
  for (uint32_t i = 0; i < starts.size(); ++i) block_starts_.set(i, starts[i]);
}

void TermList::next(Cursor& cursor) const {
  if (cursor.at > bytes_.size() - kSpareBytes) return;
  const uint8_t lengths = bytes_[cursor.at++];
  size_t shared = lengths >> 4;
  size_t rest = lengths & kEscape;
  if (shared == kEscape) shared = bytes_[cursor.at++];
  if (rest == kEscape) rest = bytes_[cursor.at++];
  cursor.term.resize(shared);
  cursor.term += as_text(Bytes(bytes_).subspan(cursor.at, rest));
  cursor.at += rest;
}

void TermList::save(ByteWriter& writer) const {
  writer.put(size_);
  writer.put(static_cast<uint32_t>(bytes_.size()));
  writer.put_array(std::span(bytes_));
  block_starts_.save(writer);
}

Status TermList::load(ByteReader& reader) {
  const size_t begin = reader.offset();
  size_ = reader.take<uint32_t>();
  const auto bytes = reader.take<uint32_t>();
  bytes_ = reader.take_array<uint8_t>(bytes);
  CENTO_RETURN_IF_ERROR(reader.status());
  if (bytes < kSpareBytes || size_ > bytes) {
    return Status::integrity("The terms of the word index are damaged.", begin);
  }
  return block_starts_.load(reader, block_count(), start_width());
}

uint32_t TermList::find(std::string_view term) const {
  // The last block whose first term is not behind it.
  uint32_t low = 0;
  uint32_t high = block_starts_.size();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    Cursor cursor = block(middle);
    next(cursor);
    if (cursor.term <= term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return size_;
  Cursor cursor = block(low - 1);
  for (uint32_t i = (low - 1) * kBlock; i < std::min(low * kBlock, size_); ++i) {
    next(cursor);
    if (cursor.term == term) return i;
  }
  return size_;
}

std::string TermList::text(uint32_t number) const {
  Cursor cursor = block(number / kBlock);
  for (uint32_t i = 0; i <= number % kBlock; ++i) next(cursor);
  return std::move(cursor.term);
}

std::vector<TermList::Near> TermList::near(std::string_view term, uint32_t edits) const {
  std::vector<Near> found;
  const std::u32string wanted = to_characters(term);
  if (wanted.size() > kLongestNear || edits > kLongestNear) return found;
  EditTable table(wanted, edits);
  Cursor cursor{0, {}};
  for (uint32_t i = 0; i < size_; ++i) {
    next(cursor);
    const uint32_t distance = table.distance(cursor.term);
    if (distance <= edits) found.push_back({i, distance});
  }
  return found;
}

}  // namespace cento
