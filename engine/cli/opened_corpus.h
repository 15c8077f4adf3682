// A pack that is searched without an engine: for commands that measure what lies below it.
#pragma once

#include <memory>
#include <string>

#include "cento/status.h"
#include "cli/pack_files.h"
#include "levels/corpus.h"
#include "pack/pack_reader.h"
#include "retrieval/retriever.h"

namespace cento::cli {

// Owns what its retriever looks at; does not move.
struct OpenedCorpus {
  OpenedCorpus(PackReader opened, Expression expressed)
      : reader(std::move(opened)),
        expression(std::move(expressed)),
        corpus(expression, reader.vocabulary(), reader.header().licence),
        retriever(corpus, reader.stemmer(), reader.word_transfer(), &reader.aliases()) {}
  OpenedCorpus(const OpenedCorpus&) = delete;
  OpenedCorpus& operator=(const OpenedCorpus&) = delete;

  PackReader reader;
  Expression expression;
  Corpus corpus;
  Retriever retriever;
};

// Opens and expresses the whole pack of a folder. Errors: those of PackFiles and PackReader.
Result<std::unique_ptr<OpenedCorpus>> open_corpus(const std::string& folder);

}  // namespace cento::cli
