#include "text/units.h"

#include <doctest.h>

#include <string>

#include "base/random.h"
#include "text/boundaries.h"
#include "text/pretokenizer.h"
#include "text/unicode.h"

namespace cento {
namespace {

constexpr std::string_view kNames[] = {"word",      "mark", "number", "date", "name",
                                       "quotation", "code", "url",    "field"};

std::string_view name_of(UnitKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::string_view text_of(std::string_view text, const Unit& unit) {
  return text.substr(unit.begin, unit.end - unit.begin);
}

// Checks that `expected` is one unit of `text`, of this kind.
void check_unit(UnitKind kind, std::string_view text, std::string_view expected) {
  std::string all;
  bool found = false;
  for (const Unit& unit : find_units(text)) {
    all += std::string(name_of(unit.kind)) + "[" + std::string(text_of(text, unit)) + "] ";
    found = found || (unit.kind == kind && text_of(text, unit) == expected);
  }
  CAPTURE(text);
  CAPTURE(all);
  CAPTURE(expected);
  CHECK(found);
}

void check_no_unit(UnitKind kind, std::string_view text) {
  for (const Unit& unit : find_units(text)) {
    CAPTURE(text);
    CAPTURE(text_of(text, unit));
    CHECK(unit.kind != kind);
  }
}

std::string containers(std::string_view text) {
  std::string all;
  for (const Unit& unit : find_containers(text)) {
    all += std::string(name_of(unit.kind)) + "[" + std::string(text_of(text, unit)) + "]";
  }
  return all;
}

}  // namespace

TEST_CASE("words keep their apostrophes and hyphens") {
  for (const std::string_view word :
       {"doesn't", "well-known", "state-of-the-art", "e-mail", "file(s)", "e.g.", "l'eau", "i.e.",
        "straße", "слово", "كتاب", "don’t"}) {
    check_unit(UnitKind::kWord, "it is " + std::string(word) + " here", word);
  }
  check_unit(UnitKind::kWord, "我爱你", "爱");
  check_unit(UnitKind::kWord, "this and/or that", "and");
  check_unit(UnitKind::kWord, "I am here", "I");
}

TEST_CASE("marks are units of their own") {
  check_unit(UnitKind::kPunctuation, "one, two", ",");
  check_unit(UnitKind::kPunctuation, "wait ...", "...");
  check_unit(UnitKind::kPunctuation, "this - that", "-");
  check_unit(UnitKind::kPunctuation, "他来。", "。");
}

TEST_CASE("numbers keep sign, separators, currency and unit of measure") {
  for (const std::string_view number : {"580,367 sq km",
                                        "-3.5%",
                                        "$1.2 billion",
                                        "€1.5 million",
                                        "5 km",
                                        "10km",
                                        "64-bit",
                                        "US$5",
                                        "USD 10",
                                        "26.39 births/1,000",
                                        "5,199 m",
                                        "70%",
                                        "5 percent",
                                        "12 %",
                                        "1,5 Millionen Euro",
                                        "25 °C",
                                        "2nd",
                                        "3.11.4",
                                        "10-20",
                                        "10–20",
                                        "1/2",
                                        "½",
                                        "18+",
                                        "60 km/h",
                                        "3 years",
                                        "1 00 N, 38 00 E",
                                        "0x1F",
                                        "1.5 million sq km",
                                        "1\u00A0234\u00A0567",
                                        "5 €",
                                        "3 million people",
                                        "300 万",
                                        "٣٤٥"}) {
    check_unit(UnitKind::kNumber, "it has " + std::string(number) + " there.", number);
  }
  check_unit(UnitKind::kNumber, "Muslim 96.7%, Christian 1%", "96.7%");
  check_unit(UnitKind::kNumber, "3 in the morning", "3");
  check_unit(UnitKind::kNumber, "5 and more", "5");
  check_no_unit(UnitKind::kNumber, "one or two");
}

TEST_CASE("dates and times are whole") {
  for (const std::string_view date : {"12 December 1963",
                                      "December 1963",
                                      "October 16, 1973",
                                      "Oct. 5",
                                      "16th of October 1973",
                                      "1963-12-12",
                                      "12/12/1963",
                                      "12.12.1963",
                                      "12:30",
                                      "12:30:45",
                                      "5 pm",
                                      "12:30 p.m.",
                                      "1990s",
                                      "1939–1945",
                                      "2018/19",
                                      "2019 est.",
                                      "44 BC",
                                      "AD 79",
                                      "7. Januar 1943",
                                      "5 de mayo de 1862",
                                      "1943 年 1 月 7 日",
                                      "90 年代",
                                      "1963-12-12T12:30:45Z",
                                      "3-5 June 2020",
                                      "500 B.C."}) {
    check_unit(UnitKind::kDate, "it was " + std::string(date) + " there", date);
  }
  check_no_unit(UnitKind::kDate, "I may go 5 times");
  check_no_unit(UnitKind::kDate, "3.11.4 and 580,367");
  check_no_unit(UnitKind::kDate, "a ratio of 3:5 holds");
}

TEST_CASE("names are whole") {
  for (const std::string_view name : {"Bank of England",
                                      "Genghis Khan",
                                      "J. R. R. Tolkien",
                                      "St. Louis",
                                      "NATO",
                                      "U.S. Government",
                                      "iPhone",
                                      "Trinidad and Tobago",
                                      "Ministry of Health and Social Care",
                                      "Jean-Paul Sartre",
                                      "World War II",
                                      "PEP 484",
                                      "Python 3.11",
                                      "Mr. Nixon",
                                      "AT&T",
                                      "COVID-19",
                                      "Ludwig van Beethoven",
                                      "Nixon's",
                                      "Ala ad-Din Muhammad",
                                      "University of the West Indies",
                                      "Kenia",
                                      "Владимир Ленин"}) {
    check_unit(UnitKind::kName, "so it is " + std::string(name) + " here", name);
  }
  check_unit(UnitKind::kName, "Saudi Arabia joined.", "Saudi Arabia");
  check_unit(UnitKind::kName, "In Kenya it rains.", "Kenya");
  check_unit(UnitKind::kName,
             "in that year, as everyone knows, the governor of the Bank of\nEngland said so",
             "Bank of\nEngland");
}

TEST_CASE("a capital that merely opens a sentence makes no name") {
  for (const std::string_view text :
       {"Military supplies arrived.", "The rest left.", "However, it fell.", "(Most of it.)",
        "\"Stop it,\" he said.", "I think so.", "- Apples are red."}) {
    check_no_unit(UnitKind::kName, text);
  }
  check_unit(UnitKind::kName, "In October Nixon left; Ford came.", "Ford");
}

TEST_CASE("code is whole") {
  for (const std::string_view code : {"os.path",        "f(x)",        "open(file, mode='r')",
                                      "--help",         "-v",          "--output=file",
                                      "max_size",       "__init__",    "std::vector",
                                      "/usr/bin/env",   "Lib/os.py",   "`x + y`",
                                      "``a b``",        "sys.argv[1]", ".pyc",
                                      "@property",      "$HOME",       "<file>",
                                      "node->next",     "print()",     "~/.bashrc",
                                      "list.append(x)", "lib\\os.py"}) {
    check_unit(UnitKind::kCode, "you use " + std::string(code) + " here", code);
  }
  check_unit(UnitKind::kCode, "It is (os.path).", "os.path");
  for (const std::string_view text :
       {"and/or", "file(s)", "e.g. this", "the U.S. today", "a `lone tick", "3.5 km", "well-known",
        "this - that", "the end. next one"}) {
    check_no_unit(UnitKind::kCode, text);
  }
}

TEST_CASE("URLs and addresses are whole, without the marks after them") {
  check_unit(UnitKind::kUrl, "see https://example.com/a_b?c=d#e.", "https://example.com/a_b?c=d#e");
  check_unit(UnitKind::kUrl, "(http://example.com/a_(b), now)", "http://example.com/a_(b)");
  check_unit(UnitKind::kUrl, "go to www.example.com, now", "www.example.com");
  check_unit(UnitKind::kUrl, "mail joe.doe@example.org now", "joe.doe@example.org");
  check_no_unit(UnitKind::kUrl, "note: this / that @ home");
}

TEST_CASE("units never cross the end of a line that ends something") {
  check_unit(UnitKind::kWord, "Kenya\nNairobi is its capital.", "Kenya");
  check_unit(UnitKind::kNumber, "population: 5\nkm: 3", "5");
}

TEST_CASE("quotations are containers") {
  CHECK(containers("He said \"it is so\" and left.") == "quotation[\"it is so\"]");
  CHECK(containers("“Military supplies,” he said, “did not.”") ==
        "quotation[“Military supplies,”]quotation[“did not.”]");
  CHECK(containers("in „New York“ und »Wien« oder «Paris»") ==
        "quotation[„New York“]quotation[»Wien«]quotation[«Paris»]");
  CHECK(containers("他说“好”。「是」") == "quotation[“好”]quotation[「是」]");
  CHECK(containers("the 'first' of the boys' toys") == "quotation['first']");
  CHECK(containers("\"Stop. Go home,\" he said.") == "quotation[\"Stop. Go home,\"]");
  CHECK(containers("“He said ‘no’ twice.”") == "quotation[“He said ‘no’ twice.”]");
}

TEST_CASE("apostrophes, inches and lone marks make no quotation") {
  for (const std::string_view text :
       {"the dogs' owners don't know", "5' 10\" tall and 6' 2\" wide", "a lone \" mark",
        "a lone “ mark", "rock 'n roll", "open \"one paragraph\n\nand close\" here",
        "the boys’ toys and the girls’ toys"}) {
    CAPTURE(text);
    CHECK(containers(text).empty());
  }
  CHECK(containers("\"" + std::string(400, 'a') + "\"").empty());
}

TEST_CASE("fields are containers from label to value") {
  CHECK(containers("total: 580,367 sq km") == "field[total: 580,367 sq km]");
  CHECK(containers("Area\ntotal: 580,367 sq km (2019 est.)\nland: 569,140 sq km") ==
        "field[total: 580,367 sq km (2019 est.)]field[land: 569,140 sq km]");
  CHECK(containers("0-14 years: 38.71%; 15-24 years: 20.45%") ==
        "field[0-14 years: 38.71%]field[15-24 years: 20.45%]");
  CHECK(containers("a: 1 (x; y); b: 2") == "field[a: 1 (x; y)]field[b: 2]");
  CHECK(containers("首都：内罗毕") == "field[首都：内罗毕]");
  CHECK(containers("motto: \"Pull together\"") == "field[motto: \"Pull together\"]");
}

TEST_CASE("sentences with a colon are no fields") {
  for (const std::string_view text :
       {"Note: the function returns nothing.", "It starts at 12:30 today", "see http://example.com",
        "these are the many reasons that people give for it: none", "label:", ": value"}) {
    CAPTURE(text);
    CHECK(containers(text).empty());
  }
}

TEST_CASE("units cover what is not white space once, at edges of pre-tokens, for any bytes") {
  constexpr std::string_view kParts[] = {
      ".", " ",  "\n", "A",        "bc",   "e.g",    "?",    "\"",  ")",   "(",   "12",  ":",
      "-", "。", "字", "\xCC\x81", "\xFF", "[",      "]",    "The", "U.S", "...", "’",   "'",
      "_", "/",  "//", "http",     "@",    "`",      "of",   "km",  "%",   "$",   "May", ",",
      "“", "”",  ";",  "\x01",     "年",   "\u00A0", "1963", "s",   "\\",  "<",   ">",   "est"};
  for (uint64_t seed = 0; seed < 4000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::string text;
    for (uint32_t i = random.below(60); i > 0; --i) text += kParts[random.below(std::size(kParts))];
    std::vector<bool> edges(text.size() + 1);
    std::vector<bool> space(text.size());
    Pretokenizer pretokenizer(text);
    for (Pretoken piece; pretokenizer.next(piece);) {
      edges[piece.begin] = edges[piece.end] = true;
      if (text[piece.begin] == ' ') edges[piece.begin + 1] = true;
    }
    for (size_t at = 0; at < text.size();) {
      const TextChar c = char_at(text, at);
      for (size_t b = at; b < at + c.length; ++b) space[b] = c.kind == CharClass::kSpace;
      at += c.length;
    }
    const std::vector<Unit> units = find_units(text);
    uint32_t last = 0;
    for (const Unit& unit : units) {
      REQUIRE(unit.begin >= last);
      REQUIRE(unit.end > unit.begin);
      REQUIRE(edges[unit.begin]);
      REQUIRE(edges[unit.end]);
      REQUIRE_FALSE(space[unit.begin]);
      REQUIRE_FALSE(space[unit.end - 1]);
      for (uint32_t b = last; b < unit.begin; ++b) REQUIRE(space[b]);
      last = unit.end;
    }
    for (size_t b = last; b < text.size(); ++b) REQUIRE(space[b]);
    for (const Boundary& boundary : find_boundaries(text)) {
      for (const Unit& unit : units)
        REQUIRE((boundary.at <= unit.begin || boundary.at >= unit.end));
    }
    last = 0;
    for (const Unit& container : find_containers(text)) {
      REQUIRE(container.begin >= last);
      last = container.end;
      for (const Unit& unit : units) {
        const bool apart = unit.end <= container.begin || unit.begin >= container.end;
        const bool inside = unit.begin >= container.begin && unit.end <= container.end;
        REQUIRE((apart || inside));
      }
    }
  }
}

}  // namespace cento
