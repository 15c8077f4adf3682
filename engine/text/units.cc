// The choice between the rules, and the rules for names and words.
#include "text/units.h"

#include <algorithm>

#include "text/unicode.h"
#include "text/unit_finder.h"

namespace cento {
namespace {

constexpr uint32_t kMostNameAtoms = 24;
constexpr uint32_t kMostConnectors = 3;

}  // namespace

Capitals capitals_of(std::string_view word) {
  uint32_t upper = 0;
  uint32_t letters = 0;
  bool first = false;
  for (size_t at = 0; at < word.size();) {
    const TextChar c = char_at(word, at);
    if (c.code_point == '\'' || c.code_point == 0x2019) break;  // not the ending of "NATO's"
    if (is_upper(c.code_point)) {
      ++upper;
      first = first || letters == 0;
    }
    ++letters;
    at += c.length;
  }
  if (upper == 0) return Capitals::kNone;
  if (upper == 1 && first) return Capitals::kFirst;
  return upper == letters ? Capitals::kAll : Capitals::kMixed;
}

void UnitFinder::find(std::vector<Unit>& units) const {
  for (uint32_t i = first_; i < end_;) {
    UnitKind kind = UnitKind::kPunctuation;
    const uint32_t end = unit_end(i, kind);
    units.push_back({atoms_[i].begin, atoms_[end - 1].end, kind});
    i = end;
  }
}

uint32_t UnitFinder::unit_end(uint32_t i, UnitKind& kind) const {
  struct Rule {
    uint32_t (UnitFinder::*end)(uint32_t) const;
    UnitKind kind;
  };
  // The first rule that applies wins.
  static constexpr Rule kRules[] = {
      {&UnitFinder::url_end, UnitKind::kUrl},   {&UnitFinder::marked_code_end, UnitKind::kCode},
      {&UnitFinder::date_end, UnitKind::kDate}, {&UnitFinder::number_end, UnitKind::kNumber},
      {&UnitFinder::path_end, UnitKind::kCode}, {&UnitFinder::identifier_end, UnitKind::kCode},
      {&UnitFinder::name_end, UnitKind::kName}, {&UnitFinder::word_end, UnitKind::kWord},
  };
  for (const Rule& rule : kRules) {
    const uint32_t end = (this->*rule.end)(i);
    if (end == i) continue;
    kind = rule.kind;
    return end;
  }
  kind = UnitKind::kPunctuation;
  return i + 1;
}

uint32_t UnitFinder::abbreviation_end(uint32_t i) const {
  uint32_t at = i;
  uint32_t parts = 0;
  while (is_word(at) && (at == i || is_glued(at)) && is_abbreviation_part(text(at))) {
    ++parts;
    ++at;
    if (!is_glued_mark(at, ".")) break;
    ++at;
  }
  // "foo.S": what follows the last full stop must not be a longer word.
  if (parts < 2 || is_glued_word(at)) return i;
  return at;
}

bool UnitFinder::is_abbreviation_part(std::string_view word) {
  const TextChar first = char_at(word, 0);
  return word.size() == first.length || (word.size() <= 3 && is_upper(first.code_point));
}

uint32_t UnitFinder::name_part_end(uint32_t i) const {
  if (!is_word(i)) return i;
  const Capitals capitals = capitals_of(text(i));
  if (const uint32_t end = abbreviation_end(i); end > i)
    return capitals == Capitals::kNone ? i : end;
  uint32_t end = i + 1;
  bool capital = capitals != Capitals::kNone;
  while (is_glued(end)) {
    const std::string_view joint = text(end);
    if (is_number(end)) {
      ++end;
    } else if ((is_hyphen(joint) || joint == "&") &&
               (is_glued_word(end + 1) || (capital && is_glued_number(end + 1)))) {
      capital = capital || capitals_of(text(end + 1)) != Capitals::kNone;
      end += 2;
    } else {
      break;
    }
  }
  if (!capital) return i;
  if (is_glued(end) && is_plural_suffix(end)) return end + 3;
  const bool initial = end == i + 1 && text(i).size() == char_at(text(i), 0).length;
  if (is_glued_mark(end, ".") && is_spaced_word(end + 1) &&
      capitals_of(text(end + 1)) != Capitals::kNone &&
      (initial || is_listed_word(i, WordList::kTitle))) {
    ++end;
  }
  return end;
}

bool UnitFinder::opens_sentence(uint32_t i) const {
  for (uint32_t at = i; at-- > first_ && i - at <= 4;) {
    if (atoms_[at].kind != PretokenKind::kPunctuation) return false;
    const std::string_view mark = text(at);
    if (at + 1 == i && is_glued(i) && (mark == "\"" || mark == "“" || mark == "„" || mark == "«"))
      return true;
  }
  return true;
}

uint32_t UnitFinder::name_end(uint32_t i) const {
  const uint32_t first = name_part_end(i);
  if (first == i) return i;
  const std::string_view opening = text(i);
  const Capitals capitals = capitals_of(opening);
  const bool pronoun = opening == "I" || opening.starts_with("I'") || opening.starts_with("I’");
  if (pronoun) return i;
  const bool opens = opens_sentence(i);
  const bool starter = is_listed_word(i, WordList::kSentenceStarter);
  if (opens && starter) return i;

  uint32_t end = first;
  bool linked = false;  // by "of" or the like
  while (end - i < kMostNameAtoms) {
    uint32_t at = end;
    bool listing = false;  // "and" joins two names unless they are plain or depend on an "of"
    while (at < std::min(end_, end + kMostConnectors) && atoms_[at].one_space &&
           is_listed(WordList::kConnector, text(at))) {
      listing = listing || is_conjunction(text(at));
      ++at;
    }
    if (!is_spaced_word(at) || date_end(at) > at || (listing && !linked && end > i + 1)) break;
    const uint32_t part = name_part_end(at);
    if (part == at || text(at) == "I") break;
    linked = linked || at > end;
    end = part;
  }
  const bool plain = capitals == Capitals::kFirst && first == i + 1;
  if (end == first && plain && (opens || starter)) return i;
  // "PEP 484", "Boeing 747", but not "Muslim 96%" or "Kenya 2019".
  const bool numbered =
      is_number(end) && atoms_[end].one_space && !is_year(end) && date_end(end) == end;
  if (numbered && number_end(end) == version_end(end)) return version_end(end);
  return end;
}

bool UnitFinder::is_conjunction(std::string_view word) {
  return word == "and" || word == "und" || word == "y" || word == "e" || word == "&";
}

uint32_t UnitFinder::version_end(uint32_t i) const {
  uint32_t end = i + 1;
  while (is_glued_mark(end, ".") && is_glued_number(end + 1)) end += 2;
  return end;
}

uint32_t UnitFinder::word_end(uint32_t i) const {
  if (is_kind(i, PretokenKind::kIdeograph)) return i + 1;
  if (!is_word(i)) return i;
  if (const uint32_t end = abbreviation_end(i); end > i) return end;
  uint32_t end = i + 1;
  while (is_glued(end) &&
         (is_word(end) || is_number(end) ||
          (is_hyphen(text(end)) && (is_glued_word(end + 1) || is_glued_number(end + 1))))) {
    ++end;
  }
  if (is_glued(end) && is_plural_suffix(end)) end += 3;
  return end;
}

std::vector<Unit> find_units(std::string_view text) {
  const AtomizedText atomized = atomize(text, find_boundaries(text));
  std::vector<Unit> units;
  for (const Sentence sentence : atomized.sentences) {
    UnitFinder(text, atomized.atoms, sentence).find(units);
  }
  return units;
}

}  // namespace cento
