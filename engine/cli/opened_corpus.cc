#include "cli/opened_corpus.h"

#include <utility>

namespace cento::cli {

Result<std::unique_ptr<OpenedCorpus>> open_corpus(const std::string& folder) {
  CENTO_ASSIGN_OR_RETURN(const PackFiles files, PackFiles::open(folder));
  PackReader reader;
  CENTO_RETURN_IF_ERROR(files.feed(reader));
  CENTO_ASSIGN_OR_RETURN(Expression expression,
                         Expression::build(reader.header().pack_id, reader.shards_read(),
                                           reader.stream(), reader.vocabulary(), reader.documents(),
                                           reader.classes(), reader.stemmer()));
  return std::make_unique<OpenedCorpus>(std::move(reader), std::move(expression));
}

}  // namespace cento::cli
