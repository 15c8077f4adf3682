// Continues a text by fragments that stand in the corpus: a beam search over attested continuations
// with few, expensive seams.
//
// The prompt's last words are looked up in the index; every place where they stand offers the rest
// of its sentence. The most promising of these are then spliced: where the last m-1 words of a
// continuation also stand elsewhere, the rest of *that* sentence may follow instead, at the price
// of a seam. The best whole is kept; what cannot be continued well is refused.
//
// What may be spliced (promise 1): never inside a unit, a quotation or a field, nor at another
// depth of brackets; no value after a seam; to another document only where nothing before the seam
// is a value; and where the prompt names documents, all of it comes from these.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cento/results.h"
#include "compose/composer.h"
#include "compose/prompt.h"
#include "compose/sentence_view.h"
#include "compose/subjects.h"
#include "compose/typed_text.h"
#include "evidence/form_evidence.h"
#include "index/context_state.h"
#include "levels/corpus.h"

namespace cento {

// One completion at work. Resumable: `step` does one piece of the work. Deterministic in corpus,
// prompt and options. Lifetime: corpus, subjects and model must outlive it. Memory: a few hundred
// sentences, and the counts of the prompt.
class Completer final : public Composer {
 public:
  Completer(const Corpus& corpus, const SubjectIndex& subjects, const EvidenceModel& model,
            std::string_view prompt, const AnswerOptions& options);

  uint32_t step() override;
  FragmentExplanation explain(uint32_t i) const override;

 private:
  enum class Phase : uint8_t { kRead, kStart, kContinue, kSplice, kChoose, kFollow, kDone };

  // A place where the prompt's last words stand.
  struct Start {
    TextPos position;  // of the token that follows them
    uint32_t context_tokens;
    uint32_t count;  // places where that context stands
  };

  // A run of tokens of one sentence of the corpus, and what led to it.
  struct Piece {
    TokenRange range;
    uint32_t context_tokens = 0;
    uint32_t context_words = 0;
    uint32_t count = 0;         // places where the context stands
    uint32_t alternatives = 0;  // of them, those that were weighed
    uint32_t words = 0;
  };

  // A possible rest of the sentence.
  struct Hypothesis {
    std::vector<Piece> pieces;
    uint32_t tokens = 0;
    double evidence_bits = 0;  // sum of log2 probabilities of its first piece's first tokens
    uint32_t evidence_tokens = 0;
    double seam_bits = 0;    // what its seams cost
    bool has_end = true;     // with a full stop or the like
    double subject = 1;      // share of the prompt's sentence that the source's sentence is about
    double topic = 0;        // share of the prompt's topic that the source passages speak of
    bool has_value = false;  // before the last piece
    bool is_whole = true;    // goes to the end of its sentence
    double score = 0;        // bits, noise included
  };

  // A hypothesis whose last piece is being cut at one word after the other.
  struct Splicing {
    Hypothesis base;
    SentenceView sentence;  // of its last piece
    uint32_t cut;           // token of the sentence
  };

  bool find_starts();
  void find_starts_in(DocId document);
  void find_starts_in(RowRange range, uint32_t context_tokens);
  void add_start(TextPos position, uint32_t context_tokens, uint32_t count);
  void continue_from(const Start& start);
  void begin_splicing(const Hypothesis& base);
  bool splice_next();
  void splice_at(uint32_t cut);
  void keep_best(size_t count);
  void choose();
  void follow();

  // Ends `piece` of `sentence` (which begins at token `from`) where the options allow and adds it
  // with its topic; false where nothing sensible fits.
  bool add_piece(Hypothesis& hypothesis, const SentenceView& sentence, uint32_t from, Piece piece,
                 uint32_t max_words);
  // Sum of the log2 probabilities of `tokens` behind `position`.
  double evidence_bits(EvidencePosition position, std::span<const Symbol> tokens);
  void push(Hypothesis hypothesis);
  bool leans_on_more(const SentenceView& sentence, uint32_t at) const;
  double topic_share(const SentenceView& sentence) const;
  double subject_share(const SentenceView& sentence, uint32_t from) const;
  void emit(const Piece& piece, double score);
  // What a hypothesis's score is made of, noise left out.
  std::vector<std::pair<std::string, double>> score_parts(const Hypothesis& hypothesis) const;

  const Corpus* corpus_;
  const SubjectIndex* subjects_;
  TypedText typed_;  // what evidence knows of the prompt
  Prediction prediction_;
  std::string text_;
  AnswerOptions options_;
  uint32_t max_quote_;  // words; the largest number where there is no bound
  Phase phase_ = Phase::kRead;
  size_t read_ = 0;  // bytes of the text

  Prompt prompt_;
  EvidencePosition position_;  // behind what is read of it
  ContextState prompt_state_;
  std::vector<Start> starts_;
  std::vector<Hypothesis> hypotheses_;  // when chosen: the best one, and a few that came next
  size_t next_ = 0;                     // the next start or hypothesis to work on
  size_t end_ = 0;                      // where this phase's work ends
  uint32_t rounds_left_ = 0;            // of splicing
  std::optional<Splicing> splicing_;
  uint32_t cost_ = 0;        // of the current step
  TextPos follow_from_ = 0;  // the next sentence, when the chosen one is whole
  uint32_t words_in_a_row_ = 0;
  uint32_t tokens_left_ = 0;
};

}  // namespace cento
