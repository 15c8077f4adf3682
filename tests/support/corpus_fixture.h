// A corpus made from texts, without a pack: for tests of what works on a corpus.
#pragma once

#include <doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "levels/class_level.h"
#include "levels/corpus.h"
#include "levels/expression.h"
#include "levels/token_level.h"
#include "text/tokenizer.h"

namespace cento::test {

struct CorpusFixture {
  Vocabulary vocabulary;
  DocumentList documents;
  std::vector<TokenId> stream = {kDocumentEnd};
  TokenClasses classes;
  Expression expression;

  explicit CorpusFixture(const std::vector<Document>& texts) {
    std::vector<std::string_view> views;
    for (const Document& document : texts) views.push_back(document.text);
    auto built = build_vocabulary(views, {.min_count = 2});
    REQUIRE(built.is_ok());
    vocabulary = std::move(built).value();
    const Tokenizer tokenizer(vocabulary);
    for (const Document& document : texts) {
      DocumentPart info{document.id, document.url, document.title, document.headings, 0, 0, 0};
      info.first_token = static_cast<uint32_t>(stream.size());
      tokenizer.encode(document.text, stream);
      info.token_count = static_cast<uint32_t>(stream.size()) - info.first_token;
      info.text_bytes = static_cast<uint32_t>(document.text.size());
      documents.append(std::move(info));
      stream.push_back(kDocumentEnd);
    }
    auto classed = build_classes(stream, vocabulary.size());
    REQUIRE(classed.is_ok());
    classes = std::move(classed).value();
    auto expressed =
        Expression::build(std::string(32, '0'), 1, stream, vocabulary, documents, classes.class_of);
    REQUIRE(expressed.is_ok());
    expression = std::move(expressed).value();
  }

  Corpus corpus() const { return {expression, vocabulary, "CC0-1.0"}; }
};

}  // namespace cento::test
