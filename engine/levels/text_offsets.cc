#include "levels/text_offsets.h"

#include <algorithm>

#include "base/utf8.h"

namespace cento {
namespace {

// UTF-16 units of one token. A token may begin or end inside a character (byte tokens), so units
// are counted at the bytes that open a character: a lead byte counts for the whole of it.
uint32_t utf16_units(std::string_view token) {
  uint32_t units = 0;
  for (const char c : token) {
    const auto byte = static_cast<uint8_t>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

void advance(TextOffset& offset, std::string_view token) {
  offset.bytes += token.size();
  offset.utf16 += utf16_units(token);
}

}  // namespace

void TextOffsets::build(std::span<const TokenId> stream, const Vocabulary& vocabulary) {
  bytes_.clear();
  utf16_.clear();
  bytes_.reserve(stream.size() / kSampleRate + 1);
  utf16_.reserve(stream.size() / kSampleRate + 1);
  TextOffset offset;
  for (size_t i = 0; i < stream.size(); ++i) {
    if (i % kSampleRate == 0) {
      bytes_.push_back(static_cast<uint32_t>(offset.bytes));
      utf16_.push_back(static_cast<uint32_t>(offset.utf16));
    }
    if (stream[i] == kDocumentEnd) {
      offset = {};
    } else {
      advance(offset, vocabulary.text(stream[i]));
    }
  }
  if (utf16_ == bytes_) utf16_ = {};
  bytes_.shrink_to_fit();
  utf16_.shrink_to_fit();
}

void TextOffsets::save(ByteWriter& writer) const {
  writer.put<uint32_t>(static_cast<uint32_t>(bytes_.size()));
  writer.put<uint32_t>(static_cast<uint32_t>(utf16_.size()));
  writer.put_array<uint32_t>(bytes_);
  writer.put_array<uint32_t>(utf16_);
}

Status TextOffsets::load(ByteReader& reader, uint32_t stream_length) {
  const uint64_t at = reader.offset();
  const auto bytes_count = reader.take<uint32_t>();
  const auto utf16_count = reader.take<uint32_t>();
  const uint32_t expected = (stream_length + kSampleRate - 1) / kSampleRate;
  if (reader.is_ok() &&
      (bytes_count != expected || (utf16_count != 0 && utf16_count != expected))) {
    return Status::integrity("The number of text offsets does not fit the stream.", at);
  }
  bytes_ = reader.take_array<uint32_t>(bytes_count);
  utf16_ = reader.take_array<uint32_t>(utf16_count);
  return reader.status();
}

TextOffset TextOffsets::sample(TextPos position) const {
  const uint32_t i = position / kSampleRate;
  return {bytes_[i], utf16_.empty() ? bytes_[i] : utf16_[i]};
}

TextOffset TextOffsets::offset_of(TextPos position, TextPos first_token, const PatternIndex& index,
                                  const Vocabulary& vocabulary) const {
  TextPos from = position / kSampleRate * kSampleRate;
  TextOffset offset;
  if (from > first_token) {
    offset = sample(from);
  } else {
    from = first_token;
  }
  std::vector<Symbol> tokens;
  index.extract(from, position - from, tokens);
  for (const Symbol token : tokens) advance(offset, vocabulary.text(token));
  return offset;
}

TextPos TextOffsets::token_at(uint64_t offset, OffsetUnit unit, TextPos first_token,
                              TextPos end_token, const PatternIndex& index,
                              const Vocabulary& vocabulary) const {
  const auto in_unit = [unit](const TextOffset& at) {
    return unit == OffsetUnit::kBytes ? at.bytes : at.utf16;
  };
  // The samples inside the document ascend: find the last one at or before the offset.
  uint32_t low = first_token / kSampleRate + 1;
  uint32_t high = (end_token + kSampleRate - 1) / kSampleRate;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (in_unit(sample(middle * kSampleRate)) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  TextPos from = (low - 1) * kSampleRate;
  TextOffset at;
  if (from > first_token) {
    at = sample(from);
  } else {
    from = first_token;
  }
  std::vector<Symbol> tokens;
  index.extract(from, std::min(kSampleRate, end_token - from), tokens);
  for (const Symbol token : tokens) {
    advance(at, vocabulary.text(token));
    if (in_unit(at) > offset) break;
    ++from;
  }
  return std::min(from, end_token - 1);
}

}  // namespace cento
