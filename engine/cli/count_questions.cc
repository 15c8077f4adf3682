#include "cli/count_questions.h"

#include <filesystem>

#include "build/memory_corpus.h"
#include "build/question_counter.h"
#include "build/span_counter.h"
#include "cli/documents.h"
#include "cli/files.h"
#include "cli/progress_line.h"
#include "cli/question_file.h"

namespace cento::cli {

Result<CountQuestionsFigures> count_questions(const CountQuestionsOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const std::vector<Document> documents, read_documents(options.documents));
  CENTO_ASSIGN_OR_RETURN(const std::vector<AskedQuestion> asked,
                         read_questions(options.questions, true));
  std::unique_ptr<MemoryCorpus> corpus;
  {
    ProgressLine progress;
    CENTO_ASSIGN_OR_RETURN(corpus,
                           MemoryCorpus::build(documents, options.language, progress.function()));
  }
  // Which of several sentences answers is decided by rarity alone: nothing is counted yet.
  const WordTransfer uncounted;
  const Retriever retriever(corpus->corpus(), corpus->stemmer(), uncounted);
  const std::vector<AnsweredQuestion> answered = find_answers(retriever, asked);
  if (answered.empty()) {
    return Status::invalid_argument(
        "No question has its answer in the document that it names. Are these the documents of "
        "these questions?");
  }
  const WordTransfer words = count_word_transfer(retriever, answered);

  const std::filesystem::path folder(options.out);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  CENTO_RETURN_IF_ERROR(
      write_file_atomically((folder / "words.tsv").string(), as_bytes(write_word_table(words))));
  const SpanCounts spans = count_spans(retriever, words, answered);
  CENTO_RETURN_IF_ERROR(
      write_file_atomically((folder / "spans.tsv").string(), as_bytes(spans.write())));
  return CountQuestionsFigures{asked.size(), answered.size(), words.words().size()};
}

}  // namespace cento::cli
