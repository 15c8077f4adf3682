// A mounted mixture over a small text, for tests of the evidence.
#pragma once

#include <doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "levels/token_level.h"
#include "support/sample_corpus.h"
#include "text/tokenizer.h"

namespace cento::test {

// Lines of at most 40 bytes, as in hard-wrapped pages, indented by two spaces.
inline std::string wrap(std::string_view text) {
  std::string wrapped;
  size_t line = 0;
  for (const char c : text) {
    const bool breaks = c == ' ' && wrapped.size() - line > 40;
    if (breaks) line = wrapped.size();
    wrapped += breaks ? "\n  " : std::string(1, c);
  }
  return wrapped;
}

inline std::vector<std::string> town_texts(uint32_t count, bool wrapped) {
  std::vector<std::string> texts;
  for (const Document& town : sample_corpus(count)) {
    texts.push_back(wrapped ? wrap(town.text) : town.text);
  }
  return texts;
}

// What a model refers to, and the model. The last tenth of the texts is not counted.
struct EvidenceFixture {
  Vocabulary vocabulary;
  std::vector<TokenId> stream = {kDocumentEnd};
  std::vector<std::vector<TokenId>> held_out;  // each closed by kDocumentEnd
  TokenClasses token_classes;
  PatternIndex tokens;
  PatternIndex classes;

  explicit EvidenceFixture(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    vocabulary = build_vocabulary(views, {.min_count = 2}).value();
    const Tokenizer tokenizer(vocabulary);
    for (size_t i = 0; i < texts.size(); ++i) {
      std::vector<TokenId> document;
      tokenizer.encode(texts[i], document);
      document.push_back(kDocumentEnd);
      if (i + texts.size() / 10 >= texts.size()) {
        held_out.push_back(document);
      } else {
        stream.insert(stream.end(), document.begin(), document.end());
      }
    }
    token_classes = build_classes(stream, vocabulary.size()).value();
    std::vector<Symbol> class_stream;
    for (const TokenId token : stream) class_stream.push_back(token_classes.class_of[token]);
    tokens = PatternIndex::build(stream, vocabulary.size(), {}).value();
    classes = PatternIndex::build(class_stream, token_classes.class_count,
                                  {.continuation_counts = false, .positions = false})
                  .value();
  }

  EvidenceModel model(bool with_classes = true, const Shares& shares = {}) const {
    return with_classes
               ? EvidenceModel(vocabulary, tokens, &classes, token_classes.class_of, shares)
               : EvidenceModel(vocabulary, tokens, nullptr, {}, shares);
  }
};

}  // namespace cento::test
