#include "cli/eval_qa.h"

#include <algorithm>

#include "build/answer_text.h"
#include "cli/opened_corpus.h"
#include "cli/progress_line.h"
#include "cli/question_file.h"
#include "cli/report.h"
#include "cli/stopwatch.h"
#include "retrieval/answer_span.h"

namespace cento::cli {
namespace {

constexpr uint32_t kPassages = 8;
constexpr uint32_t kSentences = 12;
constexpr uint32_t kSpans = 3;
constexpr size_t kMaxWrong = 200;

struct Asked {
  std::vector<RankedPassage> passages;
  std::vector<RankedSentence> sentences;
  std::vector<AnswerSpan> spans;  // best first, of different texts
  double confidence = 0;          // of the best sentence; 0 where there is none
};

Asked ask(const OpenedCorpus& pack, std::string_view text,
          std::span<const PassageRange> within = kAllPassages) {
  const Retriever& retriever = pack.retriever;
  const SpanTables& tables = pack.reader.span_tables();
  const Question question = retriever.read(text);
  Asked asked;
  PassageRanking ranking(retriever, question, kPassages, within);
  ranking.finish();
  asked.passages = ranking.best();
  asked.sentences = retriever.sentences(question, ranking.scan(), asked.passages, kSentences);
  asked.spans = find_answer_spans(retriever, question, asked.sentences, tables, kSpans);
  asked.confidence =
      sentence_confidence(retriever, question, asked.passages, asked.sentences, tables);
  return asked;
}

std::string_view document_id(const OpenedCorpus& pack, const RankedPassage& passage) {
  return pack.corpus.documents()[pack.retriever.document_of(passage.passage)].id;
}

std::vector<std::string> normal_answers(const AskedQuestion& question) {
  std::vector<std::string> answers;
  for (const std::string& answer : question.answers) answers.push_back(normalize_answer(answer));
  return answers;
}

std::string sentence_text(const OpenedCorpus& pack, uint32_t sentence) {
  return pack.corpus.text(pack.retriever.sentence_tokens(sentence));
}

std::string span_text(const OpenedCorpus& pack, const AnswerSpan& span) {
  return sentence_text(pack, span.sentence).substr(span.begin, span.end - span.begin);
}

// The sentences in the order in which they would be shown: those of the best spans first, then
// those that match best.
std::vector<uint32_t> shown_sentences(const Asked& asked) {
  std::vector<uint32_t> shown;
  const auto show = [&](uint32_t sentence) {
    if (std::find(shown.begin(), shown.end(), sentence) == shown.end()) shown.push_back(sentence);
  };
  if (!asked.spans.empty()) show(asked.spans[0].sentence);
  for (const RankedSentence& sentence : asked.sentences) show(sentence.sentence);
  return shown;
}

// Whether one of the first `count` sentences shown has an answer.
bool sentences_answer(const OpenedCorpus& pack, const Asked& asked,
                      const std::vector<std::string>& answers, size_t count) {
  std::vector<uint32_t> shown = shown_sentences(asked);
  if (shown.size() > count) shown.resize(count);
  return std::any_of(shown.begin(), shown.end(), [&](uint32_t sentence) {
    return contains_answer(normalize_answer(sentence_text(pack, sentence)), answers);
  });
}

// A line for people on a question whose first passage is another document's.
std::string describe_wrong(const OpenedCorpus& pack, const AskedQuestion& question,
                           const Asked& asked) {
  std::string line = question.question + "\n   ";
  for (const QuestionWord& word : pack.retriever.read(question.question).words) {
    line += ' ' + word.stem + ':' + std::to_string(word.weight).substr(0, 4);
  }
  line += "\n    right: " + question.document_id + "  found:";
  for (const RankedPassage& passage : asked.passages) {
    line += ' ' + std::string(document_id(pack, passage)) + '=' +
            std::to_string(passage.score).substr(0, 5);
  }
  return line + '\n';
}

std::vector<AskedQuestion> evenly(std::vector<AskedQuestion> all, uint64_t limit) {
  if (limit == 0 || limit >= all.size()) return all;
  std::vector<AskedQuestion> taken;
  for (uint64_t i = 0; i < limit; ++i) {
    taken.push_back(std::move(all[static_cast<size_t>(i * all.size() / limit)]));
  }
  return taken;
}

std::string_view article_of(std::string_view id) { return id.substr(0, id.find('#')); }

// The share of pairs in which `higher` has the larger value, ties half.
double area_under_curve(const std::vector<double>& higher, std::vector<double> lower) {
  if (higher.empty() || lower.empty()) return 0;
  std::sort(lower.begin(), lower.end());
  double wins = 0;
  for (const double value : higher) {
    const auto [first, last] = std::equal_range(lower.begin(), lower.end(), value);
    wins += static_cast<double>(first - lower.begin()) + static_cast<double>(last - first) / 2;
  }
  return wins / (static_cast<double>(higher.size()) * static_cast<double>(lower.size()));
}

double share(uint64_t some, uint64_t all) {
  return static_cast<double>(some) / static_cast<double>(std::max<uint64_t>(1, all));
}

}  // namespace

Result<QaFigures> eval_qa(const QaOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const std::unique_ptr<OpenedCorpus> pack, open_corpus(options.folder));
  CENTO_ASSIGN_OR_RETURN(std::vector<AskedQuestion> all, read_questions(options.questions, true));
  const std::vector<AskedQuestion> questions = evenly(std::move(all), options.limit);

  uint64_t exact = 0, highlighted = 0, highlighted_right = 0, refused = 0;
  double f1 = 0;
  uint64_t passage_1 = 0, passage_5 = 0, sentence_1 = 0, sentence_3 = 0, wrong = 0;
  std::vector<double> milliseconds;
  QaFigures figures;
  for (const AskedQuestion& question : questions) {
    const Stopwatch stopwatch;
    const Asked asked = ask(*pack, question.question);
    milliseconds.push_back(stopwatch.seconds() * 1e3);

    const auto is_right = [&](const RankedPassage& passage) {
      return document_id(*pack, passage) == question.document_id;
    };
    const auto found = std::find_if(asked.passages.begin(), asked.passages.end(), is_right);
    passage_1 += found == asked.passages.begin() && found != asked.passages.end();
    passage_5 += found - asked.passages.begin() < 5 && found != asked.passages.end();
    const std::vector<std::string> answers = normal_answers(question);
    sentence_1 += sentences_answer(*pack, asked, answers, 1);
    sentence_3 += sentences_answer(*pack, asked, answers, 3);
    if (asked.sentences.empty()) ++refused;
    if (!asked.spans.empty()) {
      const std::string span = normalize_answer(span_text(*pack, asked.spans[0]));
      const double span_f1 = answer_f1(span, answers);
      exact += std::find(answers.begin(), answers.end(), span) != answers.end();
      f1 += span_f1;
      if (asked.spans[0].expected_f1 >= kHighlightF1) {
        ++highlighted;
        if (span_f1 >= 0.5) ++highlighted_right;
      }
    }
    if (options.show_wrong && found != asked.passages.begin() && wrong++ < kMaxWrong) {
      figures.wrong += describe_wrong(*pack, question, asked);
    }
  }
  figures.questions = questions.size();
  figures.passage_hit_1 = share(passage_1, figures.questions);
  figures.passage_hit_5 = share(passage_5, figures.questions);
  figures.sentence_hit_1 = share(sentence_1, figures.questions);
  figures.sentence_hit_3 = share(sentence_3, figures.questions);
  figures.exact_match = share(exact, figures.questions);
  figures.f1 = f1 / static_cast<double>(std::max<uint64_t>(1, figures.questions));
  figures.refused = share(refused, figures.questions);
  figures.highlighted = share(highlighted, figures.questions);
  figures.highlight_precision = share(highlighted_right, highlighted);
  figures.p50_ms = quantile(milliseconds, 0.5);
  figures.p99_ms = quantile(milliseconds, 0.99);
  return figures;
}

Result<RefusalFigures> eval_refusal(const QaOptions& options) {
  CENTO_ASSIGN_OR_RETURN(const std::unique_ptr<OpenedCorpus> pack, open_corpus(options.folder));
  CENTO_ASSIGN_OR_RETURN(std::vector<AskedQuestion> all, read_questions(options.questions, true));
  const std::vector<AskedQuestion> questions = evenly(std::move(all), options.limit);
  std::vector<AskedQuestion> unanswerable;
  if (!options.unanswerable.empty()) {
    CENTO_ASSIGN_OR_RETURN(unanswerable, read_questions(options.unanswerable, false));
  }
  uint64_t highlighted = 0;
  std::vector<double> present, absent, trapped;
  std::vector<std::pair<double, bool>> answered;  // confidence, whether it is right
  for (const AskedQuestion& question : questions) {
    const Asked asked = ask(*pack, question.question);
    const bool is_right = sentences_answer(*pack, asked, normal_answers(question), 1);
    present.push_back(asked.confidence);
    answered.emplace_back(asked.confidence, is_right);
    const std::string_view article = article_of(question.document_id);
    const auto is_other = [&](DocId document) {
      return article_of(pack->corpus.documents()[document].id) != article;
    };
    const std::vector<PassageRange> others = pack->retriever.passages_of_all(is_other);
    absent.push_back(ask(*pack, question.question, others).confidence);
  }
  for (const AskedQuestion& question : unanswerable) {
    const Asked asked = ask(*pack, question.question);
    trapped.push_back(asked.confidence);
    if (!asked.spans.empty() && asked.spans[0].expected_f1 >= kHighlightF1) ++highlighted;
  }
  RefusalFigures figures;
  figures.questions = questions.size();
  figures.unanswerable = unanswerable.size();
  figures.highlighted = share(highlighted, unanswerable.size());
  figures.auc = area_under_curve(present, trapped);
  figures.auc_absent = area_under_curve(present, absent);
  std::stable_sort(answered.begin(), answered.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  answered.resize(answered.size() * 4 / 5);
  const auto right = std::count_if(answered.begin(), answered.end(),
                                   [](const auto& answer) { return answer.second; });
  figures.precision_at_80 = share(static_cast<uint64_t>(right), answered.size());
  return figures;
}

}  // namespace cento::cli
