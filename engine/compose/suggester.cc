#include "compose/suggester.h"

#include <algorithm>

#include "base/sort.h"
#include "base/utf8.h"
#include "compose/evidence_answers.h"
#include "compose/words.h"

namespace cento {
namespace {

constexpr uint32_t kOpenCandidates = 24;   // looked at where no letter is typed yet
constexpr uint32_t kTypedCandidates = 12;  // looked at behind typed letters
constexpr uint32_t kMarkCandidates = 4;    // looked at behind a mark that is likely itself
constexpr double kLikelyMark = 0.02;
constexpr uint32_t kMaxFollowers = 64;    // of each context that are looked at
constexpr size_t kMaxPieces = 6;          // tokens that a word is looked for through
constexpr size_t kMaxAdded = 24;          // tokens that are added behind a word
constexpr double kPhraseWorth = 1.0;      // of a word more, where the words before are offered too
constexpr uint32_t kSpaceCandidates = 6;  // that tell whether a space comes next
constexpr double kLikelySpace = 0.5;
constexpr double kSure = 0.9;         // a word is added behind another one from here on
constexpr double kLikelyWord = 0.75;  // share of the most frequent follower for a word to go on
// What a candidate counts for whose case differs, or that is so many typing errors away.
constexpr double kOtherCase = 0.2;
constexpr double kPerEdit = 0.01;
constexpr double kKnownWord = 1e-3;   // a word that is at least so probable is no typing error
constexpr size_t kShortestOther = 3;  // bytes of a word to look for others like it, with the space
constexpr uint32_t kExactCharacters = 2;
constexpr double kLeastProbability = 1e-9;  // of what is worth showing
constexpr size_t kMaxShown = 64;            // suggestions that are remembered

}  // namespace

// A suggestion in the making.
struct Suggester::Draft {
  std::string text;  // from the beginning of the open word, its space included
  double worth;      // its probability, as far as it is not sure: what it is ranked by
  EvidencePosition after;
  std::vector<LevelShare> levels;
  uint32_t words = 1;
  bool corrected = false;
  bool is_space_next = false;  // most likely
};

// One call of `suggest`.
class Suggester::Round {
 public:
  Round(Suggester& suggester, std::string_view text, const SuggestOptions& options)
      : model_(*suggester.model_),
        solid_count_(suggester.solid_count_),
        evidence_(suggester.typed_.evidence()),
        search_(suggester.search_),
        word_(suggester.typed_.open_word()),
        start_(suggester.typed_.position()),
        text_(text),
        begin_(text.size() - word_.size()),
        options_(options),
        shown_(suggester.shown_) {}

  std::vector<Suggestion> run() {
    draft_exact();
    if (word_.size() >= kShortestOther && exact_probability_ < kKnownWord) draft_near();
    // What is typed makes the words that go on from it the likelier.
    if (!word_.empty() && word_ != " ") {
      typed_probability_ = exact_probability_ + near_probability_;
    }

    std::vector<Suggestion> suggestions;
    const size_t shown_before = shown_.size();
    while (suggestions.size() < options_.limit && !drafts_.empty()) {
      Draft draft = take_best();
      finish_word(draft);
      const std::string first = draft.text;
      if (is_shown(first, options_.skip_shown ? 0 : shown_before)) continue;
      add_words(draft);
      suggestions.push_back(finish(draft));
      shown_.push_back({begin_, first});
    }
    return suggestions;
  }

 private:
  // Whether one of the suggestions from number `first` on makes the same text of this one.
  bool is_shown(std::string_view text, size_t first) const {
    for (size_t i = first; i < shown_.size(); ++i) {
      const Shown& shown = shown_[i];
      if (shown.begin > begin_) continue;
      const std::string_view typed_since = text_.substr(shown.begin, begin_ - shown.begin);
      const std::string_view other = shown.text;
      if (other.starts_with(typed_since) && other.substr(typed_since.size()) == text) return true;
    }
    return false;
  }

  // Words that go on from what is typed, as it stands: it may be cut into tokens before, in or
  // behind any of the tokens that it has now.
  void draft_exact() {
    const Tokenizer tokenizer(model_.vocabulary());
    std::vector<TokenId> tokens;
    tokenizer.encode(word_, tokens);
    EvidencePosition position = start_;
    double probability = 1;
    size_t done = 0;  // bytes of the open word that the position is behind
    for (size_t i = 0;; ++i) {
      evidence_.predict(position, prediction_);
      draft_from(position, done, probability);
      if (i == std::min(tokens.size(), kMaxPieces)) break;
      probability *= prediction_.probability(tokens[i]);
      done += model_.vocabulary().text(tokens[i]).size();
      evidence_.advance(position, tokens[i]);
      // A lone space is a word's beginning and no word.
      if (i + 1 == tokens.size()) {
        if (word_ == " ") break;
        exact_probability_ += probability;
      }
    }
  }

  // Tokens that go on from byte `done` of the open word, where `position` stands.
  void draft_from(const EvidencePosition& position, size_t done, double probability) {
    const std::string_view typed = std::string_view(word_).substr(done);
    if (typed.empty() || typed == " ") {
      prediction_.top(kOpenCandidates, candidates_, kMaxFollowers);
    } else {
      prediction_.top_among(search_.with_prefix(typed), kTypedCandidates, candidates_,
                            kMaxFollowers);
    }
    marks_.clear();
    for (const Prediction::Candidate& candidate : candidates_) {
      const std::string_view text = model_.vocabulary().text(candidate.token);
      if (text.size() <= typed.size() || !text.starts_with(typed)) continue;
      const double whole = probability * candidate.probability;
      if (!typed.empty()) exact_probability_ += whole;
      const std::string word = word_.substr(0, done) + std::string(text);
      if (is_worth_typing(word)) {
        draft(position, candidate.token, word, whole, false);
      } else if (whole >= kLikelyMark) {
        marks_.push_back({candidate.token, whole});
      }
    }
    if (marks_.empty()) return;
    for (const Prediction::Candidate& mark : marks_) draft_behind(position, done, mark);
    evidence_.predict(position, prediction_);
  }

  // A mark alone, such as a bracket, is as fast typed as accepted; with what follows it is not.
  void draft_behind(const EvidencePosition& position, size_t done,
                    const Prediction::Candidate& mark) {
    EvidencePosition behind = position;
    evidence_.advance(behind, mark.token);
    evidence_.predict(behind, prediction_);
    prediction_.top(kMarkCandidates, candidates_, kMaxFollowers);
    const std::string begin =
        word_.substr(0, done) + std::string(model_.vocabulary().text(mark.token));
    for (const Prediction::Candidate& candidate : candidates_) {
      draft(behind, candidate.token, begin + std::string(model_.vocabulary().text(candidate.token)),
            mark.probability * candidate.probability, false);
    }
  }

  // Whether a word, with the typed beginning, saves more keystrokes than accepting it costs. Not
  // asked of scripts in which a character takes several.
  bool is_worth_typing(const std::string& word) const {
    const uint64_t added = count_characters(std::string_view(word).substr(word_.size()));
    return added > 1 || (added == 1 && static_cast<uint8_t>(word.back()) >= 0x80);
  }

  // Words that what is typed may have been meant for.
  void draft_near() {
    // What some word begins with is taken at its word.
    const uint32_t max_edits =
        search_.with_prefix(word_).empty() ? std::min(options_.max_edits, 2u) : 0;
    near_.clear();
    search_.near(word_, {.edits = max_edits, .exact_characters = kExactCharacters}, near_);
    if (near_.empty()) return;
    evidence_.predict(start_, prediction_);
    double weight = kOtherCase;
    for (uint32_t edits = 0; edits <= max_edits; ++edits) {
      allowed_.clear();
      for (const NearToken& near : near_) {
        const bool is_exact = near.edits == 0 && near.case_differences == 0;
        if (near.edits == edits && !is_exact) allowed_.push_back(near.token);
      }
      prediction_.top_among(allowed_, kTypedCandidates, candidates_, kMaxFollowers);
      for (const Prediction::Candidate& candidate : candidates_) {
        const std::string text = match_case(model_.vocabulary().text(candidate.token), word_);
        near_probability_ += candidate.probability * weight;
        draft(start_, candidate.token, text, candidate.probability * weight,
              !std::string_view(text).starts_with(word_));
      }
      weight = edits == 0 ? kPerEdit : weight * kPerEdit;
    }
  }

  void draft(const EvidencePosition& position, TokenId token, std::string text, double probability,
             bool corrected) {
    if (token == kDocumentEnd || text.ends_with(' ') || !is_presentable(text)) return;
    if (!corrected && !is_worth_typing(text)) return;
    if (probability < kLeastProbability) return;
    prediction_.explain(token, testimonies_);
    Draft draft{.text = std::move(text),
                .worth = probability,
                .after = position,
                .levels = level_shares(testimonies_),
                .corrected = corrected};
    evidence_.advance(draft.after, token);
    drafts_.push_back(std::move(draft));
  }

  // Adds the tokens that the word most likely goes on with.
  void finish_word(Draft& draft) {
    for (size_t piece = 0; piece < kMaxPieces; ++piece) {
      RowRange range = model_.tokens().all();
      for (const ContextState::Context& context : draft.after.tokens.contexts()) {
        if (context.range.count() < solid_count_) continue;
        range = context.range;
        break;
      }
      model_.tokens().followers(range, 1, followers_);
      if (followers_.empty() || followers_[0].count < kLikelyWord * range.count()) return;
      const std::string_view next = model_.vocabulary().text(followers_[0].symbol);
      if (!joins_word(draft.text, next) || !is_presentable(next)) return;
      draft.text += next;
      evidence_.advance(draft.after, followers_[0].symbol);
    }
  }

  // Adds the words behind while they are sure; the first that is not makes another draft.
  void add_words(Draft& draft) {
    for (size_t added = 0; added < kMaxAdded; ++added) {
      evidence_.predict(draft.after, prediction_);
      prediction_.top(options_.add_space ? kSpaceCandidates : 1, candidates_, kMaxFollowers);
      if (candidates_.empty()) return;
      draft.is_space_next = options_.add_space && spaced_share() >= kLikelySpace;
      const TokenId token = candidates_[0].token;
      const std::string_view next = model_.vocabulary().text(token);
      if (token == kDocumentEnd || next.ends_with(' ') || !is_presentable(next)) return;
      if (draft.words >= options_.max_words && !joins_word(draft.text, next)) return;
      const bool is_sure = candidates_[0].probability >= kSure;
      if (!is_sure) drafts_.push_back(draft);
      Draft& longer = is_sure ? draft : drafts_.back();
      longer.words += begins_word(next) ? 1 : 0;
      longer.text += next;
      evidence_.advance(longer.after, token);
      longer.is_space_next = false;
      if (!is_sure) {
        longer.worth *= candidates_[0].probability * kPhraseWorth;
        return;
      }
      finish_word(draft);
    }
  }

  // How much of the candidates' probability is that of words with a space before them.
  double spaced_share() const {
    double spaced = 0;
    double all = 0;
    for (const Prediction::Candidate& candidate : candidates_) {
      all += candidate.probability;
      const std::string_view text = model_.vocabulary().text(candidate.token);
      if (text.size() > 1 && text[0] == ' ') spaced += candidate.probability;
    }
    return spaced / all;
  }

  // The draft that is worth most; the first of equals.
  Draft take_best() {
    size_t best = 0;
    for (size_t i = 1; i < drafts_.size(); ++i) {
      if (drafts_[i].worth > drafts_[best].worth) best = i;
    }
    Draft draft = std::move(drafts_[best]);
    drafts_.erase(drafts_.begin() + static_cast<std::ptrdiff_t>(best));
    return draft;
  }

  // What is inserted: the end of the word where its beginning stands already.
  Suggestion finish(const Draft& draft) const {
    Suggestion suggestion{.text = {},
                          .probability = draft.worth / typed_probability_,
                          .words = draft.words,
                          .corrected = draft.corrected,
                          .levels = draft.levels};
    std::string_view kept = word_;
    if (draft.corrected)
      kept = kept.substr(0, word_.starts_with(' ') && draft.text.starts_with(' '));
    suggestion.text = draft.text.substr(kept.size());
    if (draft.is_space_next) suggestion.text += ' ';
    suggestion.replaces_bytes = word_.size() - kept.size();
    suggestion.replaces_utf16 = utf16_length(std::string_view(word_).substr(kept.size()));
    return suggestion;
  }

  const EvidenceModel& model_;
  uint32_t solid_count_;
  Evidence& evidence_;
  const VocabularySearch& search_;
  const std::string& word_;
  const EvidencePosition& start_;
  std::string_view text_;  // before the caret
  size_t begin_;           // of the open word in it
  const SuggestOptions& options_;
  std::vector<Shown>& shown_;
  double exact_probability_ = 0;  // of all words that go on from what is typed, as far as looked at
  double near_probability_ = 0;   // of those that it may have been meant for
  double typed_probability_ = 1;  // of both
  Prediction prediction_;
  std::vector<Draft> drafts_;
  std::vector<Prediction::Candidate> candidates_;
  std::vector<Prediction::Candidate> marks_;
  std::vector<Testimony> testimonies_;
  std::vector<NearToken> near_;
  std::vector<TokenId> allowed_;
  std::vector<Follower> followers_;
};

Suggester::Suggester(const EvidenceModel& model, uint32_t solid_count)
    : model_(&model), solid_count_(solid_count), typed_(model), search_(model.vocabulary()) {}

std::vector<Suggestion> Suggester::suggest(std::string_view text, const SuggestOptions& options) {
  typed_.set(text);
  if (!goes_on_from(text, text_)) shown_.clear();
  text_ = text;
  if (shown_.size() > kMaxShown) {
    shown_.erase(shown_.begin(), shown_.end() - static_cast<std::ptrdiff_t>(kMaxShown));
  }
  return Round(*this, text, options).run();
}

}  // namespace cento
