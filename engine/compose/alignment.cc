#include "compose/alignment.h"

#include <algorithm>

#include "text/boundaries.h"
#include "text/hash.h"
#include "text/unicode.h"

namespace cento {
namespace {

// Costs of one step. What is of another kind is rather left out on both sides than exchanged.
constexpr uint32_t kGap = 2;
constexpr uint32_t kLikeExchange = 2;
constexpr uint32_t kUnlikeExchange = 3;

// The ASCII mark for a typographic one; the code point itself for all else.
char32_t plain_mark(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014: return '-';
    default: return c;
  }
}

bool is_like(const FoldedText& a, uint32_t i, const FoldedText& b, uint32_t j) {
  if (a.atoms[i].kind != b.atoms[j].kind) return false;
  if (a.atoms[i].kind != PretokenKind::kWord) return true;
  return is_upper(char_at(a.atom(i), 0).code_point) == is_upper(char_at(b.atom(j), 0).code_point);
}

struct Step {
  uint32_t at;        // atoms of the text before this step
  uint32_t other_at;  // and of the other
  bool differs;
};

// The steps of the cheapest way, and one more where it ends; none where it costs more than
// `max_cost`.
std::vector<Step> cheapest_steps(const FoldedText& a, const FoldedText& b, uint32_t max_cost,
                                 uint32_t& cost) {
  const size_t n = a.atom_count();
  const size_t m = b.atom_count();
  const size_t width = m + 1;
  std::vector<uint32_t> costs((n + 1) * width, 0);
  const auto exchange = [&](size_t i, size_t j) {
    const auto at = static_cast<uint32_t>(i);
    const auto other_at = static_cast<uint32_t>(j);
    if (a.hashes[i] == b.hashes[j] && a.atom(at) == b.atom(other_at)) return 0u;
    return is_like(a, at, b, other_at) ? kLikeExchange : kUnlikeExchange;
  };
  for (size_t i = 1; i <= n; ++i) {
    uint32_t* row = costs.data() + i * width;
    const uint32_t* above = row - width;
    row[0] = above[0] + kGap;
    for (size_t j = 1; j <= m; ++j) {
      row[j] =
          std::min({above[j - 1] + exchange(i - 1, j - 1), above[j] + kGap, row[j - 1] + kGap});
    }
  }
  const uint32_t* last = costs.data() + n * width;
  size_t j = 0;  // the last of the cheapest ends, so that the last mark finds its like
  for (size_t end = 1; end <= m; ++end) j = last[end] <= last[j] ? end : j;
  cost = last[j];
  if (cost > max_cost) return {};
  std::vector<Step> steps = {{static_cast<uint32_t>(n), static_cast<uint32_t>(j), false}};
  for (size_t i = n; i > 0;) {
    const uint32_t here = costs[i * width + j];
    const uint32_t change = j == 0 ? 0 : exchange(i - 1, j - 1);
    bool differs = true;
    if (j > 0 && here == costs[(i - 1) * width + j - 1] + change) {
      --i;
      --j;
      differs = change != 0;
    } else if (here == costs[(i - 1) * width + j] + kGap) {
      --i;
    } else {
      --j;
    }
    steps.push_back({static_cast<uint32_t>(i), static_cast<uint32_t>(j), differs});
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// Whether a unit of `text` goes on across the place before atom `at`.
bool is_inside_unit(const FoldedText& text, uint32_t at) {
  return at > 0 && at < text.atom_count() && text.unit_of[at] == text.unit_of[at - 1];
}

}  // namespace

FoldedText::FoldedText(std::string_view text_as_it_stands) : original(text_as_it_stands) {
  bool blank = true;  // none at the beginning
  size_t at = 0;
  for (TextChar c{}; at < original.size(); at += c.length) {
    c = char_at(original, at);
    const char32_t mark = plain_mark(c.code_point);
    const bool is_space = c.kind == CharClass::kSpace;
    if (is_space && blank) continue;
    blank = is_space;
    if (is_space || mark != c.code_point) {
      text += is_space ? ' ' : static_cast<char>(mark);
      offsets.push_back(static_cast<uint32_t>(at));
      continue;
    }
    text += original.substr(at, c.length);
    for (uint32_t i = 0; i < c.length; ++i) offsets.push_back(static_cast<uint32_t>(at + i));
  }
  size_t end = original.size();
  if (!text.empty() && text.back() == ' ') {
    text.pop_back();
    end = offsets.back();
    offsets.pop_back();
  }
  offsets.push_back(static_cast<uint32_t>(end));

  // Sentences do not matter: they only keep units apart.
  atoms = atomize(text, {}).atoms;
  for (uint32_t i = 0; i < atom_count(); ++i) hashes.push_back(hash_bytes(atom(i)));
}

void FoldedText::find_units() {
  // White space tells where headings and lines end, so it is the original's.
  units = cento::find_units(original);
  uint32_t unit = 0;
  for (const Atom& each : atoms) {
    while (units[unit].end <= offsets[each.begin]) ++unit;
    unit_of.push_back(unit);
  }
}

Alignment align(const FoldedText& text, FoldedText& other, uint32_t max_cost) {
  Alignment alignment;
  const std::vector<Step> steps = cheapest_steps(text, other, max_cost, alignment.cost);
  if (steps.empty()) return alignment;
  other.find_units();
  alignment.other_begin = steps.front().other_at;
  alignment.other_end = steps.back().other_at;
  const size_t end_step = steps.size() - 1;
  for (size_t first = 0; first < end_step; ++first) {
    if (!steps[first].differs) continue;
    size_t last = first + 1;
    // Grows over whole units of both, and over neighbouring differences.
    size_t begin = first;
    for (bool grows = true; grows;) {
      grows = false;
      while (begin > 0 && (steps[begin - 1].differs || is_inside_unit(text, steps[begin].at) ||
                           is_inside_unit(other, steps[begin].other_at))) {
        --begin;
        grows = true;
      }
      while (last < end_step && (steps[last].differs || is_inside_unit(text, steps[last].at) ||
                                 is_inside_unit(other, steps[last].other_at))) {
        ++last;
        grows = true;
      }
    }
    Difference difference{steps[begin].at, steps[last].at, steps[begin].other_at,
                          steps[last].other_at};
    // What it opens with takes no part of the line before.
    for (uint32_t i = difference.other_begin; begin == 0 && i + 1 < difference.other_end; ++i) {
      const uint32_t from = other.offsets[other.atoms[i].end];
      const uint32_t to = other.offsets[other.atoms[i + 1].begin];
      const std::string_view blank = other.original.substr(from, to - from);
      if (blank.find('\n') != blank.npos) difference.other_begin = i + 1;
    }
    std::vector<Difference>& all = alignment.differences;
    if (!all.empty() && all.back().end >= difference.begin &&
        all.back().other_end >= difference.other_begin) {
      difference.begin = all.back().begin;
      difference.other_begin = all.back().other_begin;
      all.pop_back();
    }
    all.push_back(difference);
    first = last - 1;
  }
  return alignment;
}

}  // namespace cento
