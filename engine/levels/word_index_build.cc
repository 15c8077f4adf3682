// How a word index is built: one pass over the text, which gives each word the number of its
// spelling; stems of the spellings; and counting sorts of the words by their stem.
#include <algorithm>
#include <numeric>
#include <utility>

#include "base/give_back.h"
#include "base/sort.h"
#include "levels/passages.h"
#include "levels/word_index.h"
#include "text/search_words.h"
#include "text/string_numbers.h"

namespace cento {
namespace {

// Numbers in the order in which they come. A vector would take three times their room when it
// grows.
class NumberBlocks {
 public:
  size_t size() const { return size_; }
  void push_back(uint32_t number) {
    if (size_ % kBlock == 0) blocks_.emplace_back().reserve(kBlock);
    blocks_.back().push_back(number);
    ++size_;
  }
  uint32_t& operator[](size_t i) { return blocks_[i / kBlock][i % kBlock]; }

 private:
  static constexpr size_t kBlock = 1 << 16;

  std::vector<std::vector<uint32_t>> blocks_;
  size_t size_ = 0;
};

// A word of a title or heading over the passages [begin, end).
struct Label {
  uint32_t term;  // first the number of its spelling
  uint32_t begin;
  uint32_t end;
};

}  // namespace

class WordIndexBuilder {
 public:
  WordIndexBuilder(const Vocabulary& vocabulary, const SentenceStarts& starts)
      : vocabulary_(&vocabulary), starts_(&starts) {}

  // `tokens` of the next document, whose first token is at `first_token`.
  void add_document(std::span<const TokenId> tokens, uint32_t first_token,
                    const DocumentInfo& document) {
    text_.clear();
    for (const TokenId token : tokens) text_ += vocabulary_->text(token);
    found_.clear();
    find_search_words(text_, found_);
    measure_sentences(tokens, first_token);
    if (extents_.empty()) return;

    const auto first_passage = static_cast<uint32_t>(passages_.size());
    const uint32_t first_sentence = next_sentence_ - static_cast<uint32_t>(extents_.size());
    find_passages(extents_, document.headings, passages_);
    for (size_t p = first_passage; p < passages_.size(); ++p) passages_[p] += first_sentence;
    add_labels(document, first_passage, first_sentence);
  }

  Result<WordIndex> finish(const Stemmer& stemmer) {
    WordIndex index;
    index.sentences_ = SparseBitVector(first_words_, static_cast<uint32_t>(words_.size()));
    index.passages_ = SparseBitVector(passages_, next_sentence_);
    index.find_passage_words();
    const uint32_t most =
        label_words_.empty() ? 0 : *std::max_element(label_words_.begin(), label_words_.end());
    index.label_words_ =
        PackedInts(static_cast<uint32_t>(label_words_.size()), PackedInts::width_for(most));
    for (uint32_t p = 0; p < label_words_.size(); ++p) index.label_words_.set(p, label_words_[p]);

    stem_spellings(stemmer, index);
    join_labels(index.term_count());
    count_words(index);
    if (!write_records(index)) {
      return Status(StatusCode::kResourceExhausted,
                    "There are more words than an index may hold. Build several packs.");
    }
    return index;
  }

 private:
  static constexpr uint32_t kNoWord = ~uint32_t{0};

  uint32_t spelling(std::string_view text, const SearchWord& word) {
    return spellings_.number_of(text.substr(word.begin, word.end - word.begin));
  }

  // Finds the sentences of the document, and adds its words.
  void measure_sentences(std::span<const TokenId> tokens, uint32_t first_token) {
    extents_.clear();
    const std::span<const uint32_t> starts = starts_->positions;
    const size_t end_token = first_token + tokens.size();
    size_t word = 0;
    uint32_t offset = 0;
    uint32_t token = first_token;
    while (next_sentence_ < starts.size() && starts[next_sentence_] < end_token) {
      const bool opens_paragraph = starts_->opens_paragraph[next_sentence_];
      ++next_sentence_;
      const size_t end = next_sentence_ < starts.size()
                             ? std::min<size_t>(starts[next_sentence_], end_token)
                             : end_token;
      for (; token < end; ++token) {
        offset += static_cast<uint32_t>(vocabulary_->text(tokens[token - first_token]).size());
      }
      first_words_.push_back(static_cast<uint32_t>(words_.size()));
      for (; word < found_.size() && found_[word].begin < offset; ++word) {
        words_.push_back(spelling(text_, found_[word]));
      }
      const auto count = static_cast<uint32_t>(words_.size()) - first_words_.back();
      if (count == 0) words_.push_back(kNoWord);
      extents_.push_back({offset, count, opens_paragraph});
    }
  }

  // A title holds for all passages of the document, a heading until the next one of its level or
  // above.
  void add_labels(const DocumentInfo& document, uint32_t first_passage, uint32_t first_sentence) {
    struct Open {
      std::string_view text;
      uint32_t level;
      uint32_t words;
      uint32_t passage;  // the first one
    };
    std::vector<Open> path;
    const auto end = static_cast<uint32_t>(passages_.size());
    uint32_t words = 0;
    const auto open = [&](std::string_view text, uint32_t level, uint32_t passage) {
      found_.clear();
      find_search_words(text, found_);
      path.push_back({text, level, static_cast<uint32_t>(found_.size()), passage});
      words += path.back().words;
    };
    const auto close = [&](uint32_t passage) {
      found_.clear();
      if (path.back().passage < passage) find_search_words(path.back().text, found_);
      for (const SearchWord& word : found_) {
        labels_.push_back({spelling(path.back().text, word), path.back().passage, passage});
      }
      words -= path.back().words;
      path.pop_back();
    };
    open(document.title, 0, first_passage);
    auto heading = document.headings.begin();
    for (uint32_t passage = first_passage; passage < end; ++passage) {
      const uint32_t next = passage + 1 < end ? passages_[passage + 1] : next_sentence_;
      const uint32_t end_byte = extents_[next - 1 - first_sentence].end;
      for (; heading != document.headings.end() && heading->begin < end_byte; ++heading) {
        while (path.size() > 1 && path.back().level >= heading->level) close(passage);
        open(std::string_view(text_).substr(heading->begin, heading->end - heading->begin),
             heading->level, passage);
      }
      label_words_.push_back(words);
    }
    while (!path.empty()) close(end);
  }

  // Replaces the numbers of spellings by those of terms.
  void stem_spellings(const Stemmer& stemmer, WordIndex& index) {
    const StringNumbers spellings = std::move(spellings_);  // not needed afterwards
    StringNumbers stems;
    std::vector<uint32_t> term_of(spellings.size());  // at first the number of the stem
    for (uint32_t i = 0; i < term_of.size(); ++i) {
      const std::string stem = stemmer.stem(fold_word(spellings.text(i)));
      term_of[i] = stems.number_of(std::string_view(stem).substr(0, TermList::kLongest));
    }
    std::vector<std::string_view> terms;
    for (uint32_t i = 0; i < stems.size(); ++i) terms.push_back(stems.text(i));
    std::vector<uint32_t> order(terms.size());
    std::iota(order.begin(), order.end(), 0u);
    stable_sort(std::span(order), [&](uint32_t a, uint32_t b) { return terms[a] < terms[b]; });
    std::vector<uint32_t> rank(order.size());
    for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    std::vector<std::string_view> ordered;
    ordered.reserve(order.size());
    for (const uint32_t number : order) ordered.push_back(terms[number]);
    index.terms_ = TermList(ordered);

    for (uint32_t& term : term_of) term = rank[term];
    for (size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != kNoWord) words_[i] = term_of[words_[i]];
    }
    for (Label& label : labels_) label.term = term_of[label.term];
    stable_sort(std::span(labels_), [](const Label& a, const Label& b) {
      return a.term != b.term ? a.term < b.term : a.begin < b.begin;
    });
  }

  // The passages that labels with a term hold for: what overlaps or touches is one range.
  void join_labels(uint32_t term_count) {
    for (TermId term = 0, label = 0; term < term_count; ++term) {
      range_starts_.push_back(static_cast<uint32_t>(ranges_.size()));
      for (; label < labels_.size() && labels_[label].term == term; ++label) {
        const PassageRange range{labels_[label].begin, labels_[label].end};
        if (ranges_.size() == range_starts_.back() || ranges_.back().end < range.begin) {
          ranges_.push_back(range);
        } else {
          ranges_.back().end = std::max(ranges_.back().end, range.end);
        }
      }
    }
    range_starts_.push_back(static_cast<uint32_t>(ranges_.size()));
    give_back(labels_);
  }

  std::span<const PassageRange> ranges_of(TermId term) const {
    return std::span(ranges_).subspan(range_starts_[term],
                                      range_starts_[term + 1] - range_starts_[term]);
  }

  // Counts words, sentences and passages of each term; in labels it stands in passages only.
  void count_words(const WordIndex& index) {
    heads_.resize(index.term_count());
    for (TermId term = 0; term < index.term_count(); ++term) {
      for (const PassageRange& range : ranges_of(term)) {
        heads_[term].passages += range.end - range.begin;
      }
    }
    std::vector<uint32_t> next_range = range_starts_;  // of each term, the first that may hold
    std::vector<uint32_t> last_sentence(index.term_count(), ~uint32_t{0});
    uint32_t passage = 0;
    for (uint32_t sentence = 0; sentence < first_words_.size(); ++sentence) {
      const bool is_last = sentence + 1 == first_words_.size();
      const size_t end = is_last ? words_.size() : first_words_[sentence + 1];
      if (passage + 1 < passages_.size() && passages_[passage + 1] == sentence) ++passage;
      for (size_t word = first_words_[sentence]; word < end; ++word) {
        const uint32_t term = words_[word];
        if (term == kNoWord) continue;
        WordIndex::Head& head = heads_[term];
        ++head.words;
        if (last_sentence[term] == sentence) continue;
        const bool seen =
            last_sentence[term] != ~uint32_t{0} && last_sentence[term] >= passages_[passage];
        if (!seen) {
          uint32_t& range = next_range[term];
          while (range < range_starts_[term + 1] && ranges_[range].end <= passage) ++range;
          const bool is_labelled =
              range < range_starts_[term + 1] && ranges_[range].begin <= passage;
          if (!is_labelled) ++head.passages;
        }
        last_sentence[term] = sentence;
        ++head.sentences;
      }
    }
  }

  // Sorts the places of the terms from `first` on, as many as there is room for: all at once would
  // be as large as the words. Gives the term behind them.
  TermId sort_places(TermId first) {
    constexpr size_t kRoom = 1 << 20;
    ends_.clear();
    size_t count = 0;
    TermId last = first;
    for (; last < heads_.size() && (last == first || count + heads_[last].words <= kRoom); ++last) {
      ends_.push_back(static_cast<uint32_t>(count));  // at first where they begin
      count += heads_[last].words;
    }
    places_.resize(count);
    for (size_t word = 0; word < words_.size(); ++word) {
      const uint32_t term = words_[word];  // kNoWord is behind all
      if (term >= first && term < last) {
        places_[ends_[term - first]++] = static_cast<uint32_t>(word);
      }
    }
    return last;
  }

  // False where there are too many bits.
  bool write_records(WordIndex& index) {
    BitWriter records;
    std::vector<uint32_t> starts;
    TermId first = 0;  // of those whose places are sorted
    TermId last = 0;
    for (TermId term = 0; term < index.term_count(); ++term) {
      if (term == last) {
        first = term;
        last = sort_places(first);
      }
      const uint32_t begin = term == first ? 0 : ends_[term - first - 1];
      const std::span<const uint32_t> places =
          std::span(places_).subspan(begin, ends_[term - first] - begin);
      starts.push_back(static_cast<uint32_t>(records.size()));
      index.write_record(heads_[term], ranges_of(term), places, records);
    }
    if (records.size() >= WordIndex::kMaxRecordBits) return false;
    index.record_starts_ = SparseBitVector(starts, static_cast<uint32_t>(records.size()));
    index.records_ = std::move(records).finish();
    return true;
  }

  const Vocabulary* vocabulary_;
  const SentenceStarts* starts_;
  uint32_t next_sentence_ = 0;
  StringNumbers spellings_;
  NumberBlocks words_;                 // numbers of spellings, later terms
  std::vector<uint32_t> first_words_;  // of the sentences
  std::vector<uint32_t> passages_;     // their first sentences
  std::vector<uint32_t> label_words_;  // of each passage
  std::vector<Label> labels_;
  std::vector<PassageRange> ranges_;    // with a term in a label, one term behind the other
  std::vector<uint32_t> range_starts_;  // in ranges_, of each term, and where they end
  std::vector<WordIndex::Head> heads_;  // of each term
  std::vector<uint32_t> places_;        // of some terms, one term behind the other
  std::vector<uint32_t> ends_;          // in places_, of each of these terms

  // Of the document at hand.
  std::string text_;
  std::vector<SearchWord> found_;
  std::vector<SentenceExtent> extents_;
};

Result<WordIndex> WordIndex::build(std::span<const TokenId> stream, const Vocabulary& vocabulary,
                                   const DocumentList& documents, const Stemmer& stemmer,
                                   const SentenceStarts& starts, const Progress& progress) {
  WordIndexBuilder builder(vocabulary, starts);
  for (DocId d = 0; d < documents.size(); ++d) {
    if (d % 16 == 0 && !report(progress, "finding words", d, documents.size())) {
      return Status::aborted();
    }
    const DocumentInfo& document = documents[d];
    if (document.first_token >= stream.size()) break;
    // The end mark closes a document even where its later part has not arrived yet.
    const uint32_t length = std::min<uint32_t>(
        document.token_count, static_cast<uint32_t>(stream.size()) - 1 - document.first_token);
    builder.add_document(stream.subspan(document.first_token, length), document.first_token,
                         document);
  }
  return builder.finish(stemmer);
}

}  // namespace cento
