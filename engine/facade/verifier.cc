#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/sort.h"
#include "base/utf8.h"
#include "cento/engine.h"
#include "cento/verify.h"
#include "compose/short_completer.h"
#include "pack/pack_reader.h"
#include "text/boundaries.h"
#include "text/hash.h"
#include "text/headings.h"
#include "text/pretokenizer.h"
#include "text/sentence_end.h"
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

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Whether a sentence of `text` begins or ends at byte `at`, white space aside.
bool is_sentence_edge(std::string_view text, const std::vector<Boundary>& boundaries, size_t at) {
  size_t begin = at;
  size_t end = at;
  while (begin > 0 && is_space(text[begin - 1])) --begin;
  while (end < text.size() && is_space(text[end])) ++end;
  if (begin == 0 || end == text.size()) return true;
  return std::any_of(boundaries.begin(), boundaries.end(), [&](const Boundary& boundary) {
    return begin <= boundary.at && boundary.at <= end;
  });
}

// The same, or a field does, of which a sentence may have several.
bool is_statement_edge(std::string_view text, const std::vector<Boundary>& boundaries, size_t at) {
  if (is_sentence_edge(text, boundaries, at)) return true;
  const Sentence sentence = sentence_around(boundaries, static_cast<uint32_t>(at));
  for (const Unit& unit :
       find_containers(text.substr(sentence.begin, sentence.end - sentence.begin))) {
    if (unit.kind != UnitKind::kField) continue;
    if (sentence.begin + unit.begin == at || sentence.begin + unit.end == at) return true;
  }
  return false;
}

// Whether byte `at` is the edge of a character; an invalid byte is one of its own.
bool is_character_edge(std::string_view text, uint64_t at) {
  if (at > text.size()) return false;
  const auto end = static_cast<size_t>(at);
  for (size_t back = 1; back <= std::min<size_t>(end, 3); ++back) {
    if (decode_utf8(text, end - back).length > back) return false;
  }
  return true;
}

// Whether `window` stands in `text` before byte `end`, cut into the same words.
bool has_window(std::string_view text, const std::vector<Word>& words, size_t end,
                std::string_view window) {
  return std::any_of(words.begin(), words.end(), [&](const Word& word) {
    const size_t last = word.begin + window.size();
    return last <= end && text.substr(word.begin, window.size()) == window &&
           std::any_of(words.begin(), words.end(), [&](const Word& w) { return w.end == last; });
  });
}

// A completion may repeat what the text that it continues says itself.
bool is_from_input(const Fragment& fragment) {
  return fragment.source.pack.empty() && fragment.source.document_id.empty();
}

bool is_share(double value) { return value >= 0 && value <= 1; }

// What may stand between two fragments that meet at the ends of sentences.
constexpr std::string_view kJoints[] = {"", " ", "\n", "\n\n"};

// Where each fragment stands in the text of an answer: the bytes before it, joint included; fewer
// than there are fragments where they do not make the text.
std::vector<size_t> place_fragments(const Answer& answer) {
  std::vector<size_t> begins;
  const std::string_view text = answer.text;
  size_t at = 0;
  for (const Fragment& fragment : answer.fragments) {
    const auto joint = std::find_if(std::begin(kJoints), std::end(kJoints), [&](auto candidate) {
      const std::string_view rest = text.substr(at);
      return rest.starts_with(candidate) &&
             rest.substr(candidate.size()).starts_with(fragment.text);
    });
    if (joint == std::end(kJoints) || (joint != kJoints && begins.empty())) return begins;
    begins.push_back(at + joint->size());
    at = begins.back() + fragment.text.size();
  }
  if (at != text.size()) begins.clear();
  return begins;
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

// Whether byte `at` lies strictly inside a number or a date of `sentence`.
bool cuts_number(std::string_view sentence, uint32_t at) {
  for (const Unit& unit : find_units(sentence)) {
    const bool is_number = unit.kind == UnitKind::kNumber || unit.kind == UnitKind::kDate;
    if (is_number && unit.begin < at && at < unit.end) return true;
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
  // Windows inside the sentences of `text`, which end at `ends` (ascending) too. What stands before
  // byte `from` (a prompt) says how the first words are cut; windows may also stand there if asked.
  void prove_windows(std::string_view text, size_t from, std::span<const uint32_t> ends,
                     bool quotes_prompt, VerifyReport& report) const;
  void prove_receipt(const Answer& answer, std::vector<std::string>& problems) const;
  // The document that a fragment names (or `input`, the text that was continued), if it is from
  // there; its problems otherwise.
  const std::string* prove_source(const Fragment& fragment, const std::string& input,
                                  DocumentInfo& info, std::vector<std::string>& problems) const;
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

void Verifier::Impl::prove_windows(std::string_view text, size_t from,
                                   std::span<const uint32_t> ends, bool quotes_prompt,
                                   VerifyReport& report) const {
  const std::vector<Word> words = words_of(text);
  size_t word = 0;
  uint32_t sentence_begin = 0;
  std::vector<uint64_t> sentence_ends(ends.begin(), ends.end());
  for (const Boundary& boundary : find_boundaries(text)) sentence_ends.push_back(boundary.at);
  sort_numbers(sentence_ends);
  for (const uint64_t sentence_end : sentence_ends) {
    while (word < words.size() &&
           (words[word].begin < sentence_begin || words[word].begin < from)) {
      ++word;
    }
    for (size_t i = word; i + kWindowWords <= words.size(); ++i) {
      const uint32_t end = words[i + kWindowWords - 1].end;
      if (end > sentence_end) break;
      ++report.windows;
      const std::string_view window = text.substr(words[i].begin, end - words[i].begin);
      if (is_attested(window) || (quotes_prompt && has_window(text, words, from, window))) {
        ++report.attested_windows;
      } else {
        report.problems.push_back("No document holds the words \"" + std::string(window) + "\".");
      }
    }
    sentence_begin = static_cast<uint32_t>(sentence_end);
  }
}

VerifyReport Verifier::verify_windows(std::string_view text) const {
  impl_->decode();
  VerifyReport report;
  impl_->prove_windows(text, 0, {}, false, report);
  report.valid = report.problems.empty();
  return report;
}

void Verifier::Impl::prove_receipt(const Answer& answer, std::vector<std::string>& problems) const {
  const auto require = [&](bool holds, std::string_view otherwise) {
    if (!holds) problems.emplace_back(otherwise);
  };
  const Receipt& receipt = answer.receipt;
  const Coverage& coverage = answer.coverage;
  const PackHeader& header = reader.header();
  require(receipt.digest == answer_digest(answer),
          "The digest is not that of the answer: something was altered.");
  require(receipt.engine_version == engine_version(),
          "The receipt names another version of the engine.");
  require(receipt.pack == header.pack_id, "The receipt names another pack.");
  require(coverage.shard_count == header.shard_count &&
              coverage.document_count == header.document_count &&
              coverage.token_count == header.token_count,
          "The coverage is not of this pack.");
  const bool covers_all_read = coverage.shards == reader.shards_read();
  require(receipt.shards == coverage.shards && coverage.shards > 0 &&
              coverage.shards <= reader.shards_read() &&
              coverage.documents <= reader.documents().size() &&
              coverage.tokens <= reader.stream_length() &&
              (!covers_all_read || (coverage.documents == reader.documents().size() &&
                                    coverage.tokens == reader.stream_length())),
          "The coverage is not that of the shards that the receipt names.");
  const AnswerOptions& options = receipt.options;
  require(receipt.operation <= Operation::kOverview && options.max_tokens > 0 &&
              options.grounding <= Grounding::kPhrase && options.effort <= Effort::kDeep,
          "The receipt's operation or options are out of their range.");
  require(is_share(answer.confidence) && is_share(answer.highlight.confidence),
          "A confidence does not lie between 0 and 1.");

  const Highlight& highlight = answer.highlight;
  const std::string_view text = answer.text;
  const bool lies_inside = highlight.begin_bytes <= highlight.end_bytes &&
                           is_character_edge(text, highlight.begin_bytes) &&
                           is_character_edge(text, highlight.end_bytes);
  require(lies_inside &&
              utf16_length(text.substr(0, static_cast<size_t>(highlight.begin_bytes))) ==
                  highlight.begin_utf16 &&
              utf16_length(text.substr(0, static_cast<size_t>(highlight.end_bytes))) ==
                  highlight.end_utf16,
          "The highlight is not a part of the text.");
  require(answer.refused ? text.empty() && answer.fragments.empty() && !answer.reason.empty()
                         : !answer.fragments.empty(),
          "A refusal has a reason and nothing else; every other answer has fragments.");
}

const std::string* Verifier::Impl::prove_source(const Fragment& fragment, const std::string& input,
                                                DocumentInfo& info,
                                                std::vector<std::string>& problems) const {
  const Source& source = fragment.source;
  const auto require = [&](bool holds, std::string_view otherwise) {
    if (!holds) problems.emplace_back(otherwise);
    return holds;
  };
  const std::string* whole = &input;
  info.title = kThisText;
  if (!is_from_input(fragment)) {
    require(source.pack == reader.header().pack_id, "it names another pack.");
    const auto document = std::lower_bound(
        by_id.begin(), by_id.end(), source.document_id,
        [&](DocId d, const std::string& id) { return reader.documents()[d].id < id; });
    if (!require(document != by_id.end() && reader.documents()[*document].id == source.document_id,
                 "its document is not in the pack.")) {
      return nullptr;
    }
    info = reader.documents()[*document];
    whole = &texts[*document];
  }
  require(source.licence == (whole == &input ? "" : reader.header().licence),
          "its licence is not the pack's.");
  const std::string_view text = *whole;
  require(source.title == info.title, "its title is not the document's.");
  if (!require(source.begin_bytes < source.end_bytes && source.end_bytes <= text.size(),
               "its offsets lie outside the document.")) {
    return nullptr;
  }
  const auto begin = static_cast<uint32_t>(source.begin_bytes);
  const auto end = static_cast<uint32_t>(source.end_bytes);
  const bool stands = require(text.substr(begin, end - begin) == fragment.text,
                              "its text does not stand at its source.");
  require(utf16_length(text.substr(0, begin)) == source.begin_utf16 &&
              utf16_length(text.substr(0, end)) == source.end_utf16,
          "its UTF-16 offsets do not fit its byte offsets.");
  const std::vector<uint32_t> path = heading_path(info.headings, begin);
  std::vector<std::string> headings;
  for (const uint32_t h : path) {
    const Heading& heading = info.headings[h];
    headings.emplace_back(text.substr(heading.begin, heading.end - heading.begin));
  }
  require(headings == source.headings, "its headings are not those of its place.");
  require(url_with_anchor(info.url, info.headings, path) == source.url,
          "its URL is not that of its place.");
  return stands ? whole : nullptr;
}

// A seam inside a sentence: the last m - 1 words of `answer` before byte `seam` also stand before
// byte `begin` of `text`, and it cuts no unit of either. `boundaries` and `there` are theirs.
void prove_overlap(std::string_view answer, const std::vector<Boundary>& boundaries, uint32_t seam,
                   std::string_view text, const std::vector<Boundary>& there, uint32_t begin,
                   std::vector<std::string>& problems) {
  const Sentence here = sentence_around(boundaries, seam);
  const std::string_view head = answer.substr(here.begin, seam - here.begin);
  const std::vector<Word> words = words_of(head);
  const Sentence origin = sentence_around(there, begin);
  if (words.size() < kWindowWords - 1) {
    problems.emplace_back("fewer than three words stand before its seam.");
  } else {
    const std::string_view overlap = head.substr(words[words.size() - (kWindowWords - 1)].begin);
    if (begin - origin.begin < overlap.size() ||
        text.substr(begin - overlap.size(), overlap.size()) != overlap) {
      problems.emplace_back("it does not overlap with what stands before its seam.");
    }
  }
  if (cuts_unit(text.substr(origin.begin, origin.end - origin.begin), begin - origin.begin) ||
      cuts_unit(answer.substr(here.begin, here.end - here.begin), seam - here.begin)) {
    problems.emplace_back("its seam lies inside a number, a name or another unit.");
  }
}

VerifyReport Verifier::verify(const Answer& answer) const {
  impl_->decode();
  VerifyReport report;
  report.fragments = answer.fragments.size();
  impl_->prove_receipt(answer, report.problems);

  const std::vector<size_t> begins = place_fragments(answer);
  if (begins.size() != answer.fragments.size()) {
    report.problems.emplace_back("The fragments do not join to the text.");
  }
  const bool continues = answer.receipt.operation == Operation::kComplete;
  const std::string input = continues ? answer.receipt.input : "";
  std::vector<uint32_t> sentence_seams;  // in the text with the input before it
  const std::vector<Boundary> boundaries = find_boundaries(answer.text);
  bool met_an_edge = false;  // where the fragment before ends, one of its source's statements does
  for (size_t i = 0; i < answer.fragments.size(); ++i) {
    const Fragment& fragment = answer.fragments[i];
    const Source& source = fragment.source;
    std::vector<std::string> problems;
    const auto problem = [&](std::string_view what) { problems.emplace_back(what); };
    DocumentInfo info;
    const std::string* document = impl_->prove_source(fragment, input, info, problems);
    if (document != nullptr && i < begins.size()) {
      const std::string_view text = *document;
      const std::vector<Boundary> there = find_boundaries(text, info.headings);
      const auto begin = static_cast<uint32_t>(source.begin_bytes);
      const auto end = static_cast<uint32_t>(source.end_bytes);
      const bool opens = is_statement_edge(text, there, begin);
      const bool closes = is_statement_edge(text, there, end);
      const auto seam = static_cast<uint32_t>(begins[i]);
      const Source* before = i == 0 ? nullptr : &answer.fragments[i - 1].source;
      const size_t before_end = i == 0 ? 0 : begins[i - 1] + answer.fragments[i - 1].text.size();
      const bool joined = seam > before_end;
      const bool goes_on = !joined && before != nullptr &&
                           before->document_id == source.document_id &&
                           before->end_bytes == source.begin_bytes;
      // A sentence ends in the text too, or ends there by its mark and white space.
      const std::string_view head = std::string_view(answer.text).substr(0, before_end);
      const bool at_sentence_end = opens && met_an_edge &&
                                   (is_sentence_edge(answer.text, boundaries, seam) ||
                                    (ends_sentence(head) && (joined || is_space(fragment.text[0]) ||
                                                             is_space(head.back()))));
      if (before == nullptr) {
        if (!continues && !opens) problem("it begins inside a sentence.");
      } else if (at_sentence_end && !goes_on) {
        sentence_seams.push_back(static_cast<uint32_t>(input.size() + before_end));
      } else if (joined) {
        problem("white space that is not its own stands before it inside a sentence.");
      } else if (!goes_on) {
        prove_overlap(answer.text, boundaries, seam, text, there, begin, problems);
      }
      const bool last = i + 1 == answer.fragments.size();
      const Sentence origin = sentence_around(there, end == text.size() ? end - 1 : end);
      // Whoever takes a short completion writes on: it may end after any word.
      const bool is_short = answer.receipt.options.max_tokens <= kShortTokens;
      const std::string_view around = text.substr(origin.begin, origin.end - origin.begin);
      const auto cut = static_cast<uint32_t>(end - origin.begin);
      if (last && !closes &&
          (!continues || (is_short ? cuts_number(around, cut) : cuts_unit(around, cut)))) {
        problem("the answer ends inside its sentence.");
      }
      met_an_edge = closes;
    }
    for (const std::string& what : problems) {
      report.problems.push_back("Fragment " + std::to_string(i + 1) + ": " + what);
    }
  }
  const bool quotes_input =
      std::any_of(answer.fragments.begin(), answer.fragments.end(), is_from_input);
  impl_->prove_windows(input + answer.text, input.size(), sentence_seams, quotes_input, report);
  report.valid = report.problems.empty();
  return report;
}

}  // namespace cento
