#include "compose/trace.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "base/sort.h"
#include "base/utf8.h"
#include "text/units.h"

namespace cento {
namespace {

constexpr uint32_t kMaxLocated = 64;  // places looked at to choose sources from

// The text as words that a run may begin and end at, with the tokens that a run is made of.
struct Words {
  std::vector<Unit> units;
  std::vector<TokenId> tokens;    // of the whole text
  std::vector<size_t> token_end;  // one past the last token of word i
  // Tokens of word i where a run opens with it, as it stands after a space and at the start of a
  // line.
  std::vector<std::vector<TokenId>> opening[2];

  // The tokens from the end of word i-1 to the end of word i.
  std::span<const TokenId> following(size_t i) const {
    return std::span(tokens).subspan(token_end[i - 1], token_end[i] - token_end[i - 1]);
  }
};

Words split(const Corpus& corpus, std::string_view text) {
  Words words;
  words.units = find_units(text);
  corpus.tokenizer().encode(text, words.tokens);
  size_t token = 0;
  size_t offset = 0;
  for (const Unit& unit : words.units) {
    while (offset < unit.end) offset += corpus.vocabulary().text(words.tokens[token++]).size();
    words.token_end.push_back(token);
    const std::string word(text.substr(unit.begin, unit.end - unit.begin));
    corpus.tokenizer().encode(" " + word, words.opening[0].emplace_back());
    corpus.tokenizer().encode(word, words.opening[1].emplace_back());
  }
  return words;
}

RowRange extend_all(const PatternIndex& index, RowRange range, std::span<const TokenId> tokens) {
  for (const TokenId token : tokens) {
    if (range.is_empty()) break;
    range = index.extend(range, token);
  }
  return range;
}

struct Match {
  size_t end = 0;  // one past the last word
  uint32_t tokens = 0;
  RowRange range;
};

// The longest run that begins with word `first`.
Match longest_match(const PatternIndex& index, const Words& words, size_t first) {
  Match best{first, 0, {}};
  for (const auto& opening : words.opening) {
    RowRange range = index.find(opening[first]);
    size_t tokens = opening[first].size();
    size_t end = first;
    while (!range.is_empty()) {
      if (++end > best.end) best = {end, static_cast<uint32_t>(tokens), range};
      if (end == words.units.size()) break;
      range = extend_all(index, range, words.following(end));
      tokens += words.following(end).size();
    }
  }
  return best;
}

// Whether a run from word `first` reaches at least to `end`; once true, it stays so for later
// starts.
bool reaches(const PatternIndex& index, const Words& words, size_t first, size_t end) {
  return std::any_of(std::begin(words.opening), std::end(words.opening), [&](const auto& opening) {
    RowRange range = index.find(opening[first]);
    for (size_t i = first + 1; i < end; ++i) range = extend_all(index, range, words.following(i));
    return !range.is_empty();
  });
}

// The sources of a run, by document and offset. `bytes` is the run's length without leading space.
std::vector<Source> sources_of(const Corpus& corpus, const Match& match, uint64_t bytes,
                               uint32_t limit) {
  std::vector<uint64_t> ends;
  const uint32_t places = std::min(match.range.count(), std::max(limit, kMaxLocated));
  for (uint32_t i = 0; i < places; ++i) {
    ends.push_back(corpus.index().locate(match.range.begin + i));
  }
  sort_numbers(ends);
  if (ends.size() > limit) ends.resize(limit);
  std::vector<Source> sources;
  std::string text;  // the same wherever these tokens stand
  for (const uint64_t at : ends) {
    const auto end = static_cast<TextPos>(at);
    const TokenRange tokens{end - match.tokens, end};
    if (text.empty()) text = corpus.text(tokens);
    sources.push_back(corpus.source(tokens, text, static_cast<uint32_t>(text.size() - bytes)));
  }
  return sources;
}

}  // namespace

class Tracer::Impl {
 public:
  Impl(const Corpus& corpus, std::string_view text, const TraceOptions& options)
      : corpus_(corpus), text_(text), options_(options), words_(split(corpus, text_)) {}

  bool step() {
    const size_t n = words_.units.size();
    // No run begins with a mark.
    while (first_ < n && words_.units[first_].kind == UnitKind::kPunctuation) ++first_;
    if (first_ >= n) return false;
    const Match match = longest_match(corpus_.index(), words_, first_);
    if (match.end - first_ >= std::max(options_.min_words, 1u)) {
      add(match);
      covered_ += match.end - std::max(first_, covered_to_);
      covered_to_ = match.end;
      trace_.covered = static_cast<double>(covered_) / static_cast<double>(n);
    }
    if (match.end >= n) {
      first_ = n;
      return false;
    }
    // The next maximal run is the first one that reaches beyond this one's end.
    size_t low = first_ + 1;
    size_t high = std::max(match.end, first_ + 1);
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (reaches(corpus_.index(), words_, middle, match.end + 1)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    first_ = low;
    return true;
  }

  Trace& result() { return trace_; }

 private:
  void add(const Match& match) {
    const std::string_view text = text_;
    const size_t begin = words_.units[first_].begin;
    const size_t end = words_.units[match.end - 1].end;
    utf16_ += utf16_length(text.substr(counted_, begin - counted_));
    counted_ = begin;
    TraceSpan& span = trace_.spans.emplace_back();
    span.begin_bytes = begin;
    span.end_bytes = end;
    span.begin_utf16 = utf16_;
    span.end_utf16 = utf16_ + utf16_length(text.substr(begin, end - begin));
    span.words = static_cast<uint32_t>(match.end - first_);
    span.count = match.range.count();
    span.sources = sources_of(corpus_, match, end - begin, options_.max_sources);
  }

  const Corpus& corpus_;
  std::string text_;
  TraceOptions options_;
  Words words_;
  size_t first_ = 0;  // word that the next run may begin with
  size_t covered_ = 0;
  size_t covered_to_ = 0;
  // The first byte of the last run, and the UTF-16 units before it.
  size_t counted_ = 0;
  uint64_t utf16_ = 0;
  Trace trace_;
};

Tracer::Tracer(const Corpus& corpus, std::string_view text, const TraceOptions& options)
    : impl_(std::make_unique<Impl>(corpus, text, options)) {}
Tracer::~Tracer() = default;
Tracer::Tracer(Tracer&&) noexcept = default;

bool Tracer::step() { return impl_->step(); }

Trace& Tracer::result() { return impl_->result(); }

}  // namespace cento
