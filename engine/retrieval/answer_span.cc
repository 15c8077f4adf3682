#include "retrieval/answer_span.h"

#include <algorithm>

#include "base/log2.h"
#include "text/search_words.h"

namespace cento {
namespace {

constexpr double kSentenceWeight = 20;  // of a sentence's score, beside natural logarithms
constexpr double kMostBehind = 0.6;     // a sentence that scores so much less is not read
constexpr uint32_t kVoters = 25;        // the best runs, which say how sure the first is
constexpr double kTemperature = 2;      // of their votes
constexpr double kLog2OfE = 1.4426950408889634;

// Buckets of evidence for spans: votes and how well the sentence matches.
constexpr double kSpanMatchShare = 0.125;
constexpr double kSpanBuckets = 16;
// Buckets of evidence for sentences.
constexpr double kLeadShare = 0.6;
constexpr double kCoveredShare = 1;
constexpr double kSentenceBuckets = 5;

struct ScoredRun {
  double score = 0;
  uint32_t sentence = 0;  // place among the sentences
  uint32_t begin = 0;     // bytes in its text
  uint32_t end = 0;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

// How much two runs agree: F1 by bytes within one sentence, otherwise whether they say the same.
double agreement(const ScoredRun& a, const ScoredRun& b, std::span<const std::string> texts) {
  if (a.sentence == b.sentence) {
    const uint32_t begin = std::max(a.begin, b.begin);
    const uint32_t end = std::min(a.end, b.end);
    if (end > begin) return 2.0 * (end - begin) / ((a.end - a.begin) + (b.end - b.begin));
  }
  const auto text = [&](const ScoredRun& run) {
    return std::string_view(texts[run.sentence]).substr(run.begin, run.end - run.begin);
  };
  return is_same_text(text(a), text(b)) ? 1 : 0;
}

// Puts a run among the best, which are kept in order; the earlier one wins a tie.
void keep_best(const ScoredRun& run, std::vector<ScoredRun>& best, size_t most) {
  if (best.size() == most && run.score <= best.back().score) return;
  if (best.size() == most) best.pop_back();
  auto at = best.end();
  while (at != best.begin() && (at - 1)->score < run.score) --at;
  best.insert(at, run);
}

}  // namespace

std::vector<SpanWord> read_span_words(const Retriever& retriever, std::string_view sentence,
                                      const SpanQuestion& question, const SpanTables& tables) {
  const WordIndex& index = retriever.words();
  std::vector<SearchWord> found;
  find_search_words(sentence, found);
  std::vector<SpanWord> words;
  words.reserve(found.size());
  for (const SearchWord& word : found) {
    const std::string folded = fold_word(sentence.substr(word.begin, word.end - word.begin));
    const TermId term = index.find(retriever.stemmer().stem(folded));
    SpanWord& read = words.emplace_back();
    read.begin = word.begin;
    read.end = word.end;
    read.is_number = word.is_number;
    read.sorts = tables.sorts_of(folded);
    if (term == kNoTerm) continue;
    for (size_t i = 0; i < question.words.size() && read.asked < 0; ++i) {
      if (question.words[i]->term == term) read.asked = static_cast<int32_t>(i);
    }
    for (uint32_t share = index.sentence_count() / std::max(1u, index.sentence_frequency(term));
         share > 1; share /= 2) {
      ++read.rarity;
    }
  }
  return words;
}

std::vector<AnswerSpan> find_answer_spans(const Retriever& retriever, const Question& question,
                                          std::span<const RankedSentence> sentences,
                                          const SpanTables& tables, uint32_t limit) {
  if (!tables.is_counted() || limit == 0) return {};
  const SpanQuestion asked = read_span_question(question, tables);
  const SpanScorer scorer(tables, asked);
  std::vector<std::string> texts(sentences.size());
  std::vector<ScoredRun> voters;
  std::vector<ScoredRun> best;  // one a sentence
  std::vector<double> scores;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    // Reading a sentence out of the index costs more than weighing its runs.
    if (sentences[s].score < sentences[0].score - kMostBehind) continue;
    texts[s] = retriever.corpus().text(retriever.sentence_tokens(sentences[s].sentence));
    const SpanSentence sentence(texts[s], read_span_words(retriever, texts[s], asked, tables),
                                asked);
    scorer.score(sentence, scores);
    ScoredRun first;
    for (size_t r = 0; r < scores.size(); ++r) {
      const SpanRun& run = sentence.runs()[r];
      const ScoredRun scored = {kSentenceWeight * sentences[s].score + scores[r], s,
                                sentence.tokens()[run.begin].begin,
                                sentence.tokens()[run.end - 1].end};
      keep_best(scored, voters, kVoters);
      if (r == 0 || scored.score > first.score) first = scored;
    }
    if (!scores.empty()) keep_best(first, best, sentences.size());
  }

  std::vector<AnswerSpan> spans;
  std::vector<ScoredRun> chosen;
  for (const ScoredRun& run : best) {
    if (spans.size() == limit) break;
    const auto says_the_same = [&](const ScoredRun& other) {
      return agreement(run, other, texts) == 1;
    };
    if (std::any_of(chosen.begin(), chosen.end(), says_the_same)) continue;
    double votes = 0;
    double all = 0;
    for (const ScoredRun& voter : voters) {
      const double vote = exp2_fixed((voter.score - voters[0].score) / kTemperature * kLog2OfE);
      votes += vote * agreement(run, voter, texts);
      all += vote;
    }
    const RankedSentence& sentence = sentences[run.sentence];
    AnswerSpan& span = spans.emplace_back();
    span.sentence = sentence.sentence;
    span.begin = run.begin;
    span.end = run.end;
    span.score = run.score;
    span.evidence = kSpanBuckets * (votes / all + kSpanMatchShare * sentence.score);
    span.expected_f1 = tables.span_chance(span.evidence);
    chosen.push_back(run);
  }
  return spans;
}

double sentence_evidence(const Retriever& retriever, const Question& question,
                         std::span<const RankedPassage> passages,
                         std::span<const RankedSentence> sentences) {
  if (passages.empty() || sentences.empty() || question.weight_sum <= 0) return 0;
  const std::string text =
      retriever.corpus().text(retriever.sentence_tokens(sentences[0].sentence));
  std::vector<SearchWord> found;
  find_search_words(text, found);
  std::vector<std::string> stems;
  stems.reserve(found.size());
  for (const SearchWord& word : found) {
    stems.push_back(retriever.stemmer().stem(
        fold_word(std::string_view(text).substr(word.begin, word.end - word.begin))));
  }
  double covered = 0;
  for (size_t i = 0; i < question.words.size(); ++i) {
    const QuestionWord& word = question.words[i];
    const auto is_same = [&](const QuestionWord& other) { return other.stem == word.stem; };
    const auto end = question.words.begin() + static_cast<ptrdiff_t>(i);
    if (std::any_of(question.words.begin(), end, is_same)) continue;
    if (std::find(stems.begin(), stems.end(), word.stem) != stems.end()) covered += word.weight;
  }
  const double first = passages[0].score;
  const double second = passages.size() > 1 ? passages[1].score : 0;
  return kSentenceBuckets * (first + kLeadShare * (first - second) + kCoveredShare * covered) /
         question.weight_sum;
}

double sentence_confidence(const Retriever& retriever, const Question& question,
                           std::span<const RankedPassage> passages,
                           std::span<const RankedSentence> sentences, const SpanTables& tables) {
  const double evidence = sentence_evidence(retriever, question, passages, sentences);
  if (tables.is_counted()) return tables.sentence_chance(evidence);
  // Without counts only the order means something.
  return std::min(1.0, evidence / SpanTables::kCalibrationBuckets);
}

}  // namespace cento
