#include "retrieval/span_tables.h"

#include <algorithm>
#include <string>

#include "base/sort.h"
#include "text/hash.h"

namespace cento {
namespace {

// What stands before an entry's key tells entries of words and keys from those of features.
constexpr char kWordMark = 'w';
constexpr char kKeyMark = 'k';
constexpr char kFirstFeatureMark = 'A';

uint32_t hash_marked(char mark, std::string_view text) {
  ByteHash hash;
  hash.add(mark);
  for (const char byte : text) hash.add(byte);
  return hash.value() >> (32 - SpanTables::kHashBits);
}

void put_varint(ByteWriter& writer, uint32_t value) {
  for (; value >= 0x80; value >>= 7) writer.put(static_cast<uint8_t>(value | 0x80));
  writer.put(static_cast<uint8_t>(value));
}

// More than four bytes give a value beyond every hash.
uint32_t take_varint(ByteReader& reader) {
  uint32_t value = 0;
  for (uint32_t shift = 0; shift < 28; shift += 7) {
    const auto byte = reader.take<uint8_t>();
    value |= static_cast<uint32_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  return ~uint32_t{0};
}

}  // namespace

SpanTables::SpanTables(std::vector<Entry> entries, const Calibration& spans,
                       const Calibration& sentences)
    : spans_(spans), sentences_(sentences) {
  stable_sort(std::span<Entry>(entries),
              [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  entries_.reserve(entries.size());
  for (const Entry& entry : entries) {
    if (!entries_.empty() && entries_.back() >> kValueBits == entry.hash) continue;
    entries_.push_back(entry.hash << kValueBits | static_cast<uint8_t>(entry.value));
  }
  index();
}

void SpanTables::index() {
  firsts_.assign((size_t{1} << kFirstBits) + 1, 0);
  for (const uint32_t entry : entries_) ++firsts_[(entry >> (32 - kFirstBits)) + 1];
  for (size_t at = 1; at < firsts_.size(); ++at) firsts_[at] += firsts_[at - 1];
}

Status SpanTables::load(ByteReader& reader) {
  const size_t begin = reader.offset();
  const auto count = reader.take<uint32_t>();
  if (count > kMostEntries || count > reader.remaining()) {
    return Status::integrity("There are more entries than span tables may have.", begin);
  }
  entries_.reserve(count);
  uint32_t hash = 0;
  for (uint32_t i = 0; i < count && reader.is_ok(); ++i) {
    const size_t at = reader.offset();
    const uint32_t step = take_varint(reader);
    if ((i > 0 && step == 0) || step >= (1u << kHashBits) - hash) {
      return Status::integrity("Hashes of span tables do not ascend.", at);
    }
    hash += step;
    entries_.push_back(hash << kValueBits);
  }
  const Bytes values = reader.take_bytes(count);
  const Bytes spans = reader.take_bytes(kCalibrationBuckets);
  const Bytes sentences = reader.take_bytes(kCalibrationBuckets);
  CENTO_RETURN_IF_ERROR(reader.status());
  for (uint32_t i = 0; i < count; ++i) entries_[i] |= values[i];
  std::copy(spans.begin(), spans.end(), spans_.begin());
  std::copy(sentences.begin(), sentences.end(), sentences_.begin());
  index();
  return Status::ok();
}

void SpanTables::save(ByteWriter& writer) const {
  writer.put(size());
  uint32_t before = 0;
  for (const uint32_t entry : entries_) {
    put_varint(writer, (entry >> kValueBits) - before);
    before = entry >> kValueBits;
  }
  for (const uint32_t entry : entries_) writer.put(static_cast<uint8_t>(entry));
  writer.put_bytes(spans_);
  writer.put_bytes(sentences_);
}

uint64_t SpanTables::memory_bytes() const {
  return sizeof *this + (entries_.capacity() + firsts_.capacity()) * sizeof(uint32_t);
}

ByteHash SpanTables::hash_of(SpanFeature feature, std::string_view key) {
  ByteHash hash;
  hash.add(static_cast<char>(kFirstFeatureMark + static_cast<int>(feature)));
  for (const char byte : key) hash.add(byte);
  hash.add('\n');
  return hash;
}

uint32_t SpanTables::hash_of(ByteHash feature_and_key, std::string_view value) {
  for (const char byte : value) feature_and_key.add(byte);
  return feature_and_key.value() >> (32 - kHashBits);
}

uint32_t SpanTables::hash_of_word(std::string_view folded) {
  return hash_marked(kWordMark, folded);
}
uint32_t SpanTables::hash_of_key(std::string_view key) { return hash_marked(kKeyMark, key); }

int32_t SpanTables::find(uint32_t hash, int32_t missing) const {
  if (entries_.empty()) return missing;
  const uint32_t bucket = hash >> (kHashBits - kFirstBits);
  for (uint32_t at = firsts_[bucket]; at < firsts_[bucket + 1]; ++at) {
    if (entries_[at] >> kValueBits == hash) return static_cast<int8_t>(entries_[at] & 0xFF);
  }
  return missing;
}

double SpanTables::chance(const Calibration& table, double evidence) {
  const double at = std::clamp(evidence - 0.5, 0.0, kCalibrationBuckets - 1.0);
  const auto low = std::min(static_cast<uint32_t>(at), kCalibrationBuckets - 2);
  return (table[low] + (at - low) * (table[low + 1] - table[low])) / 255;
}

SpanWordSorts SpanTables::sorts_of(std::string_view folded) const {
  return static_cast<SpanWordSorts>(find(hash_of_word(folded), 0));
}

SpanScorer::SpanScorer(const SpanTables& tables, const SpanQuestion& question) : tables_(&tables) {
  for (uint32_t f = 0; f < kSpanFeatures; ++f) {
    Feature& feature = features_[f];
    const auto add = [&](SpanKey key) {
      const std::string& text = question.keys[static_cast<uint32_t>(key)];
      if (key != SpanKey::kAll && text.empty()) return;
      feature.keys[feature.key_count] = SpanTables::hash_of(static_cast<SpanFeature>(f), text);
      feature.missing[feature.key_count++] =
          key == SpanKey::kAll ? 0 : tables.find(SpanTables::hash_of_key(text), 0);
    };
    const SpanKey sharpest = kSpanFeatureInfos[f].key;
    add(SpanKey::kAll);
    if (sharpest >= SpanKey::kAsking) add(SpanKey::kAsking);
    if (sharpest > SpanKey::kAsking) add(sharpest);
    if (f < kFirstNumberedSpanFeature) continue;
    for (uint32_t number = 0; number < kMostSpanValues; ++number) {
      numbered_[f][number] = ratio(static_cast<SpanFeature>(f), span_number_text(number));
    }
  }
}

int32_t SpanScorer::ratio(SpanFeature feature, std::string_view value) const {
  const Feature& keys = features_[static_cast<uint32_t>(feature)];
  int32_t sum = 0;
  for (uint32_t k = 0; k < keys.key_count; ++k) {
    sum = tables_->find(SpanTables::hash_of(keys.keys[k], value), sum + keys.missing[k]);
  }
  return sum;
}

void SpanScorer::score(const SpanSentence& sentence, std::vector<double>& scores) const {
  const auto weight = [](SpanFeature feature) {
    return kSpanFeatureInfos[static_cast<uint32_t>(feature)].weight / SpanTables::kUnits;
  };
  // What depends on one edge alone is looked up once for all runs of that edge.
  const auto count = static_cast<uint32_t>(sentence.tokens().size());
  std::vector<double> left(count);
  std::vector<double> right(count);
  for (uint32_t at = 0; at < count; ++at) {
    left[at] = weight(SpanFeature::kLeft) * ratio(SpanFeature::kLeft, sentence.left_value(at));
    right[at] = weight(SpanFeature::kRight) * ratio(SpanFeature::kRight, sentence.right_value(at));
  }
  scores.clear();
  scores.reserve(sentence.runs().size());
  for (const SpanRun& run : sentence.runs()) {
    double score = left[run.begin] + right[run.end - 1] +
                   weight(SpanFeature::kShape) * ratio(SpanFeature::kShape, sentence.shape(run));
    for (uint32_t f = kFirstNumberedSpanFeature; f < kSpanFeatures; ++f) {
      score += kSpanFeatureInfos[f].weight / SpanTables::kUnits * numbered_[f][run.numbers[f]];
    }
    scores.push_back(score);
  }
}

}  // namespace cento
