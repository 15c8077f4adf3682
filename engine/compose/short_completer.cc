#include "compose/short_completer.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "base/log2.h"
#include "base/utf8.h"
#include "compose/sentence_view.h"
#include "compose/words.h"
#include "text/boundaries.h"
#include "text/sentence_end.h"

namespace cento {
namespace {

constexpr uint32_t kPredictionCost = 150;
constexpr size_t kTailBytes = 1000;     // of the prompt in which its subject is looked for
constexpr size_t kSaidBytes = 1 << 16;  // of it in which words of its own are looked for
constexpr uint32_t kWords = 3;          // that are chosen together
constexpr uint32_t kCandidates = 24;    // tokens looked at behind each draft
constexpr uint32_t kMaxFollowers = 64;  // of each context that are looked at
constexpr uint32_t kMaxPredictions = 64;
constexpr double kLeastProbability = 1e-6;
constexpr double kLikely = 0.5;         // a word more is added where it is at least so probable
constexpr uint32_t kPlaces = 16;        // of each context that are looked at for a source
constexpr uint32_t kNamedPlaces = 512;  // the same where only some documents will do
constexpr uint32_t kNone = ~uint32_t{0};

// How probable it is that three words are right: odds of 2^(bias + slope × bits), the bits being
// the log2 probabilities of the first two words and of all three (docs/algorithms.md).
constexpr double kOddsBias = 1.8;
constexpr double kOddsSlope = 0.7;

double calibrated(double two_words, double three_words) {
  const double odds =
      exp2_fixed(kOddsBias + kOddsSlope * (log2_fixed(two_words) + log2_fixed(three_words)));
  return odds / (1 + odds);
}

bool begins_with_space(std::string_view text) {
  return text.empty() || text[0] == ' ' || text[0] == '\n';
}

}  // namespace

// One composition.
class ShortCompleter::Search {
 public:
  explicit Search(ShortCompleter& owner)
      : owner_(owner),
        corpus_(*owner.corpus_),
        evidence_(owner.typed_->evidence()),
        model_(evidence_.model()),
        prompt_(owner.text_),
        is_space_typed_(owner.typed_->open_word() == " "),
        max_tokens_(owner.options_.max_tokens),
        max_words_(owner.options_.max_quote == 0 ? kNone : owner.options_.max_quote),
        root_(owner.typed_->position()) {
    if (is_space_typed_) return;
    // The word at the caret is taken to be whole, but may go on.
    std::vector<TokenId> tokens;
    Tokenizer(model_.vocabulary()).encode(owner.typed_->open_word(), tokens);
    for (const TokenId token : tokens) evidence_.advance(root_, token);
  }

  // Goes on by one prediction or one attempt at a source, and fills the owner's answer in the end.
  // Gives the look-ups that it took; 0 when all is done.
  uint32_t step() {
    const uint32_t before = predictions_;
    switch (phase_) {
      case Phase::kBegin:
        find_subjects();
        predict(root_);
        add_drafts(kNone);
        phase_ = Phase::kWiden;
        break;
      case Phase::kWiden:
        if (expanded_++ < expansions() && !is_settled()) {
          expand(best_draft(false));
        } else {
          phase_ = Phase::kDeepen;
        }
        break;
      case Phase::kDeepen: {
        // The best one alone is gone on with.
        const bool is_found = !ends_.empty() || predictions_ >= kMaxPredictions;
        const uint32_t deepest = is_found ? kNone : best_draft(true);
        if (deepest == kNone) {
          phase_ = Phase::kFinish;
        } else {
          expand(deepest);
        }
        break;
      }
      case Phase::kFinish:
        if (finished_ == ends_.size()) {
          owner_.refuse("This pack holds nothing that is likely to come next.");
          phase_ = Phase::kDone;
        } else if (finish(ends_[finished_++])) {
          phase_ = Phase::kDone;
        }
        break;
      case Phase::kDone: return 0;
    }
    return 1 + (predictions_ - before) * kPredictionCost;
  }

 private:
  enum class Phase : uint8_t { kBegin, kWiden, kDeepen, kFinish, kDone };

  // A beginning of what may follow: that of `parent` and one token more.
  struct Draft {
    uint32_t parent;
    TokenId token;
    uint32_t tokens;
    uint32_t words;  // begun
    double probability;
    bool is_open = true;  // not yet gone on with
  };
  // A draft whose last word is whole.
  struct End {
    uint32_t draft;
    double probability;
  };

  uint32_t expansions() const {
    constexpr std::array<uint32_t, 3> kExpansions = {4, 7, 20};
    return kExpansions[static_cast<size_t>(owner_.options_.effort)];
  }

  void predict(const EvidencePosition& position) {
    ++predictions_;
    evidence_.predict(position, prediction_);
    prediction_.top(kCandidates, candidates_, kMaxFollowers, kLeastProbability);
  }

  // How much of the candidates' probability is that of tokens with white space before them.
  double spaced_share() const {
    double spaced = 0;
    double all = 0;
    for (const Prediction::Candidate& candidate : candidates_) {
      all += candidate.probability;
      if (begins_with_space(text_of(candidate.token))) spaced += candidate.probability;
    }
    return spaced / all;
  }
  // The probability that the word that `text` ends in goes on.
  double joined(std::string_view text) const {
    double sum = 0;
    for (const Prediction::Candidate& candidate : candidates_) {
      if (joins_word(text, text_of(candidate.token))) sum += candidate.probability;
    }
    return sum;
  }

  bool may_follow(TokenId token, bool is_first) const {
    const std::string_view text = text_of(token);
    if (is_first && is_space_typed_)
      return text.size() > 1 && text[0] == ' ' && is_presentable(text);
    if (token == kDocumentEnd || text.ends_with(' ')) return false;
    return is_presentable(text) || model_.is_wrap(token);
  }

  // What was predicted behind `parent` makes drafts.
  void add_drafts(uint32_t parent) {
    const bool is_first = parent == kNone;
    const Draft from = is_first ? Draft{kNone, 0, 0, 0, 1} : drafts_[parent];
    const std::string text = is_first ? owner_.typed_->open_word() : text_of(tokens_of(parent));
    double scale = from.probability;
    if (is_first && is_space_typed_) scale /= std::max(spaced_share(), kLeastProbability);
    const bool is_last = from.words >= wanted_words();
    const bool is_sentence = !is_first && ends_sentence(text) && spaced_share() > 0.5;
    if (is_last || from.tokens == max_tokens_ || (is_sentence && from.words > 1)) {
      add_end({parent, from.probability * (1 - joined(text))});
    }
    if (from.tokens == max_tokens_ || is_sentence) return;
    for (const Prediction::Candidate& candidate : candidates_) {
      if (!may_follow(candidate.token, is_first)) continue;
      const std::string_view next = text_of(candidate.token);
      const bool is_new = !model_.is_wrap(candidate.token) && (is_first || !joins_word(text, next));
      const double probability = scale * candidate.probability;
      if ((is_last && (is_new || model_.is_wrap(candidate.token))) ||
          probability < kLeastProbability) {
        continue;
      }
      drafts_.push_back(
          {parent, candidate.token, from.tokens + 1, from.words + (is_new ? 1 : 0), probability});
    }
  }

  uint32_t wanted_words() const { return std::min(kWords, max_words_); }

  void expand(uint32_t draft) {
    drafts_[draft].is_open = false;
    const std::vector<TokenId> tokens = tokens_of(draft);
    const EvidencePosition position = position_behind(tokens);
    if (!stands(position, tokens) && !find_in_text(said(tokens))) return;
    predict(position);
    add_drafts(draft);
  }

  // Whether no draft can become better than the best end.
  bool is_settled() const {
    const uint32_t best = best_draft(false);
    return best == kNone || (!ends_.empty() && ends_[0].probability >= drafts_[best].probability);
  }

  // The most probable open draft, of those with the most words if so asked; the first of equals.
  uint32_t best_draft(bool deepest) const {
    uint32_t best = kNone;
    for (uint32_t i = 0; i < drafts_.size(); ++i) {
      const Draft& draft = drafts_[i];
      if (!draft.is_open) continue;
      if (best != kNone && deepest && draft.words < drafts_[best].words) continue;
      const bool is_deeper = best != kNone && deepest && draft.words > drafts_[best].words;
      if (best == kNone || is_deeper || draft.probability > drafts_[best].probability) best = i;
    }
    return best;
  }

  void add_end(End end) {
    size_t at = ends_.size();
    while (at > 0 && ends_[at - 1].probability < end.probability) --at;
    ends_.insert(ends_.begin() + static_cast<std::ptrdiff_t>(at), end);
  }

  std::string_view text_of(TokenId token) const { return model_.vocabulary().text(token); }
  std::string text_of(std::span<const TokenId> tokens) const {
    std::string text;
    for (const TokenId token : tokens) text += text_of(token);
    return text;
  }
  std::vector<TokenId> tokens_of(uint32_t draft) const {
    std::vector<TokenId> tokens;
    for (; draft != kNone; draft = drafts_[draft].parent) tokens.push_back(drafts_[draft].token);
    std::reverse(tokens.begin(), tokens.end());
    return tokens;
  }
  EvidencePosition position_behind(std::span<const TokenId> tokens) const {
    EvidencePosition position = root_;
    for (const TokenId token : tokens) evidence_.advance(position, token);
    return position;
  }

  // The contexts in which all of `tokens` stand in the pack. Behind a line break the first word may
  // stand there with a space.
  const ContextState* stands(const EvidencePosition& position,
                             std::span<const TokenId> tokens) const {
    if (position.tokens.longest() >= tokens.size()) return &position.tokens;
    const bool is_wrapped = std::any_of(tokens.begin(), tokens.end(),
                                        [&](TokenId token) { return model_.is_wrap(token); });
    if (root_.is_line_start && !is_wrapped && position.unwrapped.longest() >= tokens.size()) {
      return &position.unwrapped;
    }
    return nullptr;
  }

  // `tokens` as they are added to the prompt.
  std::string said(std::span<const TokenId> tokens) const {
    std::string text = text_of(tokens);
    // The space that is typed, or that a line break stands for.
    if ((is_space_typed_ || root_.is_line_start) && text.starts_with(' ')) text.erase(0, 1);
    return text;
  }

  // Where the prompt has said `text` itself, cut at words alike: of these places, the one behind
  // the longest part of the prompt's end, the last of equals.
  struct Said {
    size_t at;
    size_t matched;  // bytes before it that the prompt ends with too
  };
  std::optional<Said> find_in_text(std::string_view text) const {
    const size_t first = prompt_.size() - std::min(prompt_.size(), kSaidBytes);
    const std::string_view prompt = std::string_view(prompt_).substr(first);
    std::optional<Said> best;
    // Forwards: `find` looks for the first byte alone, `rfind` compares at each place.
    for (size_t at = text.empty() ? prompt.npos : prompt.find(text); at != prompt.npos;
         at = prompt.find(text, at + 1)) {
      if (joins_word(prompt.substr(0, at), text) != joins_word(prompt, text)) continue;
      if (joins_word(text, prompt.substr(at + text.size()))) continue;
      size_t matched = 0;
      while (matched < at && prompt[at - 1 - matched] == prompt[prompt.size() - 1 - matched]) {
        ++matched;
      }
      if (!best || matched >= best->matched) best = {first + at, matched};
    }
    return best;
  }

  // Adds words while they are likely and finds a source for the whole.
  bool finish(const End& end) {
    std::vector<TokenId> tokens = tokens_of(end.draft);
    add_words(tokens, drafts_[end.draft].words);
    const EvidencePosition position = position_behind(tokens);
    const auto size = static_cast<uint32_t>(tokens.size());
    if (const ContextState* state = stands(position, tokens)) {
      for (const ContextState::Context& context : state->contexts()) {
        if (context.length < size) break;
        const uint32_t places = is_named_here_ ? kNamedPlaces : kPlaces;
        for (uint32_t i = 0; i < std::min(context.range.count(), places); ++i) {
          const TextPos at = corpus_.index().locate(context.range.begin + i);
          if (may_continue(corpus_.document_at(at - size)) && emit({at - size, at}, context, end)) {
            return true;
          }
        }
      }
    }
    return emit_from_text(said(tokens), size, end);
  }

  void add_words(std::vector<TokenId>& tokens, uint32_t words) {
    size_t whole = tokens.size();  // tokens to the end of the last whole word
    while (tokens.size() < max_tokens_) {
      const EvidencePosition position = position_behind(tokens);
      if (!stands(position, tokens) && !find_in_text(said(tokens))) break;
      const std::string text = text_of(tokens);
      predict(position);
      if (joined(text) < 0.5) whole = tokens.size();
      if (ends_sentence(text) && spaced_share() > 0.5) break;
      const Prediction::Candidate best = candidates_.front();
      if (best.probability < kLikely || !may_follow(best.token, false)) break;
      words += joins_word(text, text_of(best.token)) ? 0 : 1;
      if (words > max_words_) break;
      tokens.push_back(best.token);
    }
    tokens.resize(whole);
    while (tokens.size() > 1 && model_.is_wrap(tokens.back())) tokens.pop_back();
  }

  // The documents that the prompt's sentence names, or else the text before it.
  void find_subjects() {
    size_t from = prompt_.size() - std::min(prompt_.size(), kTailBytes);
    while (from > 0 && from < prompt_.size() && prompt_[from] != ' ') ++from;
    const std::string_view tail = std::string_view(prompt_).substr(from);
    size_t sentence = 0;
    for (const Boundary& boundary : find_boundaries(tail)) {
      if (boundary.at < tail.size()) sentence = boundary.at;
    }
    subjects_ = owner_.subjects_->find(tail.substr(sentence));
    is_named_here_ = !subjects_.empty();
    if (!is_named_here_) subjects_ = owner_.subjects_->find(tail);
  }

  // Whether the prompt's sentence can be gone on with from this document: it names no other.
  bool may_continue(DocId document) const { return !is_named_here_ || is_subject(document); }
  bool is_subject(DocId document) const {
    return std::binary_search(subjects_.begin(), subjects_.end(), document);
  }

  // Whether a value may come from this document: it is one of those that the prompt names, or the
  // prompt has the value itself.
  bool may_say(DocId document, std::string_view value) const {
    return subjects_.empty() || is_subject(document) || prompt_.find(value) != prompt_.npos;
  }

  bool emit(TokenRange range, const ContextState::Context& context, const End& end) {
    const SentenceView sentence(corpus_, range.begin);
    const uint32_t from = range.begin - sentence.range().begin;
    uint32_t to = std::min(range.end - sentence.range().begin, sentence.token_count());
    const uint32_t matched = std::min(from, context.length - range.size());
    const DocId document = corpus_.document_at(range.begin);
    for (const Unit& unit : sentence.units()) {
      if (unit.end <= sentence.offset(from)) continue;
      if (unit.begin >= sentence.offset(to)) break;
      // A value that the source has begun before, the prompt has begun too.
      const bool is_begun = unit.begin < sentence.offset(from);
      const bool is_open = is_begun && unit.begin < sentence.offset(from - matched);
      if (is_open && is_value(unit.kind) && unit.kind != UnitKind::kCode) return false;
      const auto value =
          std::string_view(sentence.text()).substr(unit.begin, unit.end - unit.begin);
      // It ends before a number that is not whole, or a value that is not said of its subject.
      const bool is_whole = unit.end <= sentence.offset(to) ||
                            (unit.kind != UnitKind::kNumber && unit.kind != UnitKind::kDate);
      if (is_whole && (is_open || !is_value(unit.kind) || may_say(document, value))) continue;
      if (is_begun) return false;
      while (to > from && sentence.offset(to) > unit.begin) --to;
    }
    if (to == from) return false;

    range.end = sentence.range().begin + to;
    Fragment fragment;
    fragment.text = corpus_.text(range);
    const bool is_spaced = is_space_typed_ || root_.is_line_start;
    const uint32_t skip = is_spaced && fragment.text.starts_with(' ') ? 1 : 0;
    if (fragment.text.size() <= skip) return false;
    fragment.source = corpus_.source(range, fragment.text, skip);
    fragment.text.erase(0, skip);
    fragment.tokens = range.size();
    fragment.why = {0, matched, sentence.count_words(from - matched, from), context.range.count(),
                    0, 0};
    give(std::move(fragment), end);
    return true;
  }

  // What the prompt's own text says, if nothing in it is a value that the sentence's subject may
  // not have, and it begins and ends outside of numbers and dates.
  bool emit_from_text(std::string text, uint32_t tokens, const End& end) {
    const std::optional<Said> said = find_in_text(text);
    if (!said) return false;
    const size_t to = said->at + text.size();
    // The lines around it, in which values are as in the whole text.
    const size_t from = prompt_.rfind("\n\n", said->at) + 1;  // 0 where there is none
    const std::string_view around =
        std::string_view(prompt_).substr(from, std::max(prompt_.find("\n\n", to), to) - from);
    for (const Unit& unit : find_units(around)) {
      const size_t begin = from + unit.begin;
      const size_t unit_end = from + unit.end;
      if (unit_end <= said->at || begin >= to || !is_value(unit.kind)) continue;
      if (is_named_here_ || (begin < said->at - said->matched && unit.kind != UnitKind::kCode)) {
        return false;
      }
      const bool is_number = unit.kind == UnitKind::kNumber || unit.kind == UnitKind::kDate;
      if (is_number && unit_end > to) return false;
    }
    Fragment fragment;
    fragment.source.title = kThisText;
    fragment.source.begin_bytes = said->at;
    fragment.source.end_bytes = to;
    fragment.source.begin_utf16 = utf16_length(std::string_view(prompt_).substr(0, said->at));
    fragment.source.end_utf16 = fragment.source.begin_utf16 + utf16_length(text);
    fragment.text = std::move(text);
    fragment.tokens = tokens;
    fragment.why.count = 1;
    give(std::move(fragment), end);
    return true;
  }

  void give(Fragment fragment, const End& end) {
    uint32_t two_words = end.draft;
    while (drafts_[two_words].words >= kWords) two_words = drafts_[two_words].parent;
    fragment.why.alternatives = static_cast<uint32_t>(drafts_.size());
    fragment.why.score = log2_fixed(end.probability);
    explain_choice(fragment);
    owner_.result_.text = fragment.text;
    owner_.result_.confidence = calibrated(drafts_[two_words].probability, end.probability);
    owner_.result_.fragments.push_back(std::move(fragment));
  }

  void explain_choice(const Fragment& fragment) {
    owner_.candidates_.push_back({fragment.text, fragment.source, fragment.why.score, {}});
    for (const End& end : ends_) {
      const double bits = log2_fixed(end.probability);
      if (bits < fragment.why.score) {
        owner_.candidates_.push_back({text_of(tokens_of(end.draft)), {}, bits, {}});
      }
    }
  }

  ShortCompleter& owner_;
  const Corpus& corpus_;
  Evidence& evidence_;
  const EvidenceModel& model_;
  const std::string& prompt_;
  bool is_space_typed_;
  uint32_t max_tokens_;
  uint32_t max_words_;
  EvidencePosition root_;        // behind the prompt
  std::vector<DocId> subjects_;  // documents that the prompt's end names
  bool is_named_here_ = false;   // in its last sentence
  Prediction prediction_;
  std::vector<Prediction::Candidate> candidates_;
  std::vector<Draft> drafts_;
  std::vector<End> ends_;  // most probable first
  uint32_t predictions_ = 0;
  Phase phase_ = Phase::kBegin;
  uint32_t expanded_ = 0;
  size_t finished_ = 0;  // of ends_
};

ShortCompleter::ShortCompleter(const Corpus& corpus, const SubjectIndex& subjects,
                               Shared<TypedText> typed, std::string_view prompt,
                               const AnswerOptions& options)
    : corpus_(&corpus),
      subjects_(&subjects),
      typed_(std::move(typed)),
      text_(prompt),
      options_(options) {}

ShortCompleter::~ShortCompleter() = default;

uint32_t ShortCompleter::step() {
  if (read_ < text_.size() || !search_) {
    read_ = std::max(read_, typed_->known(text_)) + TypedText::kSliceBytes;
    typed_->set(std::string_view(text_).substr(0, read_));
    times_set_ = typed_->times_set();
    if (read_ >= text_.size()) search_ = std::make_unique<Search>(*this);
    return TypedText::kSliceCost;
  }
  if (typed_->times_set() != times_set_) {  // another task has read its own text meanwhile
    typed_->set(text_);
    times_set_ = typed_->times_set();
  }
  return search_->step();
}

FragmentExplanation ShortCompleter::explain(uint32_t) const {
  return {"These are the words that the counts of pack and text make most probable here.",
          candidates_};
}

}  // namespace cento
