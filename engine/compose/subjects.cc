#include "compose/subjects.h"

#include <algorithm>
#include <span>

#include "base/sort.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr uint32_t kMaxNameWords = 16;
constexpr size_t kMaxNameBytes = 1024;

bool is_word_char(const TextChar& c) {
  return c.kind == CharClass::kLetter || c.kind == CharClass::kMark ||
         c.kind == CharClass::kDigit || c.kind == CharClass::kIdeograph;
}

// The ends of the first `limit` words that begin at or after byte `at`, nearest first.
std::vector<size_t> word_ends(std::string_view text, size_t at, uint32_t limit) {
  std::vector<size_t> ends;
  bool in_word = false;
  while (at < text.size() && ends.size() < limit) {
    const TextChar c = char_at(text, at);
    if (in_word && (!is_word_char(c) || c.kind == CharClass::kIdeograph)) ends.push_back(at);
    in_word = is_word_char(c);
    at += c.length;
  }
  if (in_word && ends.size() < limit) ends.push_back(at);
  return ends;
}

// A name is written with a capital at least nine times in ten.
bool is_written_as_name(const Corpus& corpus, const std::string& name) {
  const TextChar first = char_at(name, 0);
  if (first.kind == CharClass::kIdeograph) return true;
  if (!is_upper(first.code_point)) return false;
  if (first.code_point >= 128) return true;  // the count is worth its code for ASCII only
  std::string lower = name;
  lower[0] = static_cast<char>(to_lower(first.code_point));
  const auto count = [&](const std::string& text) {
    std::vector<TokenId> tokens;
    corpus.tokenizer().encode(" " + text, tokens);
    return uint64_t{corpus.index().find(tokens).count()};
  };
  return count(lower) * 9 <= count(name);
}

}  // namespace

std::string_view subject_name(std::string_view title) {
  for (const std::string_view mark : {" — ", " – ", " - ", " | ", ": ", " ("}) {
    title = title.substr(0, std::min(title.find(mark), title.size()));
  }
  if (title.starts_with("The ")) title.remove_prefix(4);
  return title;
}

SubjectIndex::SubjectIndex(const Corpus& corpus) : documents_(&corpus.documents()) {
  for (DocId d = 0; d < corpus.documents().size(); ++d) {
    const std::string_view title = (*documents_)[d].title;
    const std::string_view name = subject_name(title);
    if (name.empty() || name.size() > kMaxNameBytes) continue;
    if (!is_written_as_name(corpus, std::string(name))) continue;
    longest_words_ =
        std::max(longest_words_, static_cast<uint32_t>(word_ends(name, 0, kMaxNameWords).size()));
    by_name_.push_back(
        {d, static_cast<uint16_t>(name.data() - title.data()), static_cast<uint16_t>(name.size())});
  }
  by_name_.shrink_to_fit();
  stable_sort(std::span(by_name_),
              [this](const Name& a, const Name& b) { return text_of(a) < text_of(b); });
}

std::string_view SubjectIndex::text_of(const Name& name) const {
  return std::string_view((*documents_)[name.document].title).substr(name.begin, name.size);
}

std::vector<DocId> SubjectIndex::find(std::string_view text) const {
  std::vector<DocId> found;
  size_t at = 0;
  bool after_word = false;
  while (at < text.size()) {
    const TextChar c = char_at(text, at);
    const bool opens_word = is_word_char(c) && (!after_word || c.kind == CharClass::kIdeograph);
    after_word = is_word_char(c);
    if (opens_word) {
      const std::vector<size_t> ends = word_ends(text, at, longest_words_);
      for (size_t i = ends.size(); i-- > 0;) {
        const std::string_view run = text.substr(at, ends[i] - at);
        auto entry = std::lower_bound(
            by_name_.begin(), by_name_.end(), run,
            [this](const Name& name, std::string_view given) { return text_of(name) < given; });
        if (entry == by_name_.end() || text_of(*entry) != run) continue;
        for (; entry != by_name_.end() && text_of(*entry) == run; ++entry) {
          found.push_back(entry->document);
        }
        return found;
      }
    }
    at += c.length;
  }
  return found;
}

uint64_t SubjectIndex::memory_bytes() const { return by_name_.capacity() * sizeof(Name); }

}  // namespace cento
