#include "compose/completer.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/log2.h"
#include "base/random.h"
#include "base/sort.h"
#include "text/sentence_end.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kUnbounded = ~uint32_t{0};
constexpr uint32_t kScanTokens = 60'000;  // a named document up to this long is searched whole
// What each effort looks at.
struct Width {
  uint32_t starts;         // places at which a continuation is tried
  uint32_t splice_bases;   // hypotheses that are spliced in one round
  uint32_t splice_places;  // other places looked at for each seam
};
constexpr Width kWidths[] = {{40, 4, 3}, {160, 10, 6}, {480, 24, 12}};

Width width_of(const AnswerOptions& options) {
  return kWidths[static_cast<size_t>(options.effort)];
}

constexpr uint32_t kEvidenceTokens = 8;     // of each piece that are weighed
constexpr size_t kExplained = 4;            // of the best hypotheses, kept for explain
constexpr uint32_t kMinWords = 3;           // of a continuation that ends inside its sentence
constexpr uint32_t kMinSeamWords = 4;       // before and after a seam
constexpr double kMinSubject = 0.75;        // of the prompt's sentence that the source is about
constexpr double kSeamWordBits = 7;         // rarity of the word before a seam: no "and", no "of"
constexpr uint32_t kValueContextWords = 3;  // that must match before a value

constexpr uint32_t kEvidenceCost = 10;  // the same for each token that is weighed

// Scalar settings, in bits (docs/algorithms.md lists them).
constexpr double kEvidenceWeight = 2.0;   // times the mean log2 probability
constexpr double kContextWordBits = 1.0;  // for each word of matched context, up to kContextWords
constexpr uint32_t kContextWords = 6;
constexpr double kTopicBits = 6.0;    // times the share of the topic that is covered
constexpr double kSubjectBits = 4.0;  // times the share of the prompt's sentence that it is about
constexpr double kSeamBits = 8.0;     // for each seam, less what its form is worth:
constexpr double kLeastSeamBits = 2.0;
constexpr double kNoEndBits = 3.0;       // for a last sentence without an end mark
constexpr double kUnfinishedBits = 6.0;  // for ending at a clause instead of a sentence
constexpr double kShortBits = 4.0;       // for a continuation of one or two words
constexpr double kNoiseBits = 1.5;       // scale of the Gumbel noise that a seed adds

// How probable it is that the first three words are right: odds of 2^(so many bits for each bit of
// mean evidence and each word of matched context).
constexpr double kOddsEvidence = 3.0;
constexpr double kOddsContextWord = 0.3;

// Cost of opening a sentence, in look-ups.
constexpr uint32_t kSentenceCost = 80;

// How many more brackets `text` opens than it closes; negative as soon as it closes one too many.
int bracket_depth(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth < 0) break;
  }
  return depth;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

// The sentence up to token `end`.
std::string_view head(const SentenceView& sentence, uint32_t end) {
  return std::string_view(sentence.text()).substr(0, sentence.offset(end));
}

// Tokens of the sentence without white space at its end.
uint32_t trimmed_end(const SentenceView& sentence) {
  uint32_t end = sentence.token_count();
  while (end > 0 && is_blank(std::string_view(sentence.text())
                                 .substr(sentence.offset(end - 1),
                                         sentence.offset(end) - sentence.offset(end - 1)))) {
    --end;
  }
  return end;
}

// Gumbel noise from the seed and what it is for: the best of the noisy scores is a sample in which
// k bits of advantage count 2^(k / scale) times.
double gumbel(uint64_t seed, uint64_t salt) {
  Random random(seed * 0x9E3779B97F4A7C15u + salt);
  random.next();
  const double uniform = (static_cast<double>(random.next() >> 12) + 0.5) / 4503599627370496.0;
  return -log2_fixed(-log2_fixed(uniform));
}

}  // namespace

Completer::Completer(const Corpus& corpus, const SubjectIndex& subjects, const EvidenceModel& model,
                     std::string_view prompt, const AnswerOptions& options)
    : corpus_(&corpus),
      subjects_(&subjects),
      typed_(model),
      text_(end_of_prompt(prompt)),
      options_(options),
      max_quote_(options.max_quote == 0 ? kUnbounded : options.max_quote),
      position_(typed_.position()),
      prompt_state_(corpus.index()) {}

uint32_t Completer::step() {
  cost_ = 1;
  switch (phase_) {
    case Phase::kRead:
      read_ += TypedText::kSliceBytes;
      typed_.set(std::string_view(text_).substr(0, read_));
      cost_ = TypedText::kSliceCost;
      if (read_ >= text_.size()) phase_ = Phase::kStart;
      break;
    case Phase::kStart:
      prompt_ = read_prompt(*corpus_, *subjects_, text_);
      position_ = typed_.position();
      if (typed_.open_word() != " ") {  // it is taken to be whole
        std::vector<TokenId> tokens;
        corpus_->tokenizer().encode(typed_.open_word(), tokens);
        for (const TokenId token : tokens) typed_.evidence().advance(position_, token);
      }
      if (!find_starts()) {
        prompt_ = with_unfinished_word(*corpus_, *subjects_, text_);
        position_ = typed_.position();
        if (!find_starts()) {
          refuse("This pack does not hold the prompt's last words, so nothing continues them.");
          phase_ = Phase::kDone;
          break;
        }
      }
      next_ = 0;
      phase_ = Phase::kContinue;
      break;
    case Phase::kContinue:
      continue_from(starts_[next_]);
      if (++next_ < starts_.size()) break;
      rounds_left_ = options_.grounding != Grounding::kPhrase ? 0
                     : max_quote_ == kUnbounded               ? 1
                                                              : 3;
      next_ = 0;
      end_ = 0;
      phase_ = Phase::kSplice;
      break;
    case Phase::kSplice:
      if (splice_next()) break;
      if (next_ < end_) {
        begin_splicing(hypotheses_[next_++]);
      } else if (rounds_left_ > 0 && !hypotheses_.empty()) {
        --rounds_left_;
        keep_best(width_of(options_).starts);
        next_ = 0;
        end_ = std::min<size_t>(width_of(options_).splice_bases, hypotheses_.size());
      } else {
        phase_ = Phase::kChoose;
      }
      break;
    case Phase::kChoose: choose(); break;
    case Phase::kFollow: follow(); break;
    case Phase::kDone: return 0;
  }
  return cost_;
}

bool Completer::find_starts() {
  prompt_state_.reset();
  prompt_state_.append(prompt_.tokens);
  starts_.clear();
  if (prompt_.tokens.empty()) return false;
  for (const DocId document : prompt_.subjects) find_starts_in(document);
  if (prompt_.subjects.empty()) {
    for (const ContextState::Context& context : prompt_state_.contexts()) {
      if (!prompt_.is_strong(context.length) || starts_.size() >= width_of(options_).starts) break;
      find_starts_in(context.range, context.length);
    }
  }
  return !starts_.empty();
}

// Every place of a document where the last words of the prompt stand, the longest matches first.
void Completer::find_starts_in(DocId document) {
  const TokenRange range = corpus_->document_tokens(document);
  const size_t already = starts_.size();
  if (range.size() > kScanTokens) {
    for (const ContextState::Context& context : prompt_state_.contexts()) {
      if (!prompt_.is_strong(context.length)) break;
      find_starts_in(context.range, context.length);
    }
    std::erase_if(starts_, [&](const Start& start) {
      return start.position < range.begin || start.position >= range.end;
    });
    return;
  }
  std::vector<Symbol> tokens;
  corpus_->extract(range, tokens);
  cost_ += range.size();
  const std::vector<TokenId>& wanted = prompt_.tokens;
  for (uint32_t i = 1; i < tokens.size(); ++i) {
    uint32_t length = 0;
    while (length < i && length < wanted.size() &&
           tokens[i - 1 - length] == wanted[wanted.size() - 1 - length]) {
      ++length;
    }
    if (length == 0 || !prompt_.is_strong(length)) continue;
    const auto context = std::span(wanted).last(length);
    add_start(range.begin + i, length, corpus_->index().find(context).count());
  }
  stable_sort(std::span(starts_).subspan(already),
              [](const Start& a, const Start& b) { return a.context_tokens > b.context_tokens; });
  if (starts_.size() > width_of(options_).starts) starts_.resize(width_of(options_).starts);
}

// Places of a context, spread over its rows when there are more than are wanted.
void Completer::find_starts_in(RowRange range, uint32_t context_tokens) {
  const uint32_t most = width_of(options_).starts;
  const uint32_t wanted = most - std::min(most, static_cast<uint32_t>(starts_.size()));
  const uint32_t places = std::min(range.count(), wanted);
  const uint32_t shift = Random(options_.seed).below(range.count());
  for (uint32_t i = 0; i < places; ++i) {
    const auto spread = static_cast<uint32_t>(uint64_t{i} * range.count() / places);
    add_start(corpus_->index().locate(range.begin + (spread + shift) % range.count()),
              context_tokens, range.count());
    cost_ += 16;
  }
}

void Completer::add_start(TextPos position, uint32_t context_tokens, uint32_t count) {
  const bool known = std::any_of(starts_.begin(), starts_.end(),
                                 [&](const Start& start) { return start.position == position; });
  if (!known) starts_.push_back({position, context_tokens, count});
}

void Completer::continue_from(const Start& start) {
  const DocId document = corpus_->document_at(start.position);
  const TokenRange tokens = corpus_->document_tokens(document);
  if (start.position >= tokens.end || corpus_->starts_paragraph(start.position)) return;
  const SentenceView sentence(*corpus_, start.position);
  cost_ += kSentenceCost;
  const uint32_t from = start.position - sentence.range().begin;

  // What the prompt has begun, the matched context must hold from its first byte; a word that it
  // ends with is taken to be whole.
  const uint32_t context_begin = from >= start.context_tokens ? from - start.context_tokens : 0;
  const uint32_t opened = sentence.opened_at(from);
  if (opened < sentence.offset(context_begin)) return;
  const std::string_view rest = std::string_view(sentence.text()).substr(sentence.offset(from));
  const bool word_is_open = !prompt_.typed.empty() && prompt_.typed != " ";
  if (word_is_open && !rest.starts_with(prompt_.typed)) return;
  if (opened < sentence.offset(from) && !is_blank(rest.substr(0, 1)) && !word_is_open) return;
  // Brackets that it closes must be open in the matched context.
  const std::string_view before = head(sentence, from);
  if (bracket_depth(before) != bracket_depth(before.substr(sentence.offset(context_begin)))) return;

  Piece piece;
  piece.context_tokens = start.context_tokens;
  piece.context_words = sentence.count_words(context_begin, from);
  piece.count = start.count;
  piece.alternatives = static_cast<uint32_t>(starts_.size());
  if (leans_on_more(sentence, context_begin)) return;
  const double subject = subject_share(sentence, from);
  const bool is_about_the_same =
      subject == 1 && piece.context_words >= std::min(kValueContextWords, prompt_.words);
  if (!is_about_the_same && sentence.has_value(from, sentence.token_count())) return;
  if (subject < kMinSubject) return;
  Hypothesis begun;
  begun.subject = subject;
  const auto rest_tokens = std::span(sentence.tokens()).subspan(from);
  const auto weighed = rest_tokens.first(std::min<size_t>(kEvidenceTokens, rest_tokens.size()));
  begun.evidence_bits = evidence_bits(position_, weighed);
  begun.evidence_tokens = static_cast<uint32_t>(weighed.size());
  Hypothesis whole = begun;
  if (add_piece(whole, sentence, from, piece, kUnbounded)) push(std::move(whole));
  if (max_quote_ == kUnbounded) return;
  // The beginning of a sentence that is too long to quote.
  if (add_piece(begun, sentence, from, piece, max_quote_) && !begun.is_whole) {
    push(std::move(begun));
  }
}

double Completer::evidence_bits(EvidencePosition position, std::span<const Symbol> tokens) {
  Evidence& evidence = typed_.evidence();
  double bits = 0;
  for (const Symbol token : tokens) {
    evidence.predict(position, prediction_);
    bits += log2_fixed(prediction_.probability(static_cast<TokenId>(token)));
    evidence.advance(position, static_cast<TokenId>(token));
  }
  cost_ += kEvidenceCost * static_cast<uint32_t>(tokens.size());
  return bits;
}

bool Completer::add_piece(Hypothesis& hypothesis, const SentenceView& sentence, uint32_t from,
                          Piece piece, uint32_t max_words) {
  uint32_t to = trimmed_end(sentence);
  if (to <= from || hypothesis.tokens >= options_.max_tokens) return false;
  uint32_t limit = std::min(to, from + (options_.max_tokens - hypothesis.tokens));
  while (limit > from && sentence.count_words(from, limit) > max_words) --limit;
  hypothesis.is_whole = limit == to;
  if (!hypothesis.is_whole) {
    to = sentence.last_clause_end(from, limit, kMinWords);
    if (to == from) return false;
  }
  const std::string_view before = head(sentence, from);
  if (bracket_depth(before) + bracket_depth(head(sentence, to).substr(before.size())) != 0) {
    return false;
  }
  piece.words = sentence.count_words(from, to);
  piece.range = {sentence.range().begin + from, sentence.range().begin + to};
  if (piece.words == 0) return false;

  const double share = topic_share(sentence);
  const auto seams = static_cast<double>(hypothesis.pieces.size());
  hypothesis.topic = (hypothesis.topic * seams + share) / (seams + 1);
  hypothesis.has_end = ends_sentence(head(sentence, to));
  hypothesis.tokens += to - from;
  hypothesis.pieces.push_back(piece);
  return true;
}

std::vector<std::pair<std::string, double>> Completer::score_parts(
    const Hypothesis& hypothesis) const {
  uint32_t words = 0;
  for (const Piece& piece : hypothesis.pieces) words += piece.words;
  double ending = 0;
  if (!hypothesis.is_whole) ending -= kUnfinishedBits;
  if (hypothesis.is_whole && !hypothesis.has_end) ending -= kNoEndBits;
  return {
      {"evidence", kEvidenceWeight * hypothesis.evidence_bits / hypothesis.evidence_tokens},
      {"context", kContextWordBits * std::min(hypothesis.pieces[0].context_words, kContextWords)},
      {"topic", kTopicBits * hypothesis.topic},
      {"subject", kSubjectBits * hypothesis.subject},
      {"seams", -hypothesis.seam_bits},
      {"ending", ending},
      {"length", words < kMinWords ? -kShortBits : 0},
  };
}

void Completer::push(Hypothesis hypothesis) {
  double score = 0;
  for (const auto& [name, bits] : score_parts(hypothesis)) score += bits;
  if (options_.seed != 0) {
    const Piece& last = hypothesis.pieces.back();
    const uint64_t salt = (uint64_t{hypothesis.pieces[0].range.begin} << 32) | last.range.begin;
    score += kNoiseBits * gumbel(options_.seed, salt);
  }
  hypothesis.score = score;
  hypotheses_.push_back(std::move(hypothesis));
}

// Whether the sentence has said a word like "when" before token `at` that the prompt has not: its
// rest would then be said without the condition that it leans on.
bool Completer::leans_on_more(const SentenceView& sentence, uint32_t at) const {
  const std::vector<std::string>& said = prompt_.clause_openers;
  // Behind a semicolon or a colon things stand for themselves.
  const size_t mark = head(sentence, at).find_last_of(";:");
  const size_t begin = mark == std::string_view::npos ? 0 : mark;
  return std::any_of(sentence.units().begin(), sentence.units().end(), [&](const Unit& unit) {
    if (unit.begin < begin || unit.end > sentence.offset(at)) return false;
    const std::string word = ascii_lower(sentence.text().substr(unit.begin, unit.end - unit.begin));
    return is_listed(WordList::kClauseOpener, word) &&
           std::find(said.begin(), said.end(), word) == said.end();
  });
}

// The share of the prompt's topic, by weight, that the paragraph or the document's title names.
double Completer::topic_share(const SentenceView& sentence) const {
  const DocId document = corpus_->document_at(sentence.range().begin);
  std::string passage(corpus_->documents()[document].title);
  passage += '\n' + corpus_->text(corpus_->paragraph_at(sentence.range().begin));
  passage = ascii_lower(std::move(passage));
  return named_share(prompt_.topic, passage);
}

// The share of what the prompt's sentence speaks of that the source's sentence has named before
// token `from`, or its headings or title.
double Completer::subject_share(const SentenceView& sentence, uint32_t from) const {
  const DocId document = corpus_->document_at(sentence.range().begin);
  std::string about(corpus_->documents()[document].title);
  for (const std::string& heading : corpus_->headings_at(sentence.range().begin)) {
    about += '\n' + heading;
  }
  about.append("\n").append(head(sentence, from));
  return named_share(std::span(prompt_.topic).subspan(prompt_.topic_begin), ascii_lower(about));
}

void Completer::keep_best(size_t count) {
  stable_sort(std::span(hypotheses_),
              [](const Hypothesis& a, const Hypothesis& b) { return a.score > b.score; });
  if (hypotheses_.size() > count) hypotheses_.resize(count);
}

void Completer::begin_splicing(const Hypothesis& base) {
  SentenceView sentence(*corpus_, base.pieces.back().range.begin);
  cost_ += kSentenceCost;
  const uint32_t from = base.pieces.back().range.begin - sentence.range().begin;
  splicing_.emplace(Splicing{base, std::move(sentence), from});
}

// Tries a seam before the next word of the last piece; false where there is none.
bool Completer::splice_next() {
  if (!splicing_) return false;
  const SentenceView& sentence = splicing_->sentence;
  const TokenRange piece = splicing_->base.pieces.back().range;
  const uint32_t end = piece.end - sentence.range().begin;
  while (splicing_->cut + 1 < end) {
    if (!sentence.may_cut(++splicing_->cut)) continue;
    splice_at(splicing_->cut);
    return true;
  }
  splicing_.reset();
  return false;
}

void Completer::splice_at(uint32_t cut) {
  const Hypothesis& base = splicing_->base;
  const SentenceView& sentence = splicing_->sentence;
  const Piece& piece = base.pieces.back();
  const uint32_t from = piece.range.begin - sentence.range().begin;
  const uint32_t words = sentence.count_words(from, cut);
  if (words < kMinSeamWords || words > max_quote_) return;
  const uint32_t overlap_begin = sentence.words_back(from, cut, kWindowWords - 1);
  if (overlap_begin >= cut) return;
  const std::span<const Symbol> overlap =
      std::span(sentence.tokens()).subspan(overlap_begin, cut - overlap_begin);
  const uint32_t last_word = sentence.words_back(from, cut, 1);
  const RowRange last =
      corpus_->index().find(std::span(sentence.tokens()).subspan(last_word, cut - last_word));
  if (rarity_bits(corpus_->index().size(), last.count()) < kSeamWordBits) return;
  const RowRange range = corpus_->index().find(overlap);
  cost_ += static_cast<uint32_t>(overlap.size());
  if (range.count() < 2) return;

  const DocId document = corpus_->document_at(piece.range.begin);
  const bool value_before = prompt_.has_value || base.has_value || sentence.has_value(from, cut);
  const int depth = bracket_depth(head(sentence, cut));
  const uint32_t places = std::min(range.count(), width_of(options_).splice_places);
  const uint32_t shift = Random(options_.seed).below(range.count());
  for (uint32_t i = 0; i < places; ++i) {
    const auto spread = static_cast<uint32_t>(uint64_t{i} * range.count() / places);
    const TextPos position =
        corpus_->index().locate(range.begin + (spread + shift) % range.count());
    cost_ += 16;
    const DocId other = corpus_->document_at(position);
    if (position >= corpus_->document_tokens(other).end || corpus_->starts_sentence(position))
      continue;
    if (other != document && (value_before || !prompt_.subjects.empty())) continue;
    const SentenceView there(*corpus_, position);
    cost_ += kSentenceCost;
    const uint32_t at = position - there.range().begin;
    // Where both go on alike, a later seam says the same.
    if (at < overlap.size() || there.tokens()[at] == sentence.tokens()[cut]) continue;
    if (!there.may_cut(at) || there.has_value(at, there.token_count()) ||
        bracket_depth(head(there, at)) != depth) {
      continue;
    }
    Hypothesis spliced = base;
    spliced.has_value = value_before;
    Piece& shortened = spliced.pieces.back();
    spliced.tokens -= piece.range.end - (sentence.range().begin + cut);
    shortened.range.end = sentence.range().begin + cut;
    shortened.words = words;
    Piece next;
    next.context_tokens = static_cast<uint32_t>(overlap.size());
    next.context_words = kWindowWords - 1;
    next.count = range.count();
    next.alternatives = places;
    if (!add_piece(spliced, there, at, next, max_quote_) ||
        spliced.pieces.back().words < kMinSeamWords) {
      continue;
    }
    const auto behind = std::span(there.tokens()).subspan(at);
    const double form =
        seam_bits(typed_.evidence().model(), std::span(sentence.tokens()).first(cut), behind);
    if (form < 0) continue;
    spliced.seam_bits += std::max(kSeamBits - form, kLeastSeamBits);
    push(std::move(spliced));
  }
}

void Completer::choose() {
  std::erase_if(hypotheses_, [&](const Hypothesis& hypothesis) {
    return std::any_of(hypothesis.pieces.begin(), hypothesis.pieces.end(),
                       [&](const Piece& piece) { return piece.words > max_quote_; });
  });
  if (hypotheses_.empty()) {
    refuse(
        "No sentence of this pack goes on from here about the same things, within this call's "
        "limits.");
    phase_ = Phase::kDone;
    return;
  }
  keep_best(kExplained);
  const Hypothesis& best = hypotheses_.front();
  const double odds = exp2_fixed(kOddsEvidence * best.evidence_bits / best.evidence_tokens +
                                 kOddsContextWord * best.pieces[0].context_words);
  result_.confidence = odds / (1 + odds);
  for (const Piece& piece : best.pieces) emit(piece, best.score);
  tokens_left_ = options_.max_tokens - best.tokens;
  words_in_a_row_ = best.pieces.back().words;
  follow_from_ = best.pieces.back().range.end;
  phase_ = best.is_whole ? Phase::kFollow : Phase::kDone;
}

// The next sentence of the last source, as long as whole ones fit.
void Completer::follow() {
  phase_ = Phase::kDone;
  const TokenRange document = corpus_->document_tokens(corpus_->document_at(follow_from_));
  if (follow_from_ >= document.end || !corpus_->starts_sentence(follow_from_) ||
      corpus_->starts_paragraph(follow_from_)) {
    return;
  }
  const SentenceView sentence(*corpus_, follow_from_);
  cost_ += kSentenceCost;
  Piece piece;
  const uint32_t end = trimmed_end(sentence);
  piece.range = {follow_from_, sentence.range().begin + end};
  piece.words = sentence.count_words(0, end);
  words_in_a_row_ += piece.words;
  if (end > tokens_left_ || !ends_sentence(head(sentence, end))) return;
  if (words_in_a_row_ > max_quote_) return;
  tokens_left_ -= end;
  emit(piece, 0);
  follow_from_ = piece.range.end;
  phase_ = Phase::kFollow;
}

void Completer::emit(const Piece& piece, double score) {
  Fragment fragment;
  fragment.text = corpus_->text(piece.range);
  uint32_t skip = 0;
  if (result_.fragments.empty() && !prompt_.typed.empty()) {
    // The prompt's own white space stands for that of the source, be it a space or a line break.
    const bool is_space = prompt_.typed == " ";
    if (!is_space) skip = static_cast<uint32_t>(prompt_.typed.size());
    if (is_space && is_blank(std::string_view(fragment.text).substr(0, 1))) skip = 1;
  }
  fragment.source = corpus_->source(piece.range, fragment.text, skip);
  fragment.text.erase(0, skip);
  fragment.tokens = piece.range.size();
  fragment.why = {0,           piece.context_tokens, piece.context_words,
                  piece.count, piece.alternatives,   score};
  result_.text += fragment.text;
  result_.fragments.push_back(std::move(fragment));
}

FragmentExplanation Completer::explain(uint32_t i) const {
  const Fragment& fragment = result_.fragments[i];
  const Why& why = fragment.why;
  FragmentExplanation explanation;
  explanation.candidates.push_back({fragment.text, fragment.source, why.score, {}});
  const Hypothesis& best = hypotheses_.front();
  if (i >= best.pieces.size()) {
    explanation.reason = "It is the next sentence of the same source.";
    return explanation;
  }
  explanation.candidates[0].parts = score_parts(best);
  for (const Hypothesis& other : std::span(hypotheses_).subspan(1)) {
    // The part in its place, or the last one where it has fewer.
    const size_t from = std::min<size_t>(i, other.pieces.size() - 1);
    Candidate candidate;
    for (const Piece& piece : std::span(other.pieces).subspan(from)) {
      candidate.text += corpus_->text(piece.range);
    }
    const TokenRange first = other.pieces[from].range;
    candidate.source = corpus_->source(first, corpus_->text(first));
    candidate.score = other.score;
    candidate.parts = score_parts(other);
    explanation.candidates.push_back(std::move(candidate));
  }
  std::string& reason = explanation.reason;
  reason = i == 0 ? "Its source goes on from the last " : "It goes on where the last ";
  reason += std::to_string(why.context_words) + (why.context_words == 1 ? " word" : " words");
  reason += i == 0 ? " of the prompt, which" : " before it also";
  reason += (why.count == 1 ? " stand at one place"
                            : " stand at " + std::to_string(why.count) + " places");
  reason += " of the documents; of " + std::to_string(why.alternatives);
  reason += why.alternatives == 1 ? " continuation" : " continuations";
  reason += " weighed there, the whole answer with it has the highest score.";
  return explanation;
}

}  // namespace cento
