// What an overview is made from: the documents, sections and passages on its topic, and which of
// their sentences may stand in it.
#include <algorithm>
#include <iterator>
#include <utility>

#include "base/log2.h"
#include "base/sort.h"
#include "compose/overviewer.h"
#include "text/lines.h"
#include "text/search_words.h"
#include "text/sentence_end.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kPoolSentences = 1200;  // that are read at most
constexpr uint32_t kPassages = 24;         // of those that retrieval finds
constexpr uint32_t kManyPassages = 200;    // the same where these say nothing
constexpr size_t kNearest = 3;             // topics that a refusal names
constexpr uint32_t kSectionPassages = 20;  // before and behind the one that was found
constexpr uint32_t kCommonShift = 5;       // the same as a power of two
constexpr double kTopicBits = 3;           // of a word of the topic that says something
constexpr double kInsideLoss = 0.2;        // of a sentence's quality, for not opening its paragraph
constexpr double kLateShare = 0.5;         // of it that sentences keep however late they stand
constexpr double kLateParagraphs = 8;      // before a sentence, that take half of the rest
constexpr double kOffTitle = 0.2;          // for not naming the title that was asked for
constexpr double kOffTopic = 0.7;          // for having none of the topic's words
constexpr double kLeastCovered = 0.6;      // of a topic that a passage must speak of
constexpr double kBesideSection =
    0.5;  // relevance of places that are not in a section about the topic
constexpr double kLeastShare =
    0.5;  // of the topic's words that a sentence found for them must have

constexpr std::string_view kSpace = " \t\r\n";

// Runs between blanks, and each character of a script without spaces.
uint32_t count_words(std::string_view text) {
  uint32_t words = 0;
  bool inside = false;
  for (size_t at = 0; at < text.size();) {
    const TextChar c = char_at(text, at);
    at += c.length;
    const bool blank = c.length == 1 && kSpace.find(static_cast<char>(c.code_point)) != kSpace.npos;
    const bool character = c.kind == CharClass::kIdeograph;
    words += character || (!blank && !inside) ? 1 : 0;
    inside = !blank;
  }
  return words;
}

// Whether a run of characters of the topic, if it has any, stands in the text as it is: one by one,
// the characters of a word without spaces stand in many others.
bool has_run_of(std::string_view topic, std::string_view text) {
  bool has_runs = false;
  for (size_t at = 0; at < topic.size();) {
    const size_t begin = at;
    while (at < topic.size() && char_at(topic, at).kind == CharClass::kIdeograph) {
      at += char_at(topic, at).length;
    }
    if (at > begin) {
      has_runs = true;
      if (text.find(topic.substr(begin, at - begin)) != text.npos) return true;
    } else {
      at += char_at(topic, at).length;
    }
  }
  return !has_runs;
}

std::string folded(std::string_view text) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  std::string all;
  for (const SearchWord& word : words) {
    all += fold_word(text.substr(word.begin, word.end - word.begin)) + " ";
  }
  return all;
}

bool is_value_word(std::span<const Unit> units, const SearchWord& word) {
  return std::any_of(units.begin(), units.end(), [&](const Unit& unit) {
    return unit.begin < word.end && word.begin < unit.end && is_value(unit.kind);
  });
}

}  // namespace

bool Overviewer::find() {
  const std::string wanted = folded(topic_);
  question_ = levels_.retriever.read(topic_);
  const WordIndex& words = levels_.retriever.words();
  topic_terms_.clear();
  for (const QuestionWord& word : question_.words) {
    if (word.term == kNoTerm && unknown_.empty()) unknown_ = word.text;
    if (word.term == kNoTerm) continue;
    const double bits = log2_fixed(static_cast<double>(words.sentence_count()) /
                                   std::max(1u, words.sentence_frequency(word.term)));
    if (bits >= kTopicBits) topic_terms_.push_back({word.term, bits});
  }
  if (wanted.empty()) return true;
  if (reach_ == Reach::kTitles) {
    is_title_ = find_titles(wanted);
    if (is_title_) return true;
    reach_ = Reach::kBestPassages;
  }
  return false;
}

bool Overviewer::reach_further() {
  if (reach_ == Reach::kManyPassages || !unknown_.empty()) return false;
  reach_ = reach_ == Reach::kTitles ? Reach::kBestPassages : Reach::kManyPassages;
  places_.clear();
  pool_.clear();
  place_ = 0;
  return true;
}

// All documents whose title, or the name in it, is the topic.
bool Overviewer::find_titles(const std::string& wanted) {
  std::vector<DocId> named;
  for (const DocId d : levels_.retriever.documents_labelled(question_, 0, topic_.size())) {
    const std::string_view title = corpus_->documents()[d].title;
    if (folded(title) == wanted || folded(subject_name(title)) == wanted) named.push_back(d);
  }
  const auto share = static_cast<uint32_t>(kPoolSentences / std::max<size_t>(1, named.size()));
  for (const DocId d : named) add_document(d, std::max(share, 4u));
  off_topic_ = kOffTitle;
  one_source_ = !named.empty();
  return one_source_;
}

void Overviewer::rank_passages() {
  const Retriever& retriever = levels_.retriever;
  // A document of that very title has been read by now.
  const std::vector<DocId> named = is_title_ ? std::vector<DocId>() : levels_.subjects.find(topic_);
  one_source_ = !named.empty();
  std::vector<PassageRange> within;
  within.reserve(named.size());
  for (const DocId d : named) within.push_back(retriever.passages_of(d));
  if (!one_source_) within.assign(std::begin(kAllPassages), std::end(kAllPassages));
  const uint32_t limit = reach_ == Reach::kManyPassages ? kManyPassages : kPassages;
  ranking_.emplace(retriever, question_, limit, within);
}

void Overviewer::find_passages() {
  const Retriever& retriever = levels_.retriever;
  const std::vector<RankedPassage>& ranked = ranking_->best();
  off_topic_ = kOffTopic;
  std::vector<double> covered;
  double best = 0;
  for (const RankedPassage& passage : ranked) {
    const TokenRange tokens = retriever.passage_tokens(passage.passage);
    const DocId document = retriever.document_of(passage.passage);
    const std::string_view title = corpus_->documents()[document].title;
    std::string text(title);
    for (const std::string& heading : corpus_->headings_at(tokens.begin)) text += " " + heading;
    covered.push_back(topic_share(terms_of(text + " " + corpus_->text(tokens), {})));
    best = std::max(best, covered.back());
    const bool listed = std::find(nearest_.begin(), nearest_.end(), title) != nearest_.end();
    if (!listed && nearest_.size() < kNearest) nearest_.emplace_back(title);
  }
  if (!unknown_.empty() || best < kLeastCovered) return;
  std::vector<DocId> documents;
  for (size_t i = 0; i < ranked.size(); ++i) {
    if (covered[i] < kLeastCovered) continue;
    const DocId document = retriever.document_of(ranked[i].passage);
    if (std::find(documents.begin(), documents.end(), document) == documents.end()) {
      documents.push_back(document);
    }
    if (add_section(ranked[i].passage)) continue;
    const TokenRange tokens = retriever.passage_tokens(ranked[i].passage);
    const bool known = std::any_of(places_.begin(), places_.end(), [&](const Place& place) {
      return place.range.begin <= tokens.begin && tokens.end <= place.range.end;
    });
    if (!known) places_.push_back({tokens, covered[i] * ranked[i].score / ranked[0].score, false});
  }
  one_source_ = one_source_ || documents.size() == 1;
  // Beside sections of their own about the topic, other places count less.
  const auto is_section = [](const Place& place) { return place.is_section; };
  if (std::any_of(places_.begin(), places_.end(), is_section)) {
    for (Place& place : places_) place.relevance *= place.is_section ? 1 : kBesideSection;
  }
  // In the order of the corpus, so that sentences of one document keep theirs.
  stable_sort(std::span(places_),
              [](const Place& a, const Place& b) { return a.range.begin < b.range.begin; });
}

// Whether a heading says all of the topic that the title does not, and nothing else.
bool Overviewer::is_about_topic(std::string_view heading, std::string_view title) {
  const WordIndex& words = levels_.retriever.words();
  const std::vector<Term> in_title = terms_of(title, {});
  const std::vector<Term> in_heading = terms_of(heading, {});
  const auto has = [](const std::vector<Term>& terms, TermId id) {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return term.id == id; });
  };
  uint32_t said = 0;
  for (const TopicTerm& topic : topic_terms_) {
    if (has(in_heading, topic.term)) {
      ++said;
    } else if (!one_source_ || !has(in_title, topic.term)) {
      return false;
    }
  }
  return said > 0 && std::all_of(in_heading.begin(), in_heading.end(), [&](const Term& term) {
           const bool says_little =
               uint64_t{words.sentence_frequency(term.id)} << kCommonShift > words.sentence_count();
           return says_little || std::any_of(topic_terms_.begin(), topic_terms_.end(),
                                             [&](const TopicTerm& t) { return t.term == term.id; });
         });
}

bool Overviewer::add_section(uint32_t passage) {
  const Retriever& retriever = levels_.retriever;
  const Heading* last_heading = nullptr;  // that was looked at
  bool is_last_in_section = false;
  const auto is_in_section = [&](uint32_t p) {
    const TokenRange range = retriever.passage_tokens(p);
    // The first token may be a line break before the heading.
    const TextPos position = std::min(range.begin + 1, range.end - 1);
    const Heading* heading = corpus_->heading_at(position);
    if (heading != nullptr && heading != last_heading) {
      const std::string_view title = corpus_->documents()[retriever.document_of(p)].title;
      const std::vector<std::string> path = corpus_->headings_at(position);
      is_last_in_section = std::any_of(path.begin(), path.end(), [&](const std::string& text) {
        return is_about_topic(text, title);
      });
      last_heading = heading;
    }
    return heading != nullptr && is_last_in_section;
  };
  const TokenRange tokens = retriever.passage_tokens(passage);
  for (const Place& place : places_) {
    if (place.is_section && place.range.begin <= tokens.begin && tokens.end <= place.range.end) {
      return true;
    }
  }
  if (!is_in_section(passage)) return false;
  const DocId document = retriever.document_of(passage);
  const auto belongs = [&](uint32_t p) {
    return retriever.document_of(p) == document && is_in_section(p);
  };
  uint32_t first = passage;
  uint32_t last = passage;
  while (first > 0 && passage - first < kSectionPassages && belongs(first - 1)) --first;
  while (last + 1 < retriever.words().passage_count() && last - passage < kSectionPassages &&
         belongs(last + 1)) {
    ++last;
  }
  places_.push_back(
      {{retriever.passage_tokens(first).begin, retriever.passage_tokens(last).end}, 1, true});
  return true;
}

// The distinct words of a text that the corpus knows, by id; a value before the same as a word.
std::vector<Overviewer::Term> Overviewer::terms_of(std::string_view text,
                                                   std::span<const Unit> units) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  std::vector<Term> terms;
  for (const SearchWord& word : words) {
    const TermId term = terms_.find(text.substr(word.begin, word.end - word.begin));
    if (term != kNoTerm) terms.push_back({term, is_value_word(units, word)});
  }
  stable_sort(std::span(terms), [](const Term& a, const Term& b) {
    return a.id != b.id ? a.id < b.id : a.is_value && !b.is_value;
  });
  const auto last = std::unique(terms.begin(), terms.end(),
                                [](const Term& a, const Term& b) { return a.id == b.id; });
  terms.erase(last, terms.end());
  return terms;
}

double Overviewer::topic_share(std::span<const Term> terms) const {
  double held = 0;
  double all = 0;
  for (const TopicTerm& topic : topic_terms_) {
    all += topic.weight;
    const bool has = std::any_of(terms.begin(), terms.end(),
                                 [&](const Term& term) { return term.id == topic.term; });
    if (has) held += topic.weight;
  }
  return all > 0 ? held / all : 1;
}

// Whether a sentence of a document about something with a name has a word of that name.
bool Overviewer::is_under_name(const Sentence& sentence, std::string_view text) const {
  const std::string_view name = subject_name(corpus_->documents()[sentence.document].title);
  const std::vector<DocId> named = levels_.subjects.find(name);
  if (std::find(named.begin(), named.end(), sentence.document) == named.end()) return true;
  std::vector<SearchWord> words;
  find_search_words(name, words);
  return std::any_of(words.begin(), words.end(), [&](const SearchWord& word) {
    const std::string_view written = name.substr(word.begin, word.end - word.begin);
    return is_upper(char_at(written, 0).code_point) && text.find(written) != text.npos;
  });
}

void Overviewer::add_document(DocId document, uint32_t limit) {
  // The beginning of a long document stands for all of it.
  TokenRange range = corpus_->document_tokens(document);
  const SparseBitVector& starts = corpus_->expression().sentence_starts;
  const uint64_t first = starts.rank1(range.begin);
  const uint64_t end = starts.rank1(range.end);
  if (end - first > limit) {
    range.end = static_cast<TextPos>(starts.select1(static_cast<uint32_t>(first + limit)));
  }
  places_.push_back({range, 1, true});
}

// Whether a sentence or line goes on behind its end, as labels and signatures do; headings do not,
// unless they are signatures.
bool Overviewer::leaves_open(TextPos position, std::string_view text) const {
  if (text.empty()) return is_open_;
  if (ends_sentence(text)) return false;
  const std::vector<Unit> units = find_units(text);
  if (std::any_of(units.begin(), units.end(),
                  [](const Unit& unit) { return unit.kind == UnitKind::kCode; })) {
    return true;
  }
  const Heading* heading = corpus_->heading_at(position);
  if (heading == nullptr || heading->end - heading->begin < text.size()) return true;
  return trimmed(corpus_->heading_text(corpus_->document_at(position), *heading)) != text;
}

// Sees what stands right before a place.
void Overviewer::look_back(TextPos begin) {
  is_open_ = false;
  if (begin <= corpus_->document_tokens(corpus_->document_at(begin)).begin) return;
  const TokenRange before = corpus_->sentence_at(begin - 1);
  const std::string text = corpus_->text(before);
  // Inside the sentence, behind the line breaks that lead it.
  is_open_ = leaves_open(before.end - 1, trimmed(text));
}

void Overviewer::read(TextPos position, const Place& place) {
  const SentenceView view(*corpus_, position);
  next_ = view.range().end;
  Sentence sentence;
  sentence.fit = levels_.judge.judge(view);
  sentence.document = corpus_->document_at(position);
  sentence.goes_on = !pool_.empty() && pool_.back().document == sentence.document &&
                     !corpus_->starts_paragraph(position);
  if (pool_.empty() || pool_.back().document != sentence.document) paragraphs_ = 0;
  if (corpus_->starts_paragraph(position)) ++paragraphs_;
  const double early = kLateShare + (1 - kLateShare) / (1 + paragraphs_ / kLateParagraphs);
  sentence.quality = early * place.relevance * (sentence.goes_on ? 1 - kInsideLoss : 1);
  // Only tokens with something in them; a space that leads the first is skipped.
  const std::string_view text = view.text();
  const std::string_view inside = trimmed(text);
  const auto begin = static_cast<uint32_t>(inside.data() - text.data());
  uint32_t first = 0;
  uint32_t end = view.token_count();
  while (first + 1 < end && view.offset(first + 1) <= begin) ++first;
  while (end > first + 1 && view.offset(end - 1) >= begin + inside.size()) --end;
  sentence.range = {view.range().begin + first, view.range().begin + end};
  sentence.skip = begin - view.offset(first);
  sentence.words = count_words(inside);
  if (view.offset(end) != begin + inside.size() || sentence.words > max_words_) {
    sentence.fit = SentenceFit::kNot;
  }
  if (sentence.fit != SentenceFit::kNot) {
    sentence.terms = terms_of(text, view.units());
    const double share = topic_share(sentence.terms);
    sentence.quality *= 1 - off_topic_ * (1 - share);
    // Found for its words, a passage may yet speak of other things besides.
    if (!place.is_section && (share < kLeastShare || !has_run_of(topic_, text))) {
      sentence.fit = SentenceFit::kNot;
    }
    // Among documents about different things a sentence must say whose it is.
    if (!one_source_ && !is_under_name(sentence, text)) sentence.fit = SentenceFit::kAfterBefore;
  }
  // What stands under a signature or "See:" means nothing without it.
  if (is_open_) sentence.fit = SentenceFit::kNot;
  is_open_ = leaves_open(sentence.range.begin, inside);
  pool_.push_back(std::move(sentence));
}

}  // namespace cento
