// Rules for dates and numbers.
#include "text/unit_finder.h"

namespace cento {
namespace {

constexpr uint32_t kMostMeasureWords = 4;

bool is_currency(std::string_view mark) {
  return mark == "$" || mark == "€" || mark == "£" || mark == "¥" || mark == "₹" || mark == "₽" ||
         mark == "₩" || mark == "฿" || mark == "₺" || mark == "₪";
}
bool is_sign(std::string_view mark) {
  return mark == "-" || mark == "+" || mark == "−" || mark == "±" || mark == "~" || mark == "≈" ||
         mark == "–";
}

}  // namespace

uint32_t UnitFinder::date_end(uint32_t i) const {
  uint32_t end = i;
  if (is_number(i)) {
    for (const uint32_t candidate : {day_month_end(i), numeric_date_end(i), time_end(i),
                                     period_end(i), ideograph_date_end(i)}) {
      end = std::max(end, candidate);
    }
  } else if (is_word(i)) {
    end = std::max(month_first_end(i), era_first_end(i));
  }
  return end;
}

uint32_t UnitFinder::month_end(uint32_t i) const {
  if (is_spaced_word(i) && (text(i) == "of" || text(i) == "de")) {
    return is_spaced_word(i + 1) && is_listed_word(i + 1, WordList::kMonth) ? i + 2 : i;
  }
  if (!is_near(i) || !is_listed_word(i, WordList::kMonth)) return i;
  return skip_abbreviation_dot(i + 1);
}

uint32_t UnitFinder::skip_abbreviation_dot(uint32_t i) const {
  const bool abbreviated = text(i - 1).size() <= 4;
  return abbreviated && is_glued_mark(i, ".") && is_number(i + 1) ? i + 1 : i;
}

uint32_t UnitFinder::optional_year_end(uint32_t i) const {
  uint32_t at = i;
  if (is_glued_mark(at, ",")) ++at;
  if (is_spaced_word(at) && (text(at) == "de" || text(at) == "del")) ++at;
  const uint32_t size = digits(at);
  if ((size != 3 && size != 4) || !is_near(at) || is_glued_mark(at + 1, "%")) return i;
  if (is_glued_mark(at + 1, ",") && is_glued_number(at + 2)) return i;
  return era_end(at + 1);
}

uint32_t UnitFinder::era_end(uint32_t i) const {
  if (!is_spaced_word(i)) return i;
  if (is_listed_word(i, WordList::kEra)) return i + 1;
  const uint32_t end = abbreviation_end(i);
  return end > i && is_listed(WordList::kEra, without_last_dot(i, end)) ? end : i;
}

std::string_view UnitFinder::without_last_dot(uint32_t i, uint32_t end) const {
  std::string_view whole = text_.substr(atoms_[i].begin, atoms_[end - 1].end - atoms_[i].begin);
  if (whole.ends_with('.')) whole.remove_suffix(1);
  return whole;
}

uint32_t UnitFinder::ordinal_end(uint32_t i) const {
  if (is_glued_word(i) &&
      (text(i) == "st" || text(i) == "nd" || text(i) == "rd" || text(i) == "th")) {
    return i + 1;
  }
  return is_glued_mark(i, ".") && is_spaced_word(i + 1) ? i + 1 : i;
}

uint32_t UnitFinder::day_month_end(uint32_t i) const {
  if (!is_day(i)) return i;
  uint32_t at = i + 1;
  if (is_glued(at) && is_dash(text(at)) && is_glued(at + 1) && is_day(at + 1)) at += 2;
  at = ordinal_end(at);
  const uint32_t end = month_end(at);
  return end > at ? optional_year_end(end) : i;
}

uint32_t UnitFinder::month_first_end(uint32_t i) const {
  // The cheap question first: it is asked of every word.
  const std::string_view next = text(i + 1);
  const bool followed =
      is_number(i + 1) || next == "." || next == "," || next == "de" || next == "del";
  if (!followed || !is_listed_word(i, WordList::kMonth)) return i;
  const uint32_t at = skip_abbreviation_dot(i + 1);
  if (is_near(at) && is_day(at)) {
    uint32_t end = at + 1;
    if (is_glued_mark(end, ",") && is_glued_number(end + 1)) return i;
    if (is_glued_mark(end, "%")) return i;
    if (is_glued(end) && is_dash(text(end)) && is_glued(end + 1) && is_day(end + 1)) end += 2;
    if (is_glued_word(end)) end = ordinal_end(end);
    return optional_year_end(end);
  }
  const uint32_t end = optional_year_end(at);
  return end > at ? end : i;
}

uint32_t UnitFinder::era_first_end(uint32_t i) const {
  const bool era = text(i) == "AD" || text(i) == "CE" || text(i) == "FY";
  if (!era || !is_near(i + 1) || !is_number(i + 1)) return i;
  return std::max(i + 2, period_end(i + 1));
}

uint32_t UnitFinder::numeric_date_end(uint32_t i) const {
  if (!is_glued(i + 1) || !is_glued(i + 2) || !is_day(i + 2)) return i;
  const std::string_view joint = text(i + 1);
  if (joint != "/" && joint != "." && !is_hyphen(joint)) return i;
  if (is_glued_mark(i + 3, joint) && is_glued(i + 4)) {
    const bool year_first = is_year(i) && is_day(i + 4);
    const bool year_last = is_day(i) && (is_year(i + 4) || (joint == "/" && digits(i + 4) == 2));
    if (!year_first && !year_last) return i;
    // "T12:30:45Z"
    uint32_t end = i + 5;
    if (is_glued_word(end) && text(end) == "T" && is_glued_number(end + 1)) end = time_end(end + 1);
    if (is_glued_word(end) && text(end) == "Z") ++end;
    return end;
  }
  return is_year(i) && joint != "." && digits(i + 2) == 2 ? i + 3 : i;
}

uint32_t UnitFinder::time_end(uint32_t i) const {
  if (!is_day(i)) return i;
  uint32_t end = i + 1;
  while (end < i + 5 && is_glued_mark(end, ":") && is_glued(end + 1) && digits(end + 1) == 2)
    end += 2;
  const bool clock = end > i + 1;
  if (is_near(end) && is_word(end)) {
    if (is_listed_word(end, WordList::kDayPart)) return end + 1;
    const uint32_t part = abbreviation_end(end);
    if (part > end && is_listed(WordList::kDayPart, without_last_dot(end, part))) return part;
  }
  return clock ? end : i;
}

uint32_t UnitFinder::period_end(uint32_t i) const {
  uint32_t end = i + 1;
  const uint32_t era = era_end(end);
  if (era > end && digits(i) > 0) return era;
  const bool short_decade = digits(i) == 2 && is_glued_word(end) && text(end) == "s";
  if (!is_year(i)) return short_decade ? end + 1 : i;
  if (is_glued_word(end) && text(end) == "s") return end + 1;
  if ((is_glued_mark(end, "'") || is_glued_mark(end, "’")) && is_glued_word(end + 1) &&
      text(end + 1) == "s") {
    return end + 2;
  }
  const bool joined =
      is_glued(end) && (is_dash(text(end)) || text(end) == "/") && is_glued(end + 1);
  if (joined && (is_year(end + 1) || digits(end + 1) == 2) && !is_glued_mark(end + 2, "-"))
    end += 2;
  if (is_spaced_word(end) && text(end) == "est") {
    ++end;
    if (is_glued_mark(end, ".")) ++end;
  }
  return end > i + 1 ? end : i;
}

uint32_t UnitFinder::ideograph_date_end(uint32_t i) const {
  uint32_t end = i;
  uint32_t at = i;
  while (is_number(at) && (at == i || is_near(at))) {
    uint32_t unit = at + 1;
    if (is_ideograph(unit, "年")) {
      unit += is_ideograph(unit + 1, "代") ? 2 : 1;
    } else if (is_ideograph(unit, "世") &&
               (is_ideograph(unit + 1, "纪") || is_ideograph(unit + 1, "紀"))) {
      unit += 2;
    } else if (is_ideograph(unit, "月") || is_ideograph(unit, "日") || is_ideograph(unit, "号") ||
               is_ideograph(unit, "時") || is_ideograph(unit, "时") || is_ideograph(unit, "分")) {
      ++unit;
    } else {
      break;
    }
    end = at = unit;
  }
  return end;
}

uint32_t UnitFinder::number_end(uint32_t i) const {
  if (const uint32_t end = coordinate_end(i); end > i) return end;
  uint32_t at = i;
  if (is_word(at) && is_number(at + 1) && is_near(at + 1) &&
      is_listed_word(at, WordList::kCurrencyCode)) {
    ++at;
  } else if (is_word(at) && text(at).size() <= 3 && capitals_of(text(at)) == Capitals::kAll &&
             is_glued(at + 1) && is_currency(text(at + 1))) {
    ++at;
  } else if (at < end_ && is_sign(text(at)) && is_chunk_start(at) && is_glued(at + 1)) {
    ++at;
  }
  if (at < end_ && is_currency(text(at)) && is_near(at + 1)) ++at;
  if (text(at) == "." && is_glued_number(at + 1) && is_chunk_start(at)) ++at;
  if (!is_number(at)) return i;
  return measure_end(attached_end(digits_end(at)));
}

uint32_t UnitFinder::digits_end(uint32_t i) const {
  uint32_t end = i + 1;
  while (true) {
    const std::string_view joint = text(end);
    const bool separator = joint == "," || joint == "." || joint == "'" || joint == "’" ||
                           joint == "/" || joint == ":" || joint == "×" || is_dash(joint);
    if (separator && is_glued(end) && is_glued_number(end + 1)) {
      end += 2;
    } else if (is_thousands_group(end)) {
      ++end;
    } else {
      return end;
    }
  }
}

bool UnitFinder::is_thousands_group(uint32_t i) const {
  if (digits(i) != 3 || !atoms_[i].one_space) return false;
  const uint32_t from = atoms_[i - 1].end;
  const std::string_view gap = text_.substr(from, atoms_[i].begin - from);
  return gap == "\u00A0" || gap == "\u202F" || gap == "\u2009";
}

uint32_t UnitFinder::attached_end(uint32_t end) const {
  while (is_glued(end)) {
    if (is_word(end) || is_number(end)) {
      ++end;
    } else if ((is_hyphen(text(end)) || text(end) == "." || text(end) == "_") &&
               is_glued_word(end + 1)) {
      end += 2;
    } else {
      break;
    }
  }
  if (is_glued_mark(end, "+") && !is_glued_word(end + 1) && !is_glued_number(end + 1)) ++end;
  return end;
}

uint32_t UnitFinder::measure_end(uint32_t end) const {
  if (is_near(end) && (text(end) == "%" || text(end) == "‰" || is_currency(text(end))))
    return end + 1;
  if (is_near(end) && (text(end) == "°" || text(end) == "º")) {
    ++end;
    return is_near(end) && is_word(end) && text(end).size() == 1 ? end + 1 : end;
  }
  if (is_ideograph(end, "万") || is_ideograph(end, "亿") || is_ideograph(end, "億") ||
      is_ideograph(end, "兆")) {
    return end + 1;
  }
  if (is_spaced_word(end) && is_glued_mark(end + 1, "/") && is_glued_number(end + 2)) {
    return digits_end(end + 2);  // "births/1,000"
  }
  uint32_t at = end;
  for (uint32_t words = 0; words < kMostMeasureWords && is_spaced_word(at); ++words) {
    const bool measure = is_listed_word(at, WordList::kMeasure);
    const bool per = words > 0 && (text(at) == "per" || text(at) == "por" || text(at) == "de");
    const bool percent = words == 0 && (text(at) == "per" || text(at) == "por") && at + 1 < end_ &&
                         (text(at + 1) == "cent" || text(at + 1) == "ciento");
    if (!measure && !per && !percent && !is_listed_word(at, WordList::kMeasureModifier)) break;
    ++at;
    if (!measure) continue;
    if (is_glued_number(at)) ++at;  // "km²"
    if (is_glued_mark(at, "/") && (is_glued_word(at + 1) || is_glued_number(at + 1))) {
      at = is_number(at + 1) ? digits_end(at + 1) : at + 2;
      if (is_glued_number(at)) ++at;
    }
    end = at;
  }
  return end;
}

uint32_t UnitFinder::coordinate_end(uint32_t i) const {
  const uint32_t first = half_coordinate_end(i);
  if (first == i) return i;
  if (!is_glued_mark(first, ",")) return first;
  const uint32_t second = half_coordinate_end(first + 1);
  return second > first + 1 ? second : first;
}

uint32_t UnitFinder::half_coordinate_end(uint32_t i) const {
  uint32_t at = i;
  while (at < i + 3 && digits(at) > 0 && digits(at) <= 3 && (at == i || atoms_[at].one_space)) ++at;
  if (at < i + 2 || !is_spaced_word(at)) return i;
  return text(at) == "N" || text(at) == "S" || text(at) == "E" || text(at) == "W" ? at + 1 : i;
}

}  // namespace cento
