// Which tokens may come next, so that another generator says nothing that the documents do not.
#pragma once

#include <span>

#include "cento/results.h"
#include "levels/corpus.h"

namespace cento {

// The tokens that keep a text attested, which so far is `context`. A token is among them where,
// with it,
// - the last m words of the sentence (all, where there are fewer), the last one perhaps not
//   finished, stand in a document;
// - the first token of a sentence follows the one before it somewhere in the documents, or a
//   sentence end where there is none before it;
// - where it begins a word, the m words before it stand in a document as whole words.
// The end of a document (0) is among them where the text may stop: where its last word is whole. So
// every text that the mask lets through up to an end satisfies Verifier::verify_windows. Words,
// sentences and m are those of windows (cento/verify.h); of long texts the last 512 tokens count.
// Cost: some ten microseconds for each token that follows the last words; up to some ten
// milliseconds where a sentence begins. REQUIRES: every id is below the size of the vocabulary.
AttestedMask attested_mask(const Corpus& corpus, std::span<const TokenId> context);

}  // namespace cento
