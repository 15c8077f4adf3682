// Counts what questions with known answers teach: `cento count questions`.
//
// Whatever is counted begins with the same two steps: the question is read against the corpus, and
// the sentence that answers it is found. AnsweredQuestions does these once for all counters.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cento/status.h"
#include "retrieval/retriever.h"
#include "retrieval/word_transfer.h"

namespace cento {

struct AskedQuestion {
  std::string question;
  std::vector<std::string> answers;  // each of them is right
  std::string document_id;           // where they stand
};

struct AnsweredQuestion {
  const AskedQuestion* asked;
  Question question;
  std::vector<std::string> answers;  // as normalize_answer gives them
  uint32_t sentence;                 // the one that answers
};

// The questions whose answer stands in a sentence of their document, in order; of several such
// sentences the one that shares most weight with the question, the first on ties. Lifetime: `asked`
// must outlive the result. Cost: linear in the questions and the documents that they name.
std::vector<AnsweredQuestion> find_answers(const Retriever& retriever,
                                           std::span<const AskedQuestion> asked);

// How often the questions' words stand in the answering sentences, by their stems.
WordTransfer count_word_transfer(const Retriever& retriever,
                                 std::span<const AnsweredQuestion> questions);

// The table as text, one line a count: "word asked found" with tabs between. A head line, all
// questions ("*"), the buckets ("1/2^b"), then the words in byte order.
std::string write_word_table(const WordTransfer& transfer);
// Errors: kInvalidArgument, naming the line.
Result<WordTransfer> read_word_table(std::string_view text);

}  // namespace cento
