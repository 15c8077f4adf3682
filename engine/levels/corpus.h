// One mounted pack, as the composers see it: tokens, sentences, documents and their sources.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/results.h"
#include "levels/expression.h"
#include "text/document_list.h"
#include "text/tokenizer.h"
#include "text/vocabulary.h"

namespace cento {

// Tokens [begin, end) of the stream.
struct TokenRange {
  TextPos begin = 0;
  TextPos end = 0;
  uint32_t size() const { return end - begin; }
  bool operator==(const TokenRange&) const = default;
};

// A view; owns nothing. Lifetime: everything it refers to must outlive it.
// Threads: const methods may run at the same time.
class Corpus {
 public:
  Corpus(const Expression& expression, const Vocabulary& vocabulary, std::string_view licence)
      : expression_(&expression),
        vocabulary_(&vocabulary),
        tokenizer_(vocabulary),
        licence_(licence) {}

  const PatternIndex& index() const { return expression_->tokens; }
  const Expression& expression() const { return *expression_; }
  const Vocabulary& vocabulary() const { return *vocabulary_; }
  const Tokenizer& tokenizer() const { return tokenizer_; }
  const DocumentList& documents() const { return expression_->documents; }

  TokenRange document_tokens(DocId document) const;
  DocId document_at(TextPos position) const { return documents().document_at(position); }

  bool starts_sentence(TextPos position) const {
    return expression_->sentence_starts.get(position);
  }
  bool starts_paragraph(TextPos position) const {
    return starts_sentence(position) &&
           expression_->paragraph_starts.get(expression_->sentence_starts.rank1(position));
  }
  // The sentence, or paragraph, that the token at `position` is in; never leaves its document.
  // Cost: logarithmic in the corpus.
  TokenRange sentence_at(TextPos position) const;
  TokenRange paragraph_at(TextPos position) const;

  void extract(TokenRange range, std::vector<Symbol>& out) const {
    expression_->tokens.extract(range.begin, range.size(), out);
  }
  std::string text(TokenRange range) const;

  // The text of a heading of `document`, as it stands there.
  std::string heading_text(DocId document, const Heading& heading) const;

  // Where the token at `position` begins in its document.
  TextOffset offset_of(TextPos position) const {
    return offset_of(position, document_at(position));
  }

  // The headings that the token at `position` is under, outermost first.
  std::vector<std::string> headings_at(TextPos position) const;
  // The innermost of them, one of DocumentInfo::headings; nullptr where there is none.
  const Heading* heading_at(TextPos position) const;

  // Where a run of tokens of one document stands, whose text is `text`, with the headings it is
  // under. `skip_bytes` leaves out that many bytes of its beginning. REQUIRES: range is not empty,
  // in one document.
  Source source(TokenRange range, std::string_view text, uint32_t skip_bytes = 0) const;

  // The text at UTF-16 offsets [begin, end) of a document with about `context_bytes` bytes on
  // either side, cut at tokens. Errors: kInvalidArgument where the range is not in the document.
  Result<Excerpt> excerpt(DocId document, uint64_t begin_utf16, uint64_t end_utf16,
                          uint32_t context_bytes) const;

 private:
  TextOffset offset_of(TextPos position, DocId document) const;
  std::vector<std::string> heading_texts(DocId document, std::span<const uint32_t> path) const;
  // From the start of sentence `first` to that of sentence `end`, inside the document of a token
  // that lies between.
  TokenRange sentences(uint32_t first, uint32_t end, TextPos position) const;

  const Expression* expression_;
  const Vocabulary* vocabulary_;
  Tokenizer tokenizer_;
  std::string_view licence_;
};

}  // namespace cento
