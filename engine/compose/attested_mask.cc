#include "compose/attested_mask.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/sort.h"
#include "text/boundaries.h"
#include "text/pretokenizer.h"
#include "text/units.h"

namespace cento {
namespace {

constexpr size_t kTailTokens = 512;
constexpr uint32_t kAnyFollower = ~uint32_t{0};
// What sentences may follow where nothing stands before them.
constexpr std::string_view kOpeners[] = {".", "\n", "\n\n"};

// A run of tokens read as words and sentences.
struct View {
  struct Word {
    uint32_t begin;  // bytes, a leading space included
    uint32_t end;
    uint32_t token;     // that it begins with; kNoToken where it begins inside one
    uint32_t sentence;  // the first word of its sentence
  };
  static constexpr uint32_t kNoToken = ~uint32_t{0};

  View(const Corpus& corpus, std::span<const TokenId> tokens_read) : tokens(tokens_read) {
    std::vector<uint32_t> offsets;
    for (const TokenId token : tokens) {
      offsets.push_back(static_cast<uint32_t>(text.size()));
      text += corpus.vocabulary().text(token);
    }
    for (const Boundary& boundary : find_boundaries(text)) boundaries.push_back(boundary.at);
    Pretokenizer pretokenizer(text);
    size_t boundary = 0;
    uint32_t sentence = 0;
    for (Pretoken piece; pretokenizer.next(piece);) {
      if (piece.kind == PretokenKind::kSpace) continue;
      while (boundary < boundaries.size() && boundaries[boundary] <= piece.begin) {
        sentence = static_cast<uint32_t>(words.size());
        ++boundary;
      }
      const auto at = std::lower_bound(offsets.begin(), offsets.end(), piece.begin);
      const bool fits = at != offsets.end() && *at == piece.begin;
      words.push_back({piece.begin, piece.end,
                       fits ? static_cast<uint32_t>(at - offsets.begin()) : kNoToken, sentence});
    }
  }

  // Whether nothing but the last word's own letters comes after its beginning.
  bool ends_with_word() const { return !words.empty() && words.back().end == text.size(); }

  std::span<const TokenId> tokens;
  std::string text;
  std::vector<uint32_t> boundaries;
  std::vector<Word> words;
};

class MaskFinder {
 public:
  MaskFinder(const Corpus& corpus, std::span<const TokenId> context)
      : corpus_(corpus), index_(corpus.index()), context_(context), view_(corpus, context) {}

  AttestedMask find() {
    collect();
    AttestedMask mask;
    mask.context_tokens = static_cast<uint32_t>(context_.size());
    if (!context_.empty() && window_is_whole(view_, view_.words.size())) mask.tokens.push_back(0);
    std::vector<TokenId> extended(context_.begin(), context_.end());
    extended.push_back(0);
    for (const uint64_t candidate : candidates_) {
      const auto token = static_cast<TokenId>(candidate);
      extended.back() = token;
      if (token != kDocumentEnd && is_attested(View(corpus_, extended))) {
        mask.tokens.push_back(token);
      }
    }
    return mask;
  }

 private:
  // All tokens that can be in the mask, ascending: what follows the last m - 1 words, or begins a
  // sentence.
  void collect() {
    const size_t count = view_.words.size();
    if (count > 0) {
      const size_t first = std::max<size_t>(view_.words.back().sentence,
                                            count - std::min<size_t>(count, kWindowWords - 1));
      for (const Run& run : runs_of(view_, first)) add_followers(run.range);
    }
    // Where the last word may turn out to open a sentence, or a sentence may have ended.
    if (context_.empty()) {
      add_followers(index_.find(std::vector<Symbol>{kDocumentEnd}));
      for (const std::string_view opener : kOpeners) {
        if (const auto token = corpus_.vocabulary().find(opener)) {
          add_followers(index_.find(std::vector<Symbol>{*token}));
        }
      }
    } else {
      const TokenId last = context_.back();
      const std::string_view text = corpus_.vocabulary().text(last);
      if (may_end_sentence(text)) add_followers(index_.find(std::vector<Symbol>{last}));
      // A word that opens a sentence goes on.
      if (view_.ends_with_word() && view_.words.back().token != View::kNoToken) {
        add_followers(index_.find(context_.subspan(view_.words.back().token)));
      }
    }
    sort_numbers(candidates_);
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  }

  // Whether a sentence may end with a token: letters and digits alone end none.
  static bool may_end_sentence(std::string_view token) {
    Pretokenizer pretokenizer(token);
    Pretoken piece;
    if (!pretokenizer.next(piece)) return true;
    return piece.kind != PretokenKind::kWord && piece.kind != PretokenKind::kNumber;
  }

  void add_followers(RowRange range) {
    if (range.is_empty()) return;
    index_.followers(range, kAnyFollower, followers_);
    for (const Follower& follower : followers_) candidates_.push_back(follower.symbol);
  }

  // A run of words as it stands in the documents: after a space, or elsewhere, where more may stand
  // directly before it.
  struct Run {
    RowRange range;
    uint32_t tokens;
    bool spaced;
  };

  // The runs of the words from `first` to the end of the text.
  std::vector<Run> runs_of(const View& view, size_t first) const {
    const View::Word& word = view.words[first];
    if (word.token == View::kNoToken) return {};
    std::string_view text = std::string_view(view.text).substr(word.begin, word.end - word.begin);
    const bool was_spaced = text.size() > 1 && text[0] == ' ';
    std::span<const TokenId> rest = view.tokens.subspan(word.token);
    // A word that is not finished is taken as it stands.
    if (first + 1 == view.words.size() && view.ends_with_word()) {
      return {{index_.find(rest), static_cast<uint32_t>(rest.size()), was_spaced}};
    }
    for (size_t bytes = 0; bytes < text.size(); rest = rest.subspan(1)) {
      bytes += corpus_.vocabulary().text(rest[0]).size();
    }
    if (was_spaced) text.remove_prefix(1);
    std::vector<Run> runs;
    for (const bool spaced : {true, false}) {
      std::vector<TokenId> tokens;
      corpus_.tokenizer().encode(spaced ? " " + std::string(text) : std::string(text), tokens);
      tokens.insert(tokens.end(), rest.begin(), rest.end());
      runs.push_back({index_.find(tokens), static_cast<uint32_t>(tokens.size()), spaced});
    }
    return runs;
  }

  // Whether the words [first, end of text) stand, the last one perhaps not finished; or, if
  // `whole`, as whole words.
  bool stands(const View& view, size_t first, bool whole) const {
    for (const Run& run : runs_of(view, first)) {
      for (uint32_t row = run.range.begin; row < run.range.end; ++row) {
        if (run.spaced && !whole) return true;
        const TextPos end = index_.locate(row);
        if ((run.spaced || is_edge(end - run.tokens)) && (!whole || is_edge(end))) return true;
      }
    }
    return false;
  }

  // Whether words are cut before the token at `position` of the documents.
  bool is_edge(TextPos position) const {
    constexpr uint32_t kAround = 8;  // tokens that the cut can depend on
    const TextPos begin = position - std::min(position, kAround);
    std::vector<Symbol> tokens;
    index_.extract(begin, position - begin + kAround / 2, tokens);
    std::string text;
    size_t at = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (begin + i == position) at = text.size();
      // A document's end cuts like an empty line.
      text += tokens[i] == kDocumentEnd ? "\n" : corpus_.vocabulary().text(tokens[i]);
    }
    Pretokenizer pretokenizer(text);
    Pretoken piece;
    while (pretokenizer.next(piece) && piece.begin < at) {
    }
    return piece.begin == at;
  }

  // Whether the window of at most m words that ends before word `end` stands as whole words.
  bool window_is_whole(const View& view, size_t end) const {
    if (end == 0) return true;
    const size_t first =
        std::max<size_t>(view.words[end - 1].sentence, end - std::min<size_t>(end, kWindowWords));
    const View::Word& last_word = view.words[end - 1];
    if (last_word.token == View::kNoToken || view.words[first].token == View::kNoToken)
      return false;
    // The window alone, without white space behind it.
    size_t last = last_word.token;
    for (size_t bytes = last_word.begin; bytes < last_word.end; ++last) {
      bytes += corpus_.vocabulary().text(view.tokens[last]).size();
    }
    const uint32_t from = view.words[first].token;
    return stands(View(corpus_, view.tokens.subspan(from, last - from)), 0, true);
  }

  bool is_attested(const View& view) const {
    if (view.words.empty()) return follows_last(view);  // white space alone
    const size_t count = view.words.size();
    const bool keeps_sentences =
        std::all_of(view_.boundaries.begin(), view_.boundaries.end(), [&](uint32_t at) {
          return at == view_.text.size() ||
                 std::binary_search(view.boundaries.begin(), view.boundaries.end(), at);
        });
    // A sentence end that is none any more joins windows anew.
    size_t from = keeps_sentences ? count - 1 : view.words.back().sentence;
    if (!keeps_sentences && from > 0) --from;
    const bool begins_word = count > view_.words.size();
    for (size_t end = from; end < count; ++end) {
      if (end + 1 == count && !begins_word && keeps_sentences) break;
      if (!window_is_whole(view, end)) return false;
    }
    const View::Word& last = view.words.back();
    if (last.token + 1 == view.tokens.size() && last.sentence + 1 == count) {
      return follows_last(view);
    }
    const size_t ends_in_space = view.ends_with_word() ? 0 : 1;
    const size_t most = kWindowWords - ends_in_space;
    return stands(view, std::max<size_t>(last.sentence, count - std::min(count, most)), false);
  }

  // Whether the last token follows the one before it somewhere.
  bool follows_last(const View& view) const {
    const size_t count = view.tokens.size();
    if (count > 1) return !index_.find(view.tokens.last(2)).is_empty();
    return true;  // it was collected because it follows a sentence end
  }

  const Corpus& corpus_;
  const PatternIndex& index_;
  std::span<const TokenId> context_;
  View view_;
  std::vector<uint64_t> candidates_;
  std::vector<Follower> followers_;
};

}  // namespace

AttestedMask attested_mask(const Corpus& corpus, std::span<const TokenId> context) {
  AttestedMask mask =
      MaskFinder(corpus, context.last(std::min(context.size(), kTailTokens))).find();
  mask.context_tokens = static_cast<uint32_t>(context.size());
  return mask;
}

}  // namespace cento
