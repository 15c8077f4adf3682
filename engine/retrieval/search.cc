#include "retrieval/search.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "retrieval/passage_ranking.h"
#include "retrieval/place_scan.h"
#include "text/search_words.h"
#include "text/string_numbers.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr size_t kExcerptBytes = 300;
constexpr size_t kLeadBytes = 40;  // before the first mark of a sentence that must be cut
constexpr double kPairShare = 0.4;

size_t leading_space(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && char_at(text, at).kind == CharClass::kSpace) {
    at += char_at(text, at).length;
  }
  return at;
}

size_t without_trailing_space(std::string_view text) {
  size_t end = text.size();
  while (end > 0 && char_before(text, end).kind == CharClass::kSpace) {
    end -= char_before(text, end).length;
  }
  return end;
}

// Finds the words of texts that are looked for: those that have the stem of one. Each different
// word is stemmed once.
class Marker {
 public:
  Marker(const Question& question, const Retriever& retriever) : stemmer_(&retriever.stemmer()) {
    for (const QuestionWord& word : question.words) {
      if (word.term == kNoTerm || word.weight <= 0) continue;
      if (retriever.words().has_places(word.term)) {
        stems_.push_back(retriever.words().term(word.term));
      }
    }
  }

  // Byte offsets alone; `text` is decoded text of the pack.
  std::vector<Mark> find(std::string_view text) {
    std::vector<SearchWord> words;
    find_search_words(text, words);
    std::vector<Mark> marks;
    for (const SearchWord& word : words) {
      if (is_marked(text.substr(word.begin, word.end - word.begin))) {
        marks.push_back({word.begin, word.end, 0, 0});
      }
    }
    return marks;
  }

 private:
  bool is_marked(std::string_view word) {
    const uint32_t number = words_.number_of(word);
    if (number == is_marked_.size()) {
      const std::string stem = stemmer_->stem(fold_word(word));
      const std::string_view term = std::string_view(stem).substr(0, TermList::kLongest);
      is_marked_.push_back(std::find(stems_.begin(), stems_.end(), term) != stems_.end());
    }
    return is_marked_[number];
  }

  const Stemmer* stemmer_;
  std::vector<std::string> stems_;
  StringNumbers words_;  // that were seen
  std::vector<bool> is_marked_;
};

// The sentence of a passage that shares most with the query; the first one where none does.
uint32_t best_sentence(const Retriever& retriever, const PlaceScan& scan, uint32_t passage) {
  std::vector<SentenceHit> hits;
  scan.sentences(passage, hits);
  uint32_t best = retriever.words().first_sentence(passage);
  double most = 0;
  for (const SentenceHit& hit : hits) {
    const double score = hit.score + kPairShare * hit.pair_score;
    if (score <= most) continue;
    most = score;
    best = hit.sentence;
  }
  return best;
}

struct SentenceRun {
  TokenRange tokens;
  std::string text;
};

// The sentence, and what follows and precedes it in its passage, while that is short enough
// together.
SentenceRun read_around(const Retriever& retriever, uint32_t passage, uint32_t sentence) {
  const Corpus& corpus = retriever.corpus();
  SentenceRun run;
  run.tokens.begin = run.tokens.end = retriever.sentence_tokens(sentence).begin;
  PatternIndex::Reader reader(corpus.index(), run.tokens.begin);
  const uint32_t end = retriever.words().first_sentence(passage + 1);
  bool fits = true;
  for (uint32_t next = sentence; fits && next < end; ++next) {
    const TokenRange tokens = retriever.sentence_tokens(next);
    std::string text;
    for (TextPos at = tokens.begin; fits && at < tokens.end && !reader.at_end(); ++at) {
      text += corpus.vocabulary().text(reader.next());
      fits = next == sentence || run.text.size() + text.size() <= kExcerptBytes;
    }
    if (!fits) break;
    run.tokens.end = tokens.end;
    run.text += text;
  }
  const uint32_t first = retriever.words().first_sentence(passage);
  for (uint32_t next = sentence; fits && next > first; --next) {
    const TokenRange tokens = retriever.sentence_tokens(next - 1);
    const std::string text = corpus.text(tokens);
    fits = run.text.size() + text.size() <= kExcerptBytes;
    if (!fits) break;
    run.tokens.begin = tokens.begin;
    run.text = text + run.text;
  }
  return run;
}

// Bytes [begin, end) of a text that is too long: from a little before its first mark, at spaces.
std::pair<size_t, size_t> cut(std::string_view text, const std::vector<Mark>& marks) {
  size_t begin = 0;
  if (!marks.empty() && marks.back().end_bytes > kExcerptBytes) {
    const auto first = static_cast<size_t>(marks[0].begin_bytes);
    begin = first - std::min(first, kLeadBytes);
    while (begin > 0 && begin < first && text[begin - 1] != ' ') ++begin;
  }
  size_t end = std::min(text.size(), begin + kExcerptBytes);
  if (end < text.size()) {
    const size_t space = text.rfind(' ', end);
    if (space != text.npos && space > begin + kExcerptBytes / 2) end = space;
    while (end > begin && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  }
  return {begin, end};
}

SearchResult make_result(const Retriever& retriever, const PlaceScan& scan,
                         const RankedPassage& passage, Marker& marker) {
  const uint32_t sentence = best_sentence(retriever, scan, passage.passage);
  const auto [tokens, text] = read_around(retriever, passage.passage, sentence);
  const size_t skipped = leading_space(text);
  std::string_view shown =
      std::string_view(text).substr(skipped, without_trailing_space(text) - skipped);
  std::vector<Mark> marks = marker.find(shown);
  size_t begin = 0;
  if (shown.size() > kExcerptBytes) {
    const auto [from, to] = cut(shown, marks);
    begin = from;
    shown = shown.substr(from, to - from);
    marks = marker.find(shown);
  }
  SearchResult result;
  result.excerpt = shown;
  result.score = passage.score;
  uint64_t utf16 = 0;
  size_t at = 0;
  const auto utf16_at = [&](uint64_t byte) {
    utf16 += utf16_length(shown.substr(at, static_cast<size_t>(byte) - at));
    at = static_cast<size_t>(byte);
    return utf16;
  };
  for (Mark& mark : marks) {
    mark.begin_utf16 = utf16_at(mark.begin_bytes);
    mark.end_utf16 = utf16_at(mark.end_bytes);
  }
  result.marks = std::move(marks);
  result.source = retriever.corpus().source(tokens, text, static_cast<uint32_t>(skipped + begin));
  result.source.end_bytes = result.source.begin_bytes + shown.size();
  result.source.end_utf16 = result.source.begin_utf16 + utf16_length(shown);
  return result;
}

// A word of the documents that has this stem, in small letters.
std::string word_with_stem(const Retriever& retriever, TermId term) {
  std::string stem = retriever.words().term(term);
  if (!retriever.words().has_places(term)) return stem;
  const WordIndex::Places places = retriever.words().places(term);
  if (places.at_end()) return stem;
  const uint32_t sentence = retriever.words().sentence_of_word(places.word());
  const std::string text = retriever.corpus().text(retriever.sentence_tokens(sentence));
  std::vector<SearchWord> words;
  find_search_words(text, words);
  for (const SearchWord& word : words) {
    std::string folded =
        fold_word(std::string_view(text).substr(word.begin, word.end - word.begin));
    if (retriever.stemmer().stem(folded) == stem) return folded;
  }
  return stem;
}

bool is_within(const DocumentInfo& document, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
    return document.url.starts_with(prefix) || document.id.starts_with(prefix);
  });
}

}  // namespace

SearchResults search(const Retriever& retriever, std::string_view query,
                     const SearchOptions& options) {
  const Question question = retriever.read_query(query);
  const uint32_t limit = std::min(options.limit, kMaxSearchResults);
  std::vector<PassageRange> within(std::begin(kAllPassages), std::end(kAllPassages));
  if (!options.within.empty()) {
    within = retriever.passages_of_all([&](DocId document) {
      return is_within(retriever.corpus().documents()[document], options.within);
    });
  }
  PassageRanking ranking(retriever, question, limit, within);
  ranking.finish();
  Marker marker(question, retriever);
  SearchResults found;
  for (const RankedPassage& passage : ranking.best()) {
    found.results.push_back(make_result(retriever, ranking.scan(), passage, marker));
  }
  for (const QuestionWord& word : question.words) {
    if (word.corrected_to.empty()) continue;
    found.corrections.push_back({word.text, word_with_stem(retriever, word.term)});
  }
  return found;
}

}  // namespace cento
