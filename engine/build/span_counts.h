// Counts of what answers look like in their sentences. They are a file that people can read; a pack
// gets the logarithms of their ratios.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "retrieval/span_tables.h"

namespace cento {

// Finds the sorts of words: which are frequent in documents, which in questions alone, which open
// questions.
class WordSortCounter {
 public:
  static constexpr uint32_t kFunctionWords = 120;

  void add_document(std::string_view text);
  // `answering` is the sentence that answers.
  void add_question(std::string_view question, std::string_view answering,
                    std::span<const std::string> answers);
  // Folded words with their sorts.
  std::map<std::string, SpanWordSorts> sorts() const;

 private:
  struct Counts {
    uint32_t documents = 0;    // places in documents, in small letters
    uint32_t questions = 0;    // questions with it
    uint32_t opened = 0;       // questions that begin with it
    uint32_t transferred = 0;  // questions with it whose answering sentence has it too
    uint32_t in_answers = 0;   // places in answers of several words
    uint32_t last = 0;         // such answers that end with it
  };
  std::map<std::string, Counts> words_;
  uint32_t questions_ = 0;
};

// How often answers with some evidence for them were right.
struct CalibrationCount {
  uint32_t count = 0;
  double right = 0;
  bool operator==(const CalibrationCount&) const = default;
};
using CalibrationCounts = std::array<CalibrationCount, SpanTables::kCalibrationBuckets>;

// The shares of right ones, pooled where they would fall (isotonic regression by pooling adjacent
// violators: Ayer et al. 1955); empty buckets take the share of the one below.
SpanTables::Calibration monotone_shares(const CalibrationCounts& counts);

class SpanCounts {
 public:
  explicit SpanCounts(std::map<std::string, SpanWordSorts> sorts = {});

  // The sorts of words alone, for reading the questions and sentences that are added.
  const SpanTables& words() const { return words_; }
  // One question with the sentence that answers it; `answers` as normalize_answer gives them. False
  // where no run of the sentence is one of the answers.
  bool add(const SpanQuestion& question, const SpanSentence& sentence,
           std::span<const std::string> answers);
  // An answer to a question that was not counted, with its evidence.
  void add_span_trial(double evidence, double f1) { add_trial(spans_, evidence, f1); }
  void add_sentence_trial(double evidence, bool right) {
    add_trial(sentences_, evidence, right ? 1 : 0);
  }

  const CalibrationCounts& span_trials() const { return spans_; }
  const CalibrationCounts& sentence_trials() const { return sentences_; }
  uint64_t right_runs() const;

  SpanTables tables() const;
  // The counts that tables() needs, one line each: "feature key value right any" with tabs between.
  std::string write() const;
  // Errors: kInvalidArgument, naming the line.
  static Result<SpanCounts> read(std::string_view text);

 private:
  struct Row {
    uint32_t right = 0;
    uint32_t any = 0;  // kept for the key of all questions
  };
  using Rows = std::map<std::string, Row>;

  static void add_trial(CalibrationCounts& counts, double evidence, double right);
  // Entries of the rows that say something else than what they back off to; the rows' names are
  // appended to `kept`, together with those whose counts they need.
  void make_entries(SpanFeature feature, std::vector<SpanTables::Entry>& entries,
                    std::map<std::string, bool>* kept) const;

  std::array<Rows, kSpanFeatures> rows_;  // by key and value with a tab between
  std::map<std::string, uint32_t> keys_;  // right runs of each
  uint64_t any_ = 0;                      // runs
  std::map<std::string, SpanWordSorts> sorts_;
  SpanTables words_;
  CalibrationCounts spans_{};
  CalibrationCounts sentences_{};
};

}  // namespace cento
