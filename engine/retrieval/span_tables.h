// Counted tables of what answers look like, as the engine reads them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cento/status.h"
#include "retrieval/span_features.h"
#include "text/hash.h"

namespace cento {

// Logarithms of P(value | right run, question key) / P(value | any run), in 1/16 of a natural
// logarithm, by hashes of feature, key and value; what back-off from the question's key to its
// asking word and to all questions gives is left out. Beside them the sorts of words, and two
// tables of how often answers were right. A hash of 22 bits takes one unknown value in some 400 for
// a known one. Immutable. Memory: four bytes an entry. Threads: const methods at once.
class SpanTables {
 public:
  static constexpr int32_t kUnits = 16;  // of a natural logarithm
  static constexpr uint32_t kHashBits = 22;
  static constexpr uint32_t kMostEntries = 1u << 16;
  static constexpr uint32_t kCalibrationBuckets = 24;

  struct Entry {
    uint32_t hash = 0;
    int8_t value = 0;
  };
  // How often answers were right, in 1/255, by buckets of evidence for them; never falling.
  using Calibration = std::array<uint8_t, kCalibrationBuckets>;

  SpanTables() = default;  // without counts: no span is found
  // Of two entries with one hash the first counts. REQUIRES: at most kMostEntries.
  SpanTables(std::vector<Entry> entries, const Calibration& spans, const Calibration& sentences);
  // Reads the whole rest. Errors: kIntegrity with the byte offset.
  Status load(ByteReader& reader);
  void save(ByteWriter& writer) const;

  bool is_counted() const { return !entries_.empty(); }
  SpanWordSorts sorts_of(std::string_view folded) const;
  // The expected F1 of a span, and the chance that a sentence answers; between the middles of
  // buckets by straight lines. The evidence is in buckets: see answer_span.h.
  double span_chance(double evidence) const { return chance(spans_, evidence); }
  double sentence_chance(double evidence) const { return chance(sentences_, evidence); }
  uint32_t size() const { return static_cast<uint32_t>(entries_.size()); }
  uint64_t memory_bytes() const;

  // Hashes of entries. That of a value goes on from where its feature and key ended.
  static ByteHash hash_of(SpanFeature feature, std::string_view key);
  static uint32_t hash_of(ByteHash feature_and_key, std::string_view value);
  static uint32_t hash_of_word(std::string_view folded);
  static uint32_t hash_of_key(std::string_view key);
  // The value of an entry; `missing` where there is none. Cost: some three steps.
  int32_t find(uint32_t hash, int32_t missing) const;

 private:
  static constexpr uint32_t kFirstBits = 12;
  static constexpr uint32_t kValueBits = 32 - kHashBits;
  void index();
  static double chance(const Calibration& table, double evidence);

  std::vector<uint32_t> entries_;  // ascending; the value below the hash
  std::vector<uint32_t> firsts_;   // by the hash's first bits, and one behind the last
  Calibration spans_{};
  Calibration sentences_{};
};

// The tables seen from one question. Lifetime: tables and question must outlive it.
class SpanScorer {
 public:
  SpanScorer(const SpanTables& tables, const SpanQuestion& question);
  // Σ weight × logarithm over the features, in natural logarithms. Cost: three look-ups at most for
  // each of the three features with texts, for runs[i] at scores[i].
  void score(const SpanSentence& sentence, std::vector<double>& scores) const;
  // The logarithm of one value, in 1/16.
  int32_t ratio(SpanFeature feature, std::string_view value) const;

 private:
  struct Feature {
    std::array<ByteHash, 3> keys;      // from the most general on
    std::array<int32_t, 3> missing{};  // what a key without the value adds to the one before
    uint32_t key_count = 0;
  };

  const SpanTables* tables_;
  std::array<Feature, kSpanFeatures> features_;
  std::array<std::array<int32_t, kMostSpanValues>, kSpanFeatures> numbered_{};
};

}  // namespace cento
