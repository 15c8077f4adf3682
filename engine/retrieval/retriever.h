// Which passages and sentences answer a question: counted weights, BM25 over passages and
// sentences, and pairs of neighbouring words. The recipe and its figures are in docs/algorithms.md.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "levels/corpus.h"
#include "retrieval/aliases.h"
#include "retrieval/passage_ranking.h"
#include "retrieval/place_scan.h"
#include "retrieval/question.h"
#include "retrieval/word_transfer.h"
#include "text/stemmer.h"

namespace cento {

struct RankedSentence {
  uint32_t sentence;
  uint32_t passage;
  double score;  // (passage + sentence + 0.4 × pairs) / ΣW: comparable between questions
};

// A view on one mounted pack. Threads: const methods at once. Lifetime: what it is given must
// outlive it.
class Retriever {
 public:
  // `base`: where there is too little text to tell how rare words are, the words of another pack
  // with the same stems, which are counted too.
  Retriever(const Corpus& corpus, const Stemmer& stemmer, const WordTransfer& transfer,
            const Aliases* aliases = nullptr, const WordIndex* base = nullptr)
      : corpus_(&corpus),
        stemmer_(&stemmer),
        transfer_(&transfer),
        aliases_(aliases),
        base_(base) {}

  // Reads a question; `session` as in Engine::answer. Cost: a look-up a word; a pass over the terms
  // for a word that no document has.
  Question read(std::string_view text, std::span<const Turn> session = {}) const;
  // Reads the query of a search: a word weighs its rarity among the passages, as in BM25, and words
  // of grammar nothing where there are others. Who searches names a topic, who asks says with every
  // word what the answer is like. Cost: as above.
  Question read_query(std::string_view text) const;

  // The `limit` best passages, all at once. Cost, and what is asked of `within`: as
  // PassageRanking.
  std::vector<RankedPassage> passages(const Question& question, uint32_t limit,
                                      std::span<const PassageRange> within = kAllPassages) const;
  // The `limit` best sentences of these passages, best first, ties by number. `scan` is of this
  // question, and done.
  std::vector<RankedSentence> sentences(const Question& question, const PlaceScan& scan,
                                        std::span<const RankedPassage> passages,
                                        uint32_t limit) const;

  const Corpus& corpus() const { return *corpus_; }
  const WordIndex& words() const { return corpus_->expression().words; }
  const Stemmer& stemmer() const { return *stemmer_; }
  TokenRange sentence_tokens(uint32_t sentence) const;
  TokenRange passage_tokens(uint32_t passage) const;
  DocId document_of(uint32_t passage) const;
  // Of a document; none where it has no sentence.
  PassageRange passages_of(DocId document) const;
  // The documents, ascending, whose title or headings have that word in bytes [begin, end) of the
  // question that fewest have, words of grammar aside: all whose title has all these words, and
  // some more. Cost: linear in the runs of passages under titles and headings with one of them.
  std::vector<DocId> documents_labelled(const Question& question, size_t begin, size_t end) const;
  // Of the documents for which `accepts` is true, ascending. Cost: a call for each document.
  template <typename Accepts>
  std::vector<PassageRange> passages_of_all(const Accepts& accepts) const {
    std::vector<PassageRange> passages;
    for (DocId document = 0; document < corpus_->documents().size(); ++document) {
      if (accepts(document)) passages.push_back(passages_of(document));
    }
    return passages;
  }
  // Those that weights of words are counted over.
  uint32_t sentence_count() const {
    return words().sentence_count() + (base_ == nullptr ? 0 : base_->sentence_count());
  }

 private:
  QuestionWord read_word(std::string_view text, bool may_correct) const;
  // Appends the words of `text`. Those of the session weigh less, and what asks is left out.
  void read_words(std::string_view text, bool from_session, Question& question) const;
  void read_aliases(Question& question) const;
  bool is_follow_up(const Question& question) const;

  const Corpus* corpus_;
  const Stemmer* stemmer_;
  const WordTransfer* transfer_;
  const Aliases* aliases_;
  const WordIndex* base_;
};

}  // namespace cento
