// Answers a question by the sentences of the pack that answer it, with the few words that are the
// answer marked where they are sure enough; refuses what the pack does not support.
//
// What is given depends on what is asked for (question_kind.h): one sentence for a fact, what opens
// an explanation for a definition, a whole passage with its code for "how to", the items of a list,
// a sentence on each side of a comparison. A sentence that leans on the one before it brings that
// along; a field ("total: 580,367 sq km") brings the heading that says what it is of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "compose/composer.h"
#include "compose/field_finder.h"
#include "compose/question_kind.h"
#include "compose/subjects.h"
#include "retrieval/answer_span.h"
#include "retrieval/passage_ranking.h"
#include "retrieval/retriever.h"

namespace cento {

// One question at work. Lifetime: all that it is given by reference must outlive it.
class Asker final : public Composer {
 public:
  Asker(const Retriever& retriever, const SpanTables& tables, const SubjectIndex& subjects,
        std::string_view question, const AnswerOptions& options, std::span<const Turn> session);

  uint32_t step() override;
  FragmentExplanation explain(uint32_t i) const override;

 private:
  enum class Phase : uint8_t { kRead, kFields, kPassages, kSentences, kSpans, kCompose, kDone };

  // Further sentences, and one that defines, have at least this share of the best one's score.
  static constexpr double kAsGood = 0.8;

  // Whole sentences [first, end) of one document, and what brought them in.
  struct Part {
    uint32_t first;
    uint32_t end;
    bool operator==(const Part&) const = default;
  };

  std::vector<DocId> named_documents() const;
  bool answer_from_field();
  // Among those of documents titled as the thing whose meaning is asked for, where there are any.
  void rank_passages();
  void choose_passages();
  std::vector<PassageRange> titled_passages() const;
  // Leaves those of one document, the first that is titled so.
  void keep_first_document();
  void rank_sentences();
  void find_spans();
  void compose();

  // Whether the words of the question that carry it stand in the passage or its labels.
  double covered(uint32_t passage) const;
  bool stands_in(const QuestionWord& word, uint32_t passage) const;
  bool has_names(uint32_t passage) const;
  void add_parts_of(uint32_t heading);
  uint32_t best_sentence() const;
  uint32_t defining_sentence() const;
  void compose_passage(uint32_t sentence);
  void compose_list(uint32_t sentence);
  void compose_several(uint32_t count);
  // The sentence with what it leans on and what it labels.
  Part whole(uint32_t sentence) const;
  void add(Part part);
  void emit();
  void mark_span();
  // The value of a field: all behind its label.
  void mark_value(uint32_t sentence);
  // Bytes [begin, end) of the sentence, where an answer has it.
  void mark(uint32_t sentence, size_t begin, size_t end, double confidence);
  void refuse_with_topics(std::string reason);

  bool is_heading(uint32_t sentence) const;
  bool is_field(uint32_t sentence) const;
  std::string text_of(uint32_t sentence) const;
  uint32_t passage_begin(uint32_t sentence) const;
  uint32_t passage_end(uint32_t sentence) const;

  const Retriever* retriever_;
  const SpanTables* tables_;
  const SubjectIndex* subjects_;
  std::string text_;
  AnswerOptions options_;
  std::vector<Turn> session_;
  Phase phase_ = Phase::kRead;

  Question question_;
  QuestionKind kind_ = QuestionKind::kFact;
  std::vector<DocId> named_;               // documents that the question names, ascending
  std::vector<PassageRange> titled_;       // of documents titled as the thing that is asked for
  std::optional<PassageRanking> ranking_;  // while passages and sentences are ranked
  std::vector<RankedPassage> passages_;
  std::vector<RankedSentence> sentences_;
  std::vector<AnswerSpan> spans_;
  std::vector<Part> parts_;  // of the answer, in its order
};

}  // namespace cento
