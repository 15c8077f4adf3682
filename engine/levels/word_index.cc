#include "levels/word_index.h"

#include <algorithm>

#include "base/sort.h"

namespace cento {

TermId WordIndex::find(std::string_view stem) const {
  const uint32_t number = terms_.find(stem.substr(0, TermList::kLongest));
  return number < term_count() ? number : kNoTerm;
}

std::vector<TermId> WordIndex::near(std::string_view stem, uint32_t edits, uint32_t limit) const {
  std::vector<TermList::Near> found = terms_.near(stem, edits);
  stable_sort(std::span(found), [this](const TermList::Near& a, const TermList::Near& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return passage_frequency(a.number) > passage_frequency(b.number);
  });
  std::vector<TermId> terms;
  for (size_t i = 0; i < std::min<size_t>(limit, found.size()); ++i) {
    terms.push_back(found[i].number);
  }
  return terms;
}

void WordIndex::find_passage_words() {
  passage_words_.clear();
  passage_words_.reserve(size_t{passage_count()} + 1);
  SparseBitVector::Walk passage(passages_);
  SparseBitVector::Walk sentence(sentences_);
  for (uint32_t p = 0; p < passage_count(); ++p) {
    passage.seek_number(p);
    sentence.seek_number(passage.place());
    passage_words_.push_back(sentence.place());
  }
  passage_words_.push_back(word_count());
}

// Words come in clusters, so most gaps are far below their mean: the best width is searched, from
// the mean down.
uint32_t WordIndex::choose_narrowing(std::span<const uint32_t> places) const {
  const uint32_t mean = mean_gap_width(static_cast<uint32_t>(places.size()));
  uint32_t best = 0;
  uint64_t best_bits = ~uint64_t{0};
  for (uint32_t narrowing = 0; narrowing <= std::min(mean, kMostNarrowing); ++narrowing) {
    uint64_t bits = 0;
    for (size_t i = 1; i < places.size(); ++i) {
      bits += BitWriter::golomb_size(places[i] - places[i - 1] - 1, mean - narrowing);
    }
    if (bits >= best_bits) break;  // narrower ones are larger still
    best_bits = bits;
    best = narrowing;
  }
  return best;
}

void WordIndex::write_record(const Head& head, std::span<const PassageRange> ranges,
                             std::span<const uint32_t> places, BitWriter& records) const {
  const bool is_labelled = !ranges.empty();
  records.bits(is_labelled ? 1 : 0, 1);
  records.gamma(head.words + (is_labelled ? 1 : 0));
  if (head.words > 1) records.gamma(head.words - head.sentences + 1);
  if (is_labelled) {
    records.gamma(head.passages);
    records.gamma(static_cast<uint32_t>(ranges.size()));
    uint32_t least = 0;
    for (const PassageRange& range : ranges) {
      records.gamma(range.begin - least + 1);
      records.gamma(range.end - range.begin);
      least = range.end;
    }
  } else if (head.words > 1) {
    records.gamma(head.sentences - head.passages + 1);
  }
  if (!keeps_places(head.passages) || places.empty()) return;
  records.bits(places[0], word_width());
  if (places.size() == 1) return;
  const uint32_t narrowing = choose_narrowing(places);
  records.bits(narrowing, kNarrowingBits);
  for (size_t i = 1; i < places.size(); ++i) {
    records.golomb(places[i] - places[i - 1] - 1, mean_gap_width(head.words) - narrowing);
  }
}

WordIndex::Head WordIndex::read_head(TermId term) const {
  Head head;
  BitReader bits(records_.data(), record_starts_.select1(term));
  const bool is_labelled = bits.bits(1) != 0;
  head.words = bits.gamma() - (is_labelled ? 1 : 0);
  head.sentences = head.words > 1 ? head.words - (bits.gamma() - 1) : head.words;
  head.passages = head.sentences;
  if (is_labelled) {
    head.passages = bits.gamma();
    head.ranges = bits.gamma();
  } else if (head.words > 1) {
    head.passages -= bits.gamma() - 1;
  }
  head.bits = bits;
  const bool fits = head.words <= word_count() && head.sentences <= head.words &&
                    head.sentences <= sentence_count() && head.passages <= passage_count() &&
                    head.passages > 0 && (head.sentences == 0) == (head.words == 0);
  if (fits) return head;
  head = {};
  head.passages = 1;
  return head;
}

bool WordIndex::next_range(Head& head, PassageRange& range) const {
  if (head.ranges == 0 || head.bits.at() > record_starts_.size()) return false;
  --head.ranges;
  const uint64_t begin = uint64_t{range.end} + head.bits.gamma() - 1;
  const uint64_t end = begin + head.bits.gamma();
  if (end > passage_count()) return false;
  range = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  return true;
}

void WordIndex::labelled(TermId term, std::vector<PassageRange>& out) const {
  Head head = read_head(term);
  PassageRange range;
  while (next_range(head, range)) out.push_back(range);
}

WordIndex::Places WordIndex::places(TermId term) const {
  Head head = read_head(term);
  PassageRange range;
  while (next_range(head, range)) {
  }
  Places places;
  if (head.words == 0 || !keeps_places(head.passages)) return places;
  places.bits_ = head.bits;
  places.end_ = term + 1 < term_count() ? record_starts_.select1(term + 1) : record_starts_.size();
  places.words_ = word_count();
  // Whoever makes room for all must not do so for more than a damaged record can have: each takes a
  // bit or more.
  places.left_ = static_cast<uint32_t>(
      std::min<uint64_t>(head.words, places.end_ - std::min(places.end_, head.bits.at())));
  places.go_to(places.bits_.bits(word_width()));
  if (head.words > 1) {
    const uint32_t mean = mean_gap_width(head.words);
    places.gap_width_ = mean - std::min(mean, places.bits_.bits(kNarrowingBits));
  }
  return places;
}

void WordIndex::save(ByteWriter& writer) const {
  writer.put(word_count());
  sentences_.save(writer);
  passages_.save(writer);
  writer.put(static_cast<uint8_t>(label_words_.width()));
  label_words_.save(writer);
  terms_.save(writer);
  writer.put(record_starts_.size());
  record_starts_.save(writer);
  writer.put_array(std::span(records_));
}

Status WordIndex::load(ByteReader& reader, uint32_t sentences) {
  const auto damaged = [&reader](const char* message) {
    return Status::integrity(message, reader.offset());
  };
  const auto words = reader.take<uint32_t>();
  if (words >= kMaxRecordBits) return damaged("The word index has too many words.");
  CENTO_RETURN_IF_ERROR(sentences_.load(reader, words));
  const auto starts_with_one = [](const SparseBitVector& bits) {
    return bits.size() == 0 || (bits.ones() > 0 && bits.select1(0) == 0);
  };
  if (sentence_count() != sentences || !starts_with_one(sentences_)) {
    return damaged("The word index does not have the sentences of the text.");
  }
  CENTO_RETURN_IF_ERROR(passages_.load(reader, sentences));
  if (!starts_with_one(passages_)) return damaged("The first sentence opens no passage.");
  const auto label_width = reader.take<uint8_t>();
  if (label_width > 32) return damaged("Numbers of label words have at most 32 bits.");
  CENTO_RETURN_IF_ERROR(label_words_.load(reader, passage_count(), label_width));
  CENTO_RETURN_IF_ERROR(terms_.load(reader));
  const auto record_bits = reader.take<uint32_t>();
  if (record_bits >= kMaxRecordBits) return damaged("The word index has too many bits.");
  CENTO_RETURN_IF_ERROR(record_starts_.load(reader, record_bits));
  if (record_starts_.ones() != term_count() || !starts_with_one(record_starts_) ||
      (term_count() > 0 && passage_count() == 0)) {
    return damaged("There is not one record for each term.");
  }
  const size_t record_words = (size_t{record_bits} + 63) / 64 + BitWriter::kSpareWords;
  records_ = reader.take_array<uint64_t>(record_words);
  CENTO_RETURN_IF_ERROR(reader.status());
  // Readers stop at the zeros behind the last bit.
  if (records_[record_words - 2] != 0 || records_[record_words - 1] != 0) {
    return damaged("The records of terms go on behind their end.");
  }
  find_passage_words();
  return Status::ok();
}

uint64_t WordIndex::memory_bytes() const {
  return terms_.memory_bytes() + records_.capacity() * sizeof(uint64_t) +
         record_starts_.memory_bytes() + sentences_.memory_bytes() + passages_.memory_bytes() +
         label_words_.memory_bytes() + passage_words_.capacity() * sizeof(uint32_t);
}

}  // namespace cento
