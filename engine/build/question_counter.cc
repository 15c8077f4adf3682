#include "build/question_counter.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "build/answer_text.h"
#include "text/search_words.h"

namespace cento {
namespace {

// Rarer words are left to their buckets.
constexpr uint32_t kLeastAsked = 8;
constexpr std::string_view kHead = "word\tasked\tfound";
constexpr std::string_view kAllQuestions = "*";
constexpr std::string_view kBucketPrefix = "1/2^";

// What is looked at in a sentence, read once however many questions its document has.
struct SentenceText {
  std::string normal;
  std::vector<std::string> stems;  // ascending
};

SentenceText read_sentence(const Retriever& retriever, uint32_t sentence) {
  const std::string text = retriever.corpus().text(retriever.sentence_tokens(sentence));
  SentenceText read;
  read.normal = normalize_answer(text);
  std::vector<SearchWord> words;
  find_search_words(text, words);
  for (const SearchWord& word : words) {
    const std::string folded = fold_word(text.substr(word.begin, word.end - word.begin));
    read.stems.push_back(retriever.stemmer().stem(folded));
  }
  std::sort(read.stems.begin(), read.stems.end());
  return read;
}

bool has_stem(const SentenceText& sentence, const std::string& stem) {
  return std::binary_search(sentence.stems.begin(), sentence.stems.end(), stem);
}

// The question's words, each stem once.
std::vector<const QuestionWord*> distinct_words(const Question& question) {
  std::vector<const QuestionWord*> distinct;
  for (const QuestionWord& word : question.words) {
    const auto same = [&](const QuestionWord* other) { return other->stem == word.stem; };
    if (std::none_of(distinct.begin(), distinct.end(), same)) distinct.push_back(&word);
  }
  return distinct;
}

double shared_weight(const Question& question, const SentenceText& sentence) {
  double weight = 0;
  for (const QuestionWord* word : distinct_words(question)) {
    if (has_stem(sentence, word->stem)) weight += word->weight;
  }
  return weight;
}

void add_line(std::string_view name, uint32_t asked, uint32_t found, std::string& text) {
  text.append(name).append("\t").append(std::to_string(asked)).append("\t");
  text.append(std::to_string(found)).append("\n");
}

// A whole number at the front of `text`, taken away; false where there is none below 2^32.
bool take_number(std::string_view& text, uint32_t& number) {
  uint64_t value = 0;
  size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + static_cast<uint64_t>(text[digits++] - '0');
    if (value > 0xFFFFFFFFu) return false;
  }
  text.remove_prefix(digits);
  number = static_cast<uint32_t>(value);
  return digits > 0;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::vector<AnsweredQuestion> find_answers(const Retriever& retriever,
                                           std::span<const AskedQuestion> asked) {
  const Corpus& corpus = retriever.corpus();
  std::unordered_map<std::string_view, DocId> by_id;
  for (DocId d = 0; d < corpus.documents().size(); ++d) by_id.emplace(corpus.documents()[d].id, d);
  std::unordered_map<uint32_t, SentenceText> read;

  std::vector<AnsweredQuestion> answered;
  for (const AskedQuestion& question : asked) {
    const auto document = by_id.find(question.document_id);
    if (document == by_id.end()) continue;
    AnsweredQuestion next{&question, retriever.read(question.question), {}, 0};
    for (const std::string& answer : question.answers) {
      next.answers.push_back(normalize_answer(answer));
    }
    const TokenRange tokens = corpus.document_tokens(document->second);
    const SparseBitVector& starts = corpus.expression().sentence_starts;
    double most = -1;
    for (uint32_t s = starts.rank1(tokens.begin); s < starts.rank1(tokens.end); ++s) {
      const auto [at, is_new] = read.try_emplace(s);
      if (is_new) at->second = read_sentence(retriever, s);
      if (!contains_answer(at->second.normal, next.answers)) continue;
      const double weight = shared_weight(next.question, at->second);
      if (weight <= most) continue;
      most = weight;
      next.sentence = s;
    }
    if (most >= 0) answered.push_back(std::move(next));
  }
  return answered;
}

WordTransfer count_word_transfer(const Retriever& retriever,
                                 std::span<const AnsweredQuestion> questions) {
  WordTransfer::Buckets buckets{};
  std::map<std::string, TransferCount> counts;
  for (const AnsweredQuestion& question : questions) {
    const SentenceText sentence = read_sentence(retriever, question.sentence);
    for (const QuestionWord* word : distinct_words(question.question)) {
      const uint32_t found = has_stem(sentence, word->stem) ? 1 : 0;
      TransferCount& count = counts[word->folded];
      ++count.asked;
      count.found += found;
      if (word->term == kNoTerm) continue;
      TransferCount& bucket = buckets[WordTransfer::bucket_of(
          retriever.words().sentence_frequency(word->term), retriever.words().sentence_count())];
      ++bucket.asked;
      bucket.found += found;
    }
  }
  std::vector<TransferWord> words;
  for (const auto& [folded, count] : counts) {
    if (count.asked >= kLeastAsked && folded.size() <= 255) words.push_back({folded, count});
  }
  if (words.size() > WordTransfer::kMaxWords) words.resize(WordTransfer::kMaxWords);
  return WordTransfer(static_cast<uint32_t>(questions.size()), buckets, words);
}

std::string write_word_table(const WordTransfer& transfer) {
  std::string text(kHead);
  text += '\n';
  add_line(kAllQuestions, transfer.questions(), transfer.questions(), text);
  for (uint32_t b = 0; b < WordTransfer::kBuckets; ++b) {
    const TransferCount& count = transfer.buckets()[b];
    add_line(std::string(kBucketPrefix) + std::to_string(b), count.asked, count.found, text);
  }
  for (const TransferWord& word : transfer.words()) {
    add_line(word.folded, word.count.asked, word.count.found, text);
  }
  return text;
}

Result<WordTransfer> read_word_table(std::string_view text) {
  uint32_t questions = 0;
  WordTransfer::Buckets buckets{};
  std::vector<TransferWord> words;
  size_t line_number = 0;
  for (size_t begin = 0; begin < text.size(); ++line_number) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line_number == 0 && line == kHead) continue;
    const auto refuse = [&](std::string_view why) {
      return Status::invalid_argument("Line " + std::to_string(line_number + 1) +
                                      " of the table of words " + std::string(why) + ".");
    };
    const std::string_view name = line.substr(0, line.find('\t'));
    line.remove_prefix(name.size());
    TransferCount count;
    if (line_number == 0 || !take(line, '\t') || !take_number(line, count.asked) ||
        !take(line, '\t') || !take_number(line, count.found) || !line.empty()) {
      return refuse(line_number == 0 ? "is not \"word asked found\" with tabs between"
                                     : "is not a word and two counts with tabs between");
    }
    if (count.found > count.asked) return refuse("has found more than was asked for");
    if (line_number == 1) {
      if (name != kAllQuestions || count.asked == 0) return refuse("does not count the questions");
      questions = count.asked;
    } else if (line_number < 2 + WordTransfer::kBuckets) {
      const size_t bucket = line_number - 2;
      if (name != std::string(kBucketPrefix) + std::to_string(bucket)) {
        return refuse("is not the next bucket of frequency");
      }
      buckets[bucket] = count;
    } else {
      if (name.empty() || name.size() > 255 || words.size() == WordTransfer::kMaxWords ||
          (!words.empty() && name <= words.back().folded)) {
        return refuse("does not stand in byte order behind the line before");
      }
      words.push_back({std::string(name), count});
    }
  }
  if (line_number < 2 + WordTransfer::kBuckets) {
    return Status::invalid_argument("The table of words ends before its buckets do.");
  }
  return WordTransfer(questions, buckets, words);
}

}  // namespace cento
