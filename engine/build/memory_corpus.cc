#include "build/memory_corpus.h"

#include <string>
#include <utility>
#include <vector>

#include "build/stem_rules.h"
#include "levels/token_level.h"
#include "text/tokenizer.h"

namespace cento {

MemoryCorpus::MemoryCorpus(Vocabulary vocabulary, Stemmer stemmer, Expression expression)
    : vocabulary_(std::move(vocabulary)),
      stemmer_(std::move(stemmer)),
      expression_(std::move(expression)),
      corpus_(expression_, vocabulary_, {}) {}

Result<std::unique_ptr<MemoryCorpus>> MemoryCorpus::build(std::span<const Document> documents,
                                                          std::string_view language,
                                                          const Progress& progress) {
  std::vector<std::string_view> texts;
  for (const Document& document : documents) texts.push_back(document.text);
  CENTO_ASSIGN_OR_RETURN(Vocabulary vocabulary, build_vocabulary(texts, {}, progress));
  const Tokenizer tokenizer(vocabulary);
  DocumentList list;
  std::vector<TokenId> stream = {kDocumentEnd};
  for (const Document& document : documents) {
    DocumentPart info{document.id, document.url, document.title, document.headings, 0, 0, 0};
    info.first_token = static_cast<uint32_t>(stream.size());
    tokenizer.encode(document.text, stream);
    info.token_count = static_cast<uint32_t>(stream.size()) - info.first_token;
    info.text_bytes = static_cast<uint32_t>(document.text.size());
    list.append(std::move(info));
    stream.push_back(kDocumentEnd);
  }
  Stemmer stemmer = build_stemmer(documents, language);
  CENTO_ASSIGN_OR_RETURN(Expression expression,
                         Expression::build({}, 1, stream, vocabulary, list, {}, stemmer, progress));
  return std::unique_ptr<MemoryCorpus>(
      new MemoryCorpus(std::move(vocabulary), std::move(stemmer), std::move(expression)));
}

}  // namespace cento
