// How well questions with known answers are answered, and questions without one refused.
#pragma once

#include <cstdint>
#include <string>

#include "cento/status.h"

namespace cento::cli {

struct QaOptions {
  std::string folder;        // of the pack
  std::string questions;     // file, see question_file.h
  std::string unanswerable;  // the same, for eval refusal; may be empty
  uint64_t limit = 0;        // questions to ask, taken evenly from all; 0: all
  bool show_wrong = false;   // collects the questions whose first passage is another's
};

struct QaFigures {
  uint64_t questions = 0;
  // Shares of the questions: the document's passage stands first, or among the first five; the
  // first sentence, or one of the first three, has an answer.
  double passage_hit_1 = 0;
  double passage_hit_5 = 0;
  double sentence_hit_1 = 0;
  double sentence_hit_3 = 0;
  // Of the best span's words, over all questions: shares that are an answer, and mean F1.
  double exact_match = 0;
  double f1 = 0;
  double refused = 0;              // share for which nothing is found
  double highlighted = 0;          // share whose best span is worth highlighting
  double highlight_precision = 0;  // share of these with an F1 of a half and more
  double p50_ms = 0;               // of reading the question, ranking and finding spans
  double p99_ms = 0;
  std::string wrong;  // lines for people
};

// Errors: those of opening the pack and the questions.
Result<QaFigures> eval_qa(const QaOptions& options);

struct RefusalFigures {
  uint64_t questions = 0;
  uint64_t unanswerable = 0;
  // The chance that a question with an answer is more confident than one without, ties half.
  double auc = 0;
  // The same against the questions themselves, asked of all documents but those of their own
  // article (ids that are the same up to '#'): questions whose topic is absent.
  double auc_absent = 0;
  double highlighted = 0;      // share of the unanswerable that get a highlight
  double precision_at_80 = 0;  // share that is right when the 80% most confident are answered
};

// Errors: those of opening the pack and the questions.
Result<RefusalFigures> eval_refusal(const QaOptions& options);

}  // namespace cento::cli
