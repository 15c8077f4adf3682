#include "levels/text_offsets.h"

#include <algorithm>

#include "base/utf8.h"

namespace cento {
namespace {

uint32_t sample_count(uint32_t stream_length) {
  return stream_length / TextOffsets::kSampleRate +
         (stream_length % TextOffsets::kSampleRate == 0 ? 0 : 1);
}

uint64_t in_unit(const TextOffset& at, OffsetUnit unit) {
  return unit == OffsetUnit::kBytes ? at.bytes : at.utf16;
}

void advance(TextOffset& offset, std::string_view token) {
  offset.bytes += token.size();
  offset.utf16 += utf16_length(token);  // also of a token that begins inside a character
}

// What each token has in UTF-16: they are measured once, and not wherever they stand.
std::vector<uint32_t> utf16_lengths(const Vocabulary& vocabulary) {
  std::vector<uint32_t> lengths(vocabulary.size());
  for (uint32_t token = 0; token < lengths.size(); ++token) {
    lengths[token] =
        static_cast<uint32_t>(utf16_length(vocabulary.text(static_cast<TokenId>(token))));
  }
  return lengths;
}

}  // namespace

void TextOffsets::build(std::span<const TokenId> stream, const Vocabulary& vocabulary) {
  struct Sample {
    uint32_t bytes;
    int64_t excess;
  };
  std::vector<Sample> samples;
  samples.reserve(sample_count(static_cast<uint32_t>(stream.size())));
  Sample largest{0, 0};
  int64_t least_excess = 0;
  TextOffset offset;
  const std::vector<uint32_t> lengths = utf16_lengths(vocabulary);
  for (size_t i = 0; i < stream.size(); ++i) {
    if (i % kSampleRate == 0) {
      const Sample sample{static_cast<uint32_t>(offset.bytes),
                          static_cast<int64_t>(offset.bytes) - static_cast<int64_t>(offset.utf16)};
      samples.push_back(sample);
      largest = {std::max(largest.bytes, sample.bytes), std::max(largest.excess, sample.excess)};
      least_excess = std::min(least_excess, sample.excess);
    }
    if (stream[i] == kDocumentEnd) {
      offset = {};
    } else {
      offset.bytes += vocabulary.text(stream[i]).size();
      offset.utf16 += lengths[stream[i]];
    }
  }
  const auto count = static_cast<uint32_t>(samples.size());
  least_excess_ = static_cast<uint32_t>(least_excess);
  bytes_ = PackedInts(count, PackedInts::width_for(largest.bytes));
  excess_ = PackedInts(count,
                       PackedInts::width_for(static_cast<uint32_t>(largest.excess - least_excess)));
  for (uint32_t i = 0; i < count; ++i) {
    bytes_.set(i, samples[i].bytes);
    excess_.set(i, static_cast<uint32_t>(samples[i].excess - least_excess));
  }
}

void TextOffsets::save(ByteWriter& writer) const {
  writer.put(static_cast<uint8_t>(bytes_.width()));
  writer.put(static_cast<uint8_t>(excess_.width()));
  writer.put(least_excess_);
  bytes_.save(writer);
  excess_.save(writer);
}

Status TextOffsets::load(ByteReader& reader, uint32_t stream_length) {
  const uint64_t at = reader.offset();
  const auto bytes_width = reader.take<uint8_t>();
  const auto excess_width = reader.take<uint8_t>();
  least_excess_ = reader.take<uint32_t>();
  if (bytes_width > 32 || excess_width > 32) {
    return Status::integrity("Text offsets have at most 32 bits.", at);
  }
  const uint32_t count = sample_count(stream_length);
  CENTO_RETURN_IF_ERROR(bytes_.load(reader, count, bytes_width));
  CENTO_RETURN_IF_ERROR(excess_.load(reader, count, excess_width));
  return Status::ok();
}

TextOffset TextOffsets::sample(TextPos position) const {
  const uint32_t i = position / kSampleRate;
  const uint32_t bytes = bytes_.get(i);
  return {bytes, bytes - least_excess_ - excess_.get(i)};
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
  PatternIndex::Reader reader(index, from);
  for (; from < position && !reader.at_end(); ++from) {
    advance(offset, vocabulary.text(reader.next()));
  }
  return offset;
}

TextOffsets::Place TextOffsets::sample_before(uint64_t offset, OffsetUnit unit, TextPos first_token,
                                              TextPos end_token) const {
  // The samples inside the document ascend: find the last one at or before the offset.
  uint32_t low = first_token / kSampleRate + 1;
  uint32_t high = (end_token + kSampleRate - 1) / kSampleRate;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (in_unit(sample(middle * kSampleRate), unit) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const TextPos from = (low - 1) * kSampleRate;
  if (from > first_token) return {from, sample(from)};
  return {first_token, {}};
}

TextPos TextOffsets::token_at(uint64_t offset, OffsetUnit unit, TextPos first_token,
                              TextPos end_token, const PatternIndex& index,
                              const Vocabulary& vocabulary) const {
  auto [token, at] = sample_before(offset, unit, first_token, end_token);
  PatternIndex::Reader reader(index, token);
  for (; token + 1 < end_token && !reader.at_end(); ++token) {
    advance(at, vocabulary.text(reader.next()));
    if (in_unit(at, unit) > offset) break;
  }
  return token;
}

}  // namespace cento
