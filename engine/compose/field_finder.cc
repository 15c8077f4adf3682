#include "compose/field_finder.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/sort.h"
#include "compose/subjects.h"
#include "retrieval/term_finder.h"
#include "text/lines.h"
#include "text/search_words.h"
#include "text/word_lists.h"

namespace cento {
namespace {

// How much it says that a word stands in a place.
constexpr double kInHeading = 1;
constexpr double kInLabel = 0.9;
constexpr double kInOuterHeading = 0.4;
constexpr double kInText = 0.35;
// An alias against the words themselves.
constexpr double kAlias = 0.9;
constexpr double kLeastAliasWeight = 0.5;
// Of a section's score, how much hangs on the heading saying nothing else.
constexpr double kWholeHeading = 0.35;

using Terms = std::vector<TermId>;

// Words of the question that mean one thing: any of them, or of what they may be called instead.
struct Asked {
  Terms own;
  std::vector<Terms> other;  // phrases
  double weight = 0;         // how often such words stand in what answers
};

Terms terms_of(TermFinder& finder, std::string_view text) {
  std::vector<SearchWord> words;
  find_search_words(text, words);
  Terms terms;
  for (const SearchWord& word : words) {
    const TermId term = finder.find(text.substr(word.begin, word.end - word.begin));
    if (term != kNoTerm) terms.push_back(term);
  }
  return terms;
}

bool has(const Terms& terms, TermId term) {
  return std::find(terms.begin(), terms.end(), term) != terms.end();
}

// What is asked of the document.
std::vector<Asked> read_asked(const Question& question, const Terms& name) {
  std::vector<Asked> asked;
  std::vector<bool> taken(question.words.size());
  // The longest first; what means the same words in other ways goes with them.
  std::vector<const QuestionAlias*> aliases;
  for (const QuestionAlias& alias : question.aliases) aliases.push_back(&alias);
  stable_sort(std::span(aliases), [](const QuestionAlias* a, const QuestionAlias* b) {
    return a->end - a->first > b->end - b->first;
  });
  const QuestionAlias* before = nullptr;
  for (const QuestionAlias* each : aliases) {
    const QuestionAlias& alias = *each;
    Terms phrase;
    for (const AliasWord& word : alias.words) phrase.push_back(word.term);
    if (before != nullptr && before->first == alias.first && before->end == alias.end) {
      asked.back().other.push_back(std::move(phrase));
      continue;
    }
    if (std::any_of(taken.begin() + alias.first, taken.begin() + alias.end,
                    [](bool is_taken) { return is_taken; })) {
      continue;
    }
    before = each;
    Asked unit;
    for (uint32_t i = alias.first; i < alias.end; ++i) {
      const QuestionWord& word = question.words[i];
      if (word.term != kNoTerm && has(name, word.term)) continue;
      taken[i] = true;
      if (is_function_word(word.folded)) continue;
      unit.own.push_back(word.term);
      unit.weight = std::max(unit.weight, word.transfer);
    }
    unit.weight = std::max(unit.weight, kLeastAliasWeight);
    unit.other.push_back(std::move(phrase));
    asked.push_back(std::move(unit));
  }
  for (size_t i = 0; i < question.words.size(); ++i) {
    const QuestionWord& word = question.words[i];
    if (taken[i] || word.from_session || word.weight <= 0 || is_function_word(word.folded) ||
        (word.term != kNoTerm && has(name, word.term)))
      continue;
    asked.push_back({{word.term}, {}, word.transfer});
  }
  return asked;
}

}  // namespace

std::optional<FoundField> find_field(const Retriever& retriever, const Question& question,
                                     DocId document) {
  const Corpus& corpus = retriever.corpus();
  const DocumentInfo& info = corpus.documents()[document];
  const TokenRange tokens = corpus.document_tokens(document);
  if (info.headings.empty() || tokens.size() == 0) return std::nullopt;
  TermFinder finder(retriever);
  const std::vector<Asked> asked = read_asked(question, terms_of(finder, subject_name(info.title)));
  double all = 0;
  for (const Asked& unit : asked) all += unit.weight;
  if (all <= 0) return std::nullopt;

  // The document is read at once: to look each line up in the index takes many times as long.
  std::vector<TokenId> ids;
  corpus.index().extract(tokens.begin, tokens.size(), ids);
  std::string whole_text;
  std::vector<uint32_t> begins;  // byte offsets of the tokens, and the end
  for (const TokenId id : ids) {
    begins.push_back(static_cast<uint32_t>(whole_text.size()));
    whole_text += corpus.vocabulary().text(id);
  }
  begins.resize(size_t{tokens.size()} + 1, static_cast<uint32_t>(whole_text.size()));
  const auto text_at = [&](uint32_t begin, uint32_t end) {
    return std::string_view(whole_text)
        .substr(std::min<size_t>(begin, whole_text.size()), end - begin);
  };
  const auto sentence_at = [&](uint64_t byte) {
    const auto token = std::upper_bound(begins.begin() + 1, begins.end() - 1, byte) - 1;
    const auto at = static_cast<uint32_t>(token - begins.begin());
    return corpus.expression().sentence_starts.rank1(tokens.begin + at + 1) - 1;
  };
  // How well a place names a unit, 0 to 1.
  const auto match = [&](const Asked& unit, const Terms& place) {
    double own = 0;
    for (const TermId term : unit.own) own += term != kNoTerm && has(place, term);
    if (own > 0) own /= static_cast<double>(unit.own.size());
    for (const Terms& phrase : unit.other) {
      double said = 0;
      for (const TermId term : phrase) said += has(place, term);
      own = std::max(own, kAlias * said / static_cast<double>(phrase.size()));
    }
    return own;
  };
  const auto text_of = [&](uint32_t sentence) {
    const TokenRange range = retriever.sentence_tokens(sentence);
    return text_at(begins[std::min(range.begin - tokens.begin, tokens.size())],
                   begins[std::min(range.end - tokens.begin, tokens.size())]);
  };

  std::vector<Terms> headings;
  for (const Heading& heading : info.headings) {
    headings.push_back(terms_of(finder, text_at(heading.begin, heading.end)));
  }
  std::optional<FoundField> best;
  for (size_t h = 0; h < info.headings.size(); ++h) {
    Terms outer;
    for (size_t i = h, level = info.headings[h].level; i-- > 0;) {
      if (info.headings[i].level >= level) continue;
      level = info.headings[i].level;
      outer.insert(outer.end(), headings[i].begin(), headings[i].end());
    }
    const uint32_t heading = sentence_at(info.headings[h].begin);
    const uint32_t end = h + 1 < info.headings.size()
                             ? sentence_at(info.headings[h + 1].begin)
                             : sentence_at(info.text_bytes > 0 ? info.text_bytes - 1 : 0) + 1;
    for (uint32_t s = heading + 1; s < end; ++s) {
      const std::string_view text = text_of(s);
      const std::string_view line =
          text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
      const uint32_t label = field_label_length(line);
      const Terms label_terms = terms_of(finder, line.substr(0, label));
      const Terms text_terms = terms_of(finder, line.substr(label));
      double score = 0;
      size_t said = 0;
      for (const Asked& unit : asked) {
        score +=
            unit.weight *
            std::max({kInHeading * match(unit, headings[h]), kInOuterHeading * match(unit, outer),
                      kInLabel * match(unit, label_terms), kInText * match(unit, text_terms)});
      }
      for (const TermId term : headings[h]) {
        said += std::any_of(asked.begin(), asked.end(), [&](const Asked& unit) {
          return has(unit.own, term) ||
                 std::any_of(unit.other.begin(), unit.other.end(),
                             [&](const Terms& phrase) { return has(phrase, term); });
        });
      }
      score /= all;
      const double whole =
          headings[h].empty() ? 0
                              : static_cast<double>(said) / static_cast<double>(headings[h].size());
      score *= 1 - kWholeHeading + kWholeHeading * whole;
      if (!best || score > best->score) best = FoundField{heading, s, end, score};
    }
  }
  return best;
}

}  // namespace cento
