#include <algorithm>
#include <span>
#include <utility>

#include "base/sort.h"
#include "base/utf8.h"
#include "cento/verify.h"
#include "pack/pack_reader.h"
#include "text/boundaries.h"
#include "text/hash.h"
#include "text/headings.h"
#include "text/pretokenizer.h"
#include "text/units.h"

namespace cento {
namespace {

struct Word {
  uint32_t begin;  // bytes, without leading space
  uint32_t end;
};

// Words, numbers and punctuation marks as the pre-tokeniser cuts them.
std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  Pretokenizer pretokenizer(text);
  for (Pretoken pretoken; pretokenizer.next(pretoken);) {
    if (pretoken.kind == PretokenKind::kSpace) continue;
    const bool spaced = text[pretoken.begin] == ' ' && pretoken.end - pretoken.begin > 1;
    words.push_back({pretoken.begin + (spaced ? 1u : 0u), pretoken.end});
  }
  return words;
}

// The sentence of a text around a byte: [begin, end).
struct Sentence {
  uint32_t begin = 0;
  uint32_t end = 0;
};

Sentence sentence_around(const std::vector<Boundary>& boundaries, uint32_t at) {
  Sentence sentence;
  for (const Boundary& boundary : boundaries) {
    sentence.end = boundary.at;
    if (boundary.at > at) break;
    sentence.begin = boundary.at;
  }
  return sentence;
}

bool is_boundary(const std::vector<Boundary>& boundaries, uint64_t at) {
  return std::any_of(boundaries.begin(), boundaries.end(),
                     [&](const Boundary& boundary) { return boundary.at == at; });
}

// Whether byte `at` lies strictly inside a unit, a quotation or a field of `sentence`.
bool cuts_unit(std::string_view sentence, uint32_t at) {
  for (const auto& units : {find_units(sentence), find_containers(sentence)}) {
    for (const Unit& unit : units) {
      if (unit.begin < at && at < unit.end) return true;
    }
  }
  return false;
}

}  // namespace

struct Verifier::Impl {
  // Where a window stands.
  struct Window {
    uint32_t document;
    uint32_t begin;
    uint32_t length;
  };

  PackReader reader;
  // Derived from the shards when first needed.
  mutable uint32_t decoded_shards = 0;
  mutable std::vector<std::string> texts;
  mutable std::vector<DocId> by_id;  // sorted
  mutable std::vector<Window> windows;
  mutable std::vector<uint64_t> windows_by_hash;  // the hash above the number of the window

  void decode() const;
  bool is_attested(std::string_view window) const;
  // What stands before byte `from` (a prompt) only says how the first words are cut.
  VerifyReport windows_of(std::string_view text, size_t from) const;
};

Verifier::Verifier() : impl_(std::make_unique<Impl>()) {}
Verifier::~Verifier() = default;

Status Verifier::open_tables(std::span<const uint8_t> file) {
  return impl_->reader.open_tables(file);
}

Status Verifier::add_shard(std::span<const uint8_t> file) { return impl_->reader.add_shard(file); }

void Verifier::Impl::decode() const {
  if (decoded_shards == reader.shards_read()) return;
  decoded_shards = reader.shards_read();
  texts.clear();
  by_id.clear();
  windows.clear();
  windows_by_hash.clear();
  for (uint32_t d = 0; d < reader.documents().size(); ++d) {
    const DocumentInfo& info = reader.documents()[d];
    std::string text;
    const size_t end =
        std::min<size_t>(reader.stream().size(), size_t{info.first_token} + info.token_count);
    for (size_t i = info.first_token; i < end; ++i) {
      text += reader.vocabulary().text(reader.stream()[i]);
    }
    const std::vector<Word> words = words_of(text);
    for (size_t i = 0; i + kWindowWords <= words.size(); ++i) {
      const uint32_t begin = words[i].begin;
      const uint32_t length = words[i + kWindowWords - 1].end - begin;
      const uint64_t hash = hash_bytes(std::string_view(text).substr(begin, length));
      windows_by_hash.push_back(hash << 32 | windows.size());
      windows.push_back({d, begin, length});
    }
    by_id.push_back(d);
    texts.push_back(std::move(text));
  }
  stable_sort(std::span(by_id), [&](DocId a, DocId b) {
    return reader.documents()[a].id < reader.documents()[b].id;
  });
  sort_numbers(windows_by_hash);
}

bool Verifier::Impl::is_attested(std::string_view window) const {
  const uint64_t hash = hash_bytes(window);
  auto found = std::lower_bound(windows_by_hash.begin(), windows_by_hash.end(), hash << 32);
  for (; found != windows_by_hash.end() && *found >> 32 == hash; ++found) {
    const Window& candidate = windows[static_cast<uint32_t>(*found)];
    const std::string_view text = texts[candidate.document];
    if (text.substr(candidate.begin, candidate.length) == window) return true;
  }
  return false;
}

VerifyReport Verifier::Impl::windows_of(std::string_view text, size_t from) const {
  decode();
  VerifyReport report;
  const std::vector<Word> words = words_of(text);
  size_t word = 0;
  uint32_t sentence_begin = 0;
  for (const Boundary& boundary : find_boundaries(text)) {
    while (word < words.size() &&
           (words[word].begin < sentence_begin || words[word].begin < from)) {
      ++word;
    }
    for (size_t i = word; i + kWindowWords <= words.size(); ++i) {
      const uint32_t end = words[i + kWindowWords - 1].end;
      if (end > boundary.at) break;
      ++report.windows;
      const std::string_view window = text.substr(words[i].begin, end - words[i].begin);
      if (is_attested(window)) {
        ++report.attested_windows;
      } else {
        report.problems.push_back("No document holds the words \"" + std::string(window) + "\".");
      }
    }
    sentence_begin = boundary.at;
  }
  report.valid = report.problems.empty();
  return report;
}

VerifyReport Verifier::verify_windows(std::string_view text) const {
  return impl_->windows_of(text, 0);
}

VerifyReport Verifier::verify(const Answer& completion) const {
  impl_->decode();
  const std::string& input = completion.receipt.input;
  VerifyReport report = impl_->windows_of(input + completion.text, input.size());
  const PackReader& reader = impl_->reader;
  report.fragments = completion.fragments.size();

  std::string joined;
  const std::vector<Boundary> boundaries = find_boundaries(completion.text);
  for (size_t i = 0; i < completion.fragments.size(); ++i) {
    const Fragment& fragment = completion.fragments[i];
    const Source& source = fragment.source;
    const auto problem = [&](std::string_view what) {
      report.problems.push_back("Fragment " + std::to_string(i + 1) + ": " + std::string(what));
    };
    const auto seam = static_cast<uint32_t>(joined.size());
    joined += fragment.text;

    if (source.pack != reader.header().pack_id) problem("it names another pack.");
    if (source.licence != reader.header().licence) problem("its licence is not the pack's.");
    const auto document = std::lower_bound(
        impl_->by_id.begin(), impl_->by_id.end(), source.document_id,
        [&](DocId d, const std::string& id) { return reader.documents()[d].id < id; });
    if (document == impl_->by_id.end() || reader.documents()[*document].id != source.document_id) {
      problem("its document is not in the pack.");
      continue;
    }
    const DocumentInfo& info = reader.documents()[*document];
    const std::string_view text = impl_->texts[*document];
    if (source.title != info.title) problem("its title is not the document's.");
    if (source.begin_bytes >= source.end_bytes || source.end_bytes > text.size()) {
      problem("its offsets lie outside the document.");
      continue;
    }
    const auto begin = static_cast<uint32_t>(source.begin_bytes);
    const auto end = static_cast<uint32_t>(source.end_bytes);
    if (text.substr(begin, end - begin) != fragment.text) {
      problem("its text does not stand at its source.");
    }
    if (utf16_length(text.substr(0, begin)) != source.begin_utf16 ||
        utf16_length(text.substr(0, end)) != source.end_utf16) {
      problem("its UTF-16 offsets do not fit its byte offsets.");
    }
    const std::vector<uint32_t> path = heading_path(info.headings, begin);
    std::vector<std::string> headings;
    for (const uint32_t h : path) {
      const Heading& heading = info.headings[h];
      headings.emplace_back(text.substr(heading.begin, heading.end - heading.begin));
    }
    if (headings != source.headings) problem("its headings are not those of its place.");
    if (url_with_anchor(info.url, info.headings, path) != source.url) {
      problem("its URL is not that of its place.");
    }

    if (i == 0) continue;
    const Source& before = completion.fragments[i - 1].source;
    if (before.document_id == source.document_id && before.end_bytes == source.begin_bytes)
      continue;
    const std::vector<Boundary> there = find_boundaries(text, info.headings);
    if (is_boundary(boundaries, seam) && (begin == 0 || is_boundary(there, begin))) continue;
    // A seam inside a sentence.
    const Sentence here = sentence_around(boundaries, seam);
    const std::string_view head =
        std::string_view(completion.text).substr(here.begin, seam - here.begin);
    const std::vector<Word> words = words_of(head);
    const Sentence origin = sentence_around(there, begin);
    if (words.size() < kWindowWords - 1) {
      problem("fewer than three words stand before its seam.");
    } else {
      const std::string_view overlap = head.substr(words[words.size() - (kWindowWords - 1)].begin);
      if (begin - origin.begin < overlap.size() ||
          text.substr(begin - overlap.size(), overlap.size()) != overlap) {
        problem("it does not overlap with what stands before its seam.");
      }
    }
    if (cuts_unit(text.substr(origin.begin, origin.end - origin.begin), begin - origin.begin) ||
        cuts_unit(std::string_view(completion.text).substr(here.begin, here.end - here.begin),
                  seam - here.begin)) {
      problem("its seam lies inside a number, a name or another unit.");
    }
  }
  if (joined != completion.text) {
    report.problems.emplace_back("The fragments do not join to the text.");
  }
  if (completion.refused && !completion.text.empty()) {
    report.problems.emplace_back("A refusal has a text.");
  }
  report.valid = report.problems.empty();
  return report;
}

}  // namespace cento
