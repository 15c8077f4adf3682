#include "compose/asker.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "base/utf8.h"
#include "compose/words.h"
#include "text/leans_back.h"
#include "text/lines.h"
#include "text/search_words.h"
#include "text/units.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kPassages = 8;
constexpr uint32_t kMostTitled = 64;  // a word of many meanings has many documents
constexpr uint32_t kSentences = 12;
constexpr uint32_t kSpans = 4;
// Below this chance a question is refused.
constexpr double kRefuseBelow = 0.2;
// A field answers where it is about this share of what is asked of its document.
constexpr double kLeastField = 0.36;
// A passage, with its title and headings, speaks of at least this share of the question's weight.
constexpr double kLeastCovered = 0.5;
// Words of a passage that is given whole.
constexpr uint32_t kPassageWords = 120;
constexpr uint32_t kMostTopics = 3;
constexpr uint32_t kMostAntecedents = 2;

}  // namespace

Asker::Asker(const Retriever& retriever, const SpanTables& tables, const SubjectIndex& subjects,
             std::string_view question, const AnswerOptions& options, std::span<const Turn> session)
    : retriever_(&retriever),
      tables_(&tables),
      subjects_(&subjects),
      text_(question),
      options_(options),
      session_(session.begin(), session.end()) {}

uint32_t Asker::step() {
  switch (phase_) {
    case Phase::kRead:
      question_ = retriever_->read(text_, session_);
      kind_ = kind_of(question_);
      named_ = named_documents();
      phase_ = Phase::kFields;
      return static_cast<uint32_t>(question_.words.size()) + 1;
    case Phase::kFields: phase_ = answer_from_field() ? Phase::kDone : Phase::kPassages; return 500;
    case Phase::kPassages:
      if (!ranking_) rank_passages();
      if (!ranking_->step(PlaceScan::kSlice)) choose_passages();
      return PlaceScan::kSliceCost;
    case Phase::kSentences: rank_sentences(); return 500;
    case Phase::kSpans: find_spans(); return 500;
    case Phase::kCompose:
      compose();
      phase_ = Phase::kDone;
      return 100;
    case Phase::kDone: break;
  }
  return 0;
}

// Those that the question names, or that a follow-up goes on about.
std::vector<DocId> Asker::named_documents() const {
  std::vector<DocId> named = subjects_->find(text_);
  const bool goes_on = std::any_of(question_.words.begin(), question_.words.end(),
                                   [](const QuestionWord& word) { return word.from_session; });
  if (named.empty() && goes_on) named = subjects_->find(session_.back().topic);
  return named;
}

// Whether a field of a document that the question names answers it.
bool Asker::answer_from_field() {
  std::optional<FoundField> best;
  for (const DocId document : named_) {
    const std::optional<FoundField> found = find_field(*retriever_, question_, document);
    if (found && (!best || found->score > best->score)) best = found;
  }
  if (!best || best->score < kLeastField || !is_field(best->sentence)) return false;
  // The heading, and the line: together where they stand together. Who does not ask for a number
  // gets all that stands there, and the parts that stand beside ("Exports - partners").
  add({best->heading, best->heading + 1});
  const bool asks_number = !question_.words.empty() && question_.words[0].folded == "how";
  constexpr uint32_t kMostLines = 4;
  if (!asks_number && best->end - best->heading <= kMostLines + 1) {
    add({best->heading, best->end});
  } else {
    add({best->sentence, best->sentence + 1});
  }
  if (!asks_number) add_parts_of(best->heading);
  result_.kind = "field";
  result_.confidence = best->score;
  emit();
  mark_value(best->sentence);
  return true;
}

// The fields of the document whose headings go on from that one's with a dash.
void Asker::add_parts_of(uint32_t heading) {
  const Corpus& corpus = retriever_->corpus();
  const auto line = [&](uint32_t sentence) { return std::string(trimmed(text_of(sentence))); };
  const std::string whole = line(heading);
  const std::string beginning = whole.substr(0, whole.find(" - ")) + " - ";
  const TokenRange document =
      corpus.document_tokens(corpus.document_at(retriever_->sentence_tokens(heading).begin));
  const SparseBitVector& starts = corpus.expression().sentence_starts;
  // Parts stand next to each other: a dozen lines away they are something else.
  constexpr uint32_t kNear = 12;
  const uint32_t first = heading - std::min(heading, kNear);
  const uint32_t end = std::min(heading + kNear, starts.ones());
  for (uint32_t s = first; s + 1 < end; ++s) {
    const TextPos begin = starts.select1(s);
    if (s == heading || begin < document.begin || begin >= document.end) continue;
    const std::string other = line(s);
    if (!other.starts_with(beginning) && other + " - " != beginning) continue;
    if (is_heading(s) && !is_heading(s + 1)) add({s, s + 2});
  }
}

// Whether a passage or its labels have at least half of the names of the question.
bool Asker::has_names(uint32_t passage) const {
  uint32_t names = 0;
  uint32_t there = 0;
  for (const Unit& unit : find_units(text_)) {
    if (unit.kind != UnitKind::kName) continue;
    ++names;
    const bool stands =
        std::all_of(question_.words.begin(), question_.words.end(), [&](const QuestionWord& word) {
          return word.from_session || word.begin < unit.begin || word.end > unit.end ||
                 is_listed(WordList::kConnector, word.folded) || stands_in(word, passage);
        });
    there += stands;
  }
  return there * 2 >= names;
}

void Asker::rank_passages() {
  titled_ = titled_passages();
  if (!titled_.empty()) {
    ranking_.emplace(*retriever_, question_, kMostTitled, titled_);
  } else {
    ranking_.emplace(*retriever_, question_, kPassages);
  }
}

void Asker::choose_passages() {
  phase_ = Phase::kSentences;
  passages_ = ranking_->best();
  if (!titled_.empty()) return keep_first_document();
  if (passages_.empty() || question_.weight_sum <= 0) {
    refuse("None of the question's words stands in this pack.");
    phase_ = Phase::kDone;
    return;
  }
  // Where the question names documents, and these have something to say, the answer is theirs: a
  // value must be true of what was asked about.
  if (named_.empty()) return;
  const auto is_named = [&](const RankedPassage& ranked) {
    return std::binary_search(named_.begin(), named_.end(),
                              retriever_->document_of(ranked.passage));
  };
  const auto best = std::find_if(passages_.begin(), passages_.end(), is_named);
  constexpr double kEnough = 0.6;  // of the best passage's score
  if (best != passages_.end() && best->score >= kEnough * passages_.front().score) {
    std::erase_if(passages_, [&](const RankedPassage& ranked) { return !is_named(ranked); });
  }
}

void Asker::rank_sentences() {
  sentences_ = retriever_->sentences(question_, ranking_->scan(), passages_, kSentences);
  ranking_.reset();
  std::erase_if(sentences_, [&](const RankedSentence& ranked) {
    return trimmed(text_of(ranked.sentence)).empty();
  });
  phase_ = Phase::kSpans;
}

void Asker::find_spans() {
  spans_ = find_answer_spans(*retriever_, question_, sentences_, *tables_, kSpans);
  phase_ = Phase::kCompose;
}

// ---- Sentences

std::string Asker::text_of(uint32_t sentence) const {
  return retriever_->corpus().text(retriever_->sentence_tokens(sentence));
}

uint32_t Asker::passage_begin(uint32_t sentence) const {
  const WordIndex& words = retriever_->words();
  return words.first_sentence(words.passage_of_sentence(sentence));
}

uint32_t Asker::passage_end(uint32_t sentence) const {
  const WordIndex& words = retriever_->words();
  return words.first_sentence(words.passage_of_sentence(sentence) + 1);
}

bool Asker::is_heading(uint32_t sentence) const {
  const Corpus& corpus = retriever_->corpus();
  const TokenRange range = retriever_->sentence_tokens(sentence);
  const std::string text = corpus.text(range);
  const size_t skip = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const DocId document = corpus.document_at(range.begin);
  const uint64_t begin = corpus.offset_of(range.begin).bytes + skip;
  const std::span<const Heading> headings = corpus.documents()[document].headings;
  return std::any_of(headings.begin(), headings.end(), [&](const Heading& heading) {
    return heading.begin == begin && heading.end > heading.begin;
  });
}

// Of a form: "label: value", or a line that is no sentence.
bool Asker::is_field(uint32_t sentence) const {
  const std::string text = text_of(sentence);
  const std::string_view line = trimmed(text);
  if (field_label_length(line) > 0) return true;
  for (const std::string_view mark : {".", "!", "?", "。", "？", "！"}) {
    if (line.ends_with(mark)) return false;
  }
  return true;
}

// ---- What is given

bool Asker::stands_in(const QuestionWord& word, uint32_t passage) const {
  if (word.term == kNoTerm) return false;
  const WordIndex& words = retriever_->words();
  if (words.is_general(word.term)) return true;
  const uint32_t first = words.passage_words()[passage];
  const uint32_t end = words.passage_words()[passage + 1];
  for (auto places = words.places(word.term); !places.at_end(); places.next()) {
    if (places.word() >= end) break;
    if (places.word() >= first) return true;
  }
  std::vector<PassageRange> labels;
  words.labelled(word.term, labels);
  return std::any_of(labels.begin(), labels.end(), [&](const PassageRange& range) {
    return range.begin <= passage && passage < range.end;
  });
}

double Asker::covered(uint32_t passage) const {
  double sum = 0;
  double all = 0;
  std::vector<TermId> seen;
  for (const QuestionWord& word : question_.words) {
    if (word.term != kNoTerm) {
      if (std::find(seen.begin(), seen.end(), word.term) != seen.end()) continue;
      seen.push_back(word.term);
    }
    // A word that was taken for another one is covered in part at best.
    constexpr double kCorrected = 1.7;
    all += word.weight * (word.corrected_to.empty() ? 1 : kCorrected);
    if (stands_in(word, passage)) sum += word.weight;
  }
  return all > 0 ? sum / all : 0;
}

uint32_t Asker::best_sentence() const {
  return spans_.empty() ? sentences_.front().sentence : spans_.front().sentence;
}

Asker::Part Asker::whole(uint32_t sentence) const {
  Part part{sentence, sentence + 1};
  // A heading alone says nothing: what follows it does.
  if (is_heading(sentence) && sentence + 1 < passage_end(sentence)) {
    ++part.end;
    return part;
  }
  const uint32_t begin = passage_begin(sentence);
  for (uint32_t i = 0; i < kMostAntecedents && part.first > begin; ++i) {
    if (!leans_back(trimmed(text_of(part.first))) || is_field(part.first)) break;
    if (is_heading(part.first - 1)) break;
    --part.first;
  }
  // A field under its heading.
  if (part.first > begin && is_field(part.first) && is_heading(part.first - 1)) --part.first;
  return part;
}

void Asker::add(Part part) {
  const auto overlaps = [&](const Part& other) {
    return part.first <= other.end && other.first <= part.end;
  };
  const Corpus& corpus = retriever_->corpus();
  for (Part& other : parts_) {
    if (!overlaps(other) ||
        corpus.document_at(retriever_->sentence_tokens(part.first).begin) !=
            corpus.document_at(retriever_->sentence_tokens(other.first).begin)) {
      continue;
    }
    other.first = std::min(other.first, part.first);
    other.end = std::max(other.end, part.end);
    return;
  }
  parts_.push_back(part);
}

// The passage from the sentence on, as far as it goes on about the same: code is never cut.
void Asker::compose_passage(uint32_t sentence) {
  const WordIndex& words = retriever_->words();
  Part part = whole(sentence);
  const uint32_t end = passage_end(sentence);
  const uint32_t most = options_.sentences == 0 ? ~uint32_t{0} : options_.sentences;
  const auto is_code = [&](uint32_t s) {
    const std::string text = text_of(s);
    for (const Line& line : find_lines(text)) {
      if (is_code_line(std::string_view(text).substr(line.begin, line.end - line.begin),
                       line.indent)) {
        return true;
      }
    }
    return false;
  };
  while (part.end < end && part.end - part.first < most) {
    const bool goes_on_in_code = is_code(part.end) && is_code(part.end - 1);
    const uint32_t length = words.first_word(part.end + 1) - words.first_word(part.first);
    if (length > kPassageWords && !goes_on_in_code) break;
    ++part.end;
  }
  add(part);
}

// The items that the best sentence opens, or the other sentences that answer as well.
void Asker::compose_list(uint32_t sentence) {
  const auto is_item = [&](uint32_t s) { return is_list_item(trimmed(text_of(s))); };
  Part part = whole(sentence);
  const uint32_t end = passage_end(sentence);
  while (part.end < end && is_item(part.end)) ++part.end;
  while (is_item(part.first) && part.first > passage_begin(sentence)) --part.first;
  const bool is_list = part.end - part.first > 2;
  add(part);
  if (!is_list && !is_field(sentence)) compose_several(3);
}

// Other sentences that are about as good, in the order of their source.
void Asker::compose_several(uint32_t count) {
  const uint32_t most = options_.sentences == 0 ? count : options_.sentences;
  const double least = kAsGood * sentences_.front().score;
  uint32_t given = 1;
  for (const RankedSentence& ranked : sentences_) {
    if (given >= most || ranked.score < least) break;
    if (is_heading(ranked.sentence)) continue;
    const bool is_there = std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) {
      return part.first <= ranked.sentence && ranked.sentence < part.end;
    });
    if (is_there) continue;
    add(whole(ranked.sentence));
    ++given;
  }
}

void Asker::compose() {
  if (sentences_.empty()) {
    refuse_with_topics("Nothing in this pack is about that.");
    return;
  }
  const uint32_t best = kind_ == QuestionKind::kDefinition ? defining_sentence() : best_sentence();
  const uint32_t passage = retriever_->words().passage_of_sentence(best);
  const double confidence =
      sentence_confidence(*retriever_, question_, passages_, sentences_, *tables_);
  if (titled_.empty() &&
      (confidence < kRefuseBelow || covered(passage) < kLeastCovered || !has_names(passage))) {
    refuse_with_topics("No passage of this pack speaks of enough of what was asked.");
    return;
  }
  result_.confidence = confidence;
  result_.kind = "sentence";
  switch (kind_) {
    case QuestionKind::kHowTo:
      compose_passage(best);
      result_.kind = "steps";
      break;
    case QuestionKind::kList:
      compose_list(best);
      result_.kind = "list";
      break;
    case QuestionKind::kComparison:
      add(whole(best));
      compose_several(2);
      result_.kind = "comparison";
      break;
    case QuestionKind::kDefinition:
      add(whole(best));
      result_.kind = "definition";
      break;
    case QuestionKind::kYesNo:
      add(whole(best));
      result_.kind = "yes-no";
      break;
    case QuestionKind::kFact: {
      add(whole(best));
      const bool is_sure = !spans_.empty() && spans_.front().expected_f1 >= kHighlightF1;
      if (is_sure) result_.kind = "span";
      break;
    }
  }
  if (is_field(best) && parts_.size() == 1) result_.kind = "field";
  if (options_.sentences > 1 && parts_.size() == 1) compose_several(options_.sentences);
  stable_sort(std::span(parts_), [](const Part& a, const Part& b) { return a.first < b.first; });
  emit();
  mark_span();
}

void Asker::emit() {
  const Corpus& corpus = retriever_->corpus();
  DocId before = 0;
  for (const Part& part : parts_) {
    const TokenRange range{retriever_->sentence_tokens(part.first).begin,
                           retriever_->sentence_tokens(part.end - 1).end};
    const DocId document = corpus.document_at(range.begin);
    Fragment fragment;
    fragment.text = corpus.text(range);
    const size_t skip = std::min(fragment.text.find_first_not_of(" \t\r\n"), fragment.text.size());
    fragment.source = corpus.source(range, fragment.text, static_cast<uint32_t>(skip));
    fragment.text.erase(0, skip);
    fragment.tokens = range.size();
    fragment.why.alternatives = static_cast<uint32_t>(sentences_.size());
    for (const RankedSentence& ranked : sentences_) {
      if (part.first <= ranked.sentence && ranked.sentence < part.end) {
        fragment.why.score = std::max(fragment.why.score, ranked.score);
      }
    }
    if (!result_.fragments.empty()) {
      const bool is_line = is_field(part.first);
      result_.text += document != before ? "\n\n" : is_line ? "\n" : space_behind(result_.text);
    }
    result_.text += fragment.text;
    result_.fragments.push_back(std::move(fragment));
    before = document;
  }
}

void Asker::mark_span() {
  if (spans_.empty() || spans_.front().expected_f1 < kHighlightF1) return;
  const AnswerSpan& span = spans_.front();
  mark(span.sentence, span.begin, span.end, span.expected_f1);
}

void Asker::mark_value(uint32_t sentence) {
  const std::string text = text_of(sentence);
  const std::string_view line = trimmed(text);
  const size_t begin = static_cast<size_t>(line.data() - text.data());
  const uint32_t label = field_label_length(line);
  // Past the colon and the blank behind it.
  const size_t value = label == 0 ? begin : text.find_first_not_of(" \t", begin + label + 1);
  mark(sentence, value, begin + line.size(), result_.confidence);
}

void Asker::mark(uint32_t sentence, size_t begin, size_t end, double confidence) {
  const Corpus& corpus = retriever_->corpus();
  const TokenRange range = retriever_->sentence_tokens(sentence);
  const uint64_t from = corpus.offset_of(range.begin).bytes + begin;
  const DocId document = corpus.document_at(range.begin);
  size_t at = 0;
  for (const Fragment& fragment : result_.fragments) {
    at = result_.text.find(fragment.text, at);
    const Source& source = fragment.source;
    if (source.document_id == corpus.documents()[document].id && source.begin_bytes <= from &&
        from + (end - begin) <= source.end_bytes) {
      const std::string_view text = result_.text;
      const size_t first = at + static_cast<size_t>(from - source.begin_bytes);
      const size_t last = first + (end - begin);
      result_.highlight = {first, last, utf16_length(text.substr(0, first)),
                           utf16_length(text.substr(0, last)), confidence};
      return;
    }
    at += fragment.text.size();
  }
}

void Asker::refuse_with_topics(std::string reason) {
  refuse(std::move(reason));
  const Corpus& corpus = retriever_->corpus();
  for (const RankedPassage& ranked : passages_) {
    if (result_.topics.size() == kMostTopics) break;
    const std::string_view title =
        corpus.documents()[retriever_->document_of(ranked.passage)].title;
    if (title.empty() ||
        std::find(result_.topics.begin(), result_.topics.end(), title) != result_.topics.end()) {
      continue;
    }
    result_.topics.emplace_back(title);
  }
}

FragmentExplanation Asker::explain(uint32_t i) const {
  const Corpus& corpus = retriever_->corpus();
  const Part& chosen = parts_[i];
  FragmentExplanation explanation;
  const auto add_candidate = [&](const RankedSentence& ranked) {
    const TokenRange range = retriever_->sentence_tokens(ranked.sentence);
    Candidate candidate;
    candidate.text = corpus.text(range);
    const size_t skip =
        std::min(candidate.text.find_first_not_of(" \t\r\n"), candidate.text.size());
    candidate.source = corpus.source(range, candidate.text, static_cast<uint32_t>(skip));
    candidate.text.erase(0, skip);
    candidate.score = ranked.score;
    for (const RankedPassage& passage : passages_) {
      if (passage.passage == ranked.passage && question_.weight_sum > 0) {
        candidate.parts.emplace_back("passage", passage.score / question_.weight_sum);
        candidate.parts.emplace_back("sentence",
                                     ranked.score - passage.score / question_.weight_sum);
      }
    }
    for (const AnswerSpan& span : spans_) {
      if (span.sentence == ranked.sentence) candidate.parts.emplace_back("span", span.score);
    }
    explanation.candidates.push_back(std::move(candidate));
  };
  const auto is_chosen = [&](const RankedSentence& ranked) {
    return chosen.first <= ranked.sentence && ranked.sentence < chosen.end;
  };
  if (sentences_.empty()) {  // a field of a document that was named
    const Fragment& fragment = result_.fragments[i];
    explanation.candidates.push_back(
        {fragment.text, fragment.source, result_.confidence, {{"field", result_.confidence}}});
    explanation.reason =
        "The question names this document, and its other words are those of this heading or label.";
    return explanation;
  }
  for (const RankedSentence& ranked : sentences_) {
    if (is_chosen(ranked)) add_candidate(ranked);
  }
  constexpr size_t kMostCandidates = 5;
  for (const RankedSentence& ranked : sentences_) {
    if (explanation.candidates.size() == kMostCandidates) break;
    if (!is_chosen(ranked)) add_candidate(ranked);
  }
  explanation.reason = "Of the sentences of the " + std::to_string(passages_.size()) +
                       " passages that fit the question best, this one says most of what was asked";
  explanation.reason +=
      spans_.empty() ? "." : ", and holds the words that look most like an answer to it.";
  return explanation;
}

}  // namespace cento
