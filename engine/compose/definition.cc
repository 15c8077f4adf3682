#include "compose/definition.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "text/search_words.h"
#include "text/word_lists.h"

namespace cento {
namespace {

constexpr uint32_t kMostOpenings = 200;  // of sentences that are looked at
constexpr size_t kOpeningWords = 6;
// Small letters, each word between two spaces.
constexpr std::string_view kCopulas = " is are was were ist sind es son ";
constexpr std::string_view kArticles = " a an the one any ein eine der die das un una el la ";

// The search words of a text, folded.
class FoldedWords {
 public:
  explicit FoldedWords(std::string_view text) : text_(text) { find_search_words(text, words_); }

  size_t size() const { return words_.size(); }
  // Empty behind the last one.
  std::string operator[](size_t i) const {
    return i < words_.size()
               ? fold_word(text_.substr(words_[i].begin, words_[i].end - words_[i].begin))
               : std::string();
  }
  bool is_among(size_t i, std::string_view list) const {
    return list.find(" " + (*this)[i] + " ") != list.npos;
  }

 private:
  std::string_view text_;
  std::vector<SearchWord> words_;
};

}  // namespace

DefinitionFinder::DefinitionFinder(const Retriever& retriever, const Question& question)
    : retriever_(&retriever) {
  for (const QuestionWord& word : question.words) {
    const bool asks =
        is_function_word(word.folded) || word.folded == "mean" || word.folded == "define";
    if (!asks && !word.from_session) asked_.push_back(&word);
  }
}

Opening DefinitionFinder::opening_of(uint32_t sentence) const {
  const std::string text = retriever_->corpus().text(retriever_->sentence_tokens(sentence));
  const FoldedWords words(text);
  const auto is_asked = [&](size_t i) {
    const std::string stem = retriever_->stemmer().stem(words[i]);
    return std::any_of(asked_.begin(), asked_.end(),
                       [&](const QuestionWord* word) { return word->stem == stem; });
  };
  Opening opening = Opening::kOther;
  for (size_t i = 0; i < std::min(words.size(), kOpeningWords); ++i) {
    if (!is_asked(i)) continue;
    opening = Opening::kNoVerb;
    const size_t end = i + asked_.size();
    bool is_alone = i == 0 || (i == 1 && words.is_among(0, kArticles));
    for (size_t j = i; j < end; ++j) is_alone = is_alone && is_asked(j);
    // "… is", "… are", "… was": what it is follows.
    if (is_alone && words.is_among(end, kCopulas)) {
      return words.is_among(end + 1, kArticles) ? Opening::kDefinition : Opening::kThingAlone;
    }
    for (size_t j = i + 1; j < std::min(words.size(), i + kOpeningWords); ++j) {
      if (words.is_among(j, kCopulas)) return Opening::kThing;
    }
  }
  return opening;
}

std::optional<uint32_t> DefinitionFinder::find(std::span<const RankedPassage> passages) const {
  const WordIndex& words = retriever_->words();
  if (asked_.empty()) return std::nullopt;
  size_t rarest = 0;
  for (size_t i = 0; i < asked_.size(); ++i) {
    if (asked_[i]->term == kNoTerm) return std::nullopt;
    if (words.sentence_frequency(asked_[i]->term) <
        words.sentence_frequency(asked_[rarest]->term)) {
      rarest = i;
    }
  }
  std::optional<uint32_t> best;
  size_t best_rank = passages.size() + 1;
  uint32_t opened = 0;
  for (auto places = words.places(asked_[rarest]->term); !places.at_end(); places.next()) {
    const uint32_t sentence = words.sentence_of_word(places.word());
    // Behind an article at most.
    if (places.word() > words.first_word(sentence) + rarest + 1) continue;
    if (++opened > kMostOpenings) break;
    if (opening_of(sentence) != Opening::kDefinition) continue;
    const uint32_t passage = words.passage_of_sentence(sentence);
    const auto ranked = std::find_if(passages.begin(), passages.end(),
                                     [&](const RankedPassage& p) { return p.passage == passage; });
    const auto rank = static_cast<size_t>(ranked - passages.begin());
    if (rank >= best_rank) continue;
    best = sentence;
    best_rank = rank;
  }
  return best;
}

}  // namespace cento
