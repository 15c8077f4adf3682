// The lines of a text and what can be told of a line by itself: shared by boundaries and units.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cento {

// A run of characters without a line break, surrounding white space left out, not empty.
struct Line {
  uint32_t begin;  // bytes, half-open
  uint32_t end;
  uint32_t indent;         // white-space bytes before it
  uint32_t breaks_before;  // line breaks since the line before (or the start of the text)
};

// Lines of a text, ascending. Cost: linear.
std::vector<Line> find_lines(std::string_view text);

// `text` without the white space around it: a view into it, empty where there is nothing else.
std::string_view trimmed(std::string_view text);

// Bytes of the label of a "label: value" line (without the colon), 0 where it is none: a short
// label of letters, digits, blanks, hyphens, slashes and brackets, then a colon, a blank and
// something more.
uint32_t field_label_length(std::string_view line);

bool is_list_item(std::string_view line);
// Prompts, statements, signatures, options: what is not prose. `indent` as in Line.
bool is_code_line(std::string_view line, uint32_t indent);
// No word of four letters or more begins in lower case, as in titles and rows of numbers.
bool is_title_like(std::string_view line);
// Columns: characters, ideographs counted twice.
uint32_t line_width(std::string_view line);
// Whether `c` is a small letter of a script that has capitals.
bool is_lower(char32_t c);

}  // namespace cento
