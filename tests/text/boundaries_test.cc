#include "text/boundaries.h"

#include <doctest.h>

#include <string>

#include "base/random.h"
#include "text/pretokenizer.h"

namespace cento {
namespace {

// The sentences of a text, each trimmed of leading white space, joined by " | ".
std::string split(std::string_view text, std::span<const Heading> headings = {}) {
  std::string joined;
  uint32_t begin = 0;
  for (const Boundary& boundary : find_boundaries(text, headings)) {
    std::string_view sentence = text.substr(begin, boundary.at - begin);
    while (!sentence.empty() && (sentence.front() == ' ' || sentence.front() == '\n')) {
      sentence.remove_prefix(1);
    }
    if (begin > 0) joined += " | ";
    joined += sentence;
    begin = boundary.at;
  }
  return joined;
}

void check(std::string_view text, std::string_view expected) {
  CAPTURE(text);
  CHECK(split(text) == expected);
}

}  // namespace

TEST_CASE("a full stop ends a sentence before a capital") {
  check("Kenya lies on the equator. It borders Uganda.",
        "Kenya lies on the equator. | It borders Uganda.");
  check("It works! Does it? Yes.", "It works! | Does it? | Yes.");
  check("He left in 1990. The war ended.", "He left in 1990. | The war ended.");
  check("It ended. 5 people stayed.", "It ended. | 5 people stayed.");
  check("What?! No way.", "What?! | No way.");
}

TEST_CASE("closing marks stay with their sentence") {
  check("\"It is.\" She left.", "\"It is.\" | She left.");
  check("(It is.) She left.", "(It is.) | She left.");
  check("It was so.[12] She left.", "It was so.[12] | She left.");
  check("“Es ist so.” Sie ging.", "“Es ist so.” | Sie ging.");
  check("\"What?\" he asked. Then he left.", "\"What?\" he asked. | Then he left.");
}

TEST_CASE("abbreviations, initials and numbers go on") {
  for (const std::string_view text : {
           "Mr. Smith met Dr. Jones.",       "J. R. R. Tolkien wrote it.",
           "See e.g. Python for this.",      "The U.S. Government said so.",
           "It costs $5.11 a barrel.",       "Use os.path or sys.argv here.",
           "It is approx. 5 km long.",       "See fig. 5 and No. 3 there.",
           "Apples, pears, etc. are fruit.", "He waited ... and left.",
           "He waited... and left.",         "Tesla starb am 7. Januar 1943.",
           "Das gilt z.B. für Wien.",        "It grew (est. 2019) fast.",
           "Yahoo! announced it.",           "The .NET runtime is old.",
           "Prof. Dr. h.c. Meier sprach.",   "On Oct. 5 it rained.",
           "St. Louis is a city.",
       }) {
    check(text, text);
  }
}

TEST_CASE("an abbreviation may end a sentence before a word that opens one") {
  check("He lives in the U.S. The rest do not.", "He lives in the U.S. | The rest do not.");
  check("It sells cars, etc. However, it lost.", "It sells cars, etc. | However, it lost.");
  check("He came at 5 p.m. She left.", "He came at 5 p.m. | She left.");
  check("He said no. Peter left.", "He said no. | Peter left.");
  check("So did I. Peter left.", "So did I. | Peter left.");
}

TEST_CASE("a sentence may open with an identifier in lower case") {
  check("It is a module. os.path is one too.", "It is a module. | os.path is one too.");
  check("It fails. max_size is wrong.", "It fails. | max_size is wrong.");
  check("It stops. next() goes on.", "It stops. | next() goes on.");
  check("It is approx. right and so on.", "It is approx. right and so on.");
}

TEST_CASE("marks of other scripts end sentences") {
  check("他的专利很多。特斯拉去世。", "他的专利很多。 | 特斯拉去世。");
  check("真的吗？是的！好。", "真的吗？ | 是的！ | 好。");
  check("他说：“好。”她走了。", "他说：“好。” | 她走了。");
  check("هل هذا صحيح؟ نعم.", "هل هذا صحيح؟ | نعم.");
  check("यह सच है। वह गया।", "यह सच है। | वह गया।");
  check("¿Qué es? Es así.", "¿Qué es? | Es así.");
}

TEST_CASE("a hard-wrapped sentence goes on in the next line") {
  check(
      "pickling and unpickling is the inverse operation, whereby a byte stream\n"
      "(from a binary file) is converted\nback into an object hierarchy. Next one\nfollows.",
      "pickling and unpickling is the inverse operation, whereby a byte stream\n"
      "(from a binary file) is converted\nback into an object hierarchy. | Next one\nfollows.");
  check("attempting to marshal recursive objects will crash your\nPython interpreter.",
        "attempting to marshal recursive objects will crash your\nPython interpreter.");
  check("You may access the\nPython library here.", "You may access the\nPython library here.");
  check("They are small, e.g.\npens and paper.", "They are small, e.g.\npens and paper.");
}

TEST_CASE("headings, items, fields and code end with their line") {
  check("Background\nAn interpreter is a context.", "Background | An interpreter is a context.");
  check("Code Repository\nBuild and C API Changes\nDeprecated",
        "Code Repository | Build and C API Changes | Deprecated");
  check("These are:\n- one thing\n- another thing", "These are: | - one thing | - another thing");
  check("1. First do this\n2. Then do that", "1. First do this | 2. Then do that");
  check("total: 580,367 sq km\nland: 569,140 sq km\nwater: 11,227 sq km",
        "total: 580,367 sq km | land: 569,140 sq km | water: 11,227 sq km");
  check("Area\ntotal: 580,367 sq km (2019 est.)\nnote: about the size of Texas",
        "Area | total: 580,367 sq km (2019 est.) | note: about the size of Texas");
  check("Try this:\n>>> print(x)\n5\n>>> y = 3", "Try this: | >>> print(x) | 5 | >>> y = 3");
  check("pickletools.dis(pickle, out=None)\nOutputs a symbolic form.",
        "pickletools.dis(pickle, out=None) | Outputs a symbolic form.");
  check("-a, --annotate\nAnnotate each line.", "-a, --annotate | Annotate each line.");
}

TEST_CASE("an empty line ends a paragraph") {
  const auto boundaries = find_boundaries("one two\n\nthree. Four");
  REQUIRE(boundaries.size() == 3);
  CHECK(boundaries[0].at == 7);
  CHECK(boundaries[0].kind == BoundaryKind::kParagraph);
  CHECK(boundaries[1].at == 15);
  CHECK(boundaries[1].kind == BoundaryKind::kSentence);
  CHECK(boundaries[2].at == 20);
}

TEST_CASE("headings that are given are boundaries on both sides") {
  const std::string text = "intro without end\nWhat is it? Why\nand so it goes on.";
  const std::vector<Heading> headings = {{18, 33, 2, "why"}};
  CHECK(split(text, headings) == "intro without end | What is it? Why | and so it goes on.");
}

TEST_CASE("white space alone makes no sentence of its own") {
  CHECK(find_boundaries("").empty());
  REQUIRE(find_boundaries(" \n ").size() == 1);
  check("One. \n\n", "One. \n\n");
  const auto boundaries = find_boundaries("\n\nOne. Two.\n");
  REQUIRE(boundaries.size() == 2);
  CHECK(boundaries[0].at == 6);
  CHECK(boundaries[1].at == 12);
}

TEST_CASE("boundaries ascend, stand at edges of pre-tokens and close the text, for any bytes") {
  constexpr std::string_view kParts[] = {
      ".",  " ",        "\n",   "A", "b", "e.g", "?",   "\"",  ")",    "1",  ":", "- ", "。",
      "字", "\xCC\x81", "\xFF", "[", "]", "The", "U.S", "...", "\r\n", "\t", "’", "_",  "="};
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::string text;
    for (uint32_t i = random.below(60); i > 0; --i) text += kParts[random.below(std::size(kParts))];
    std::vector<bool> edges(text.size() + 1);
    Pretokenizer pretokenizer(text);
    for (Pretoken pretoken; pretokenizer.next(pretoken);) edges[pretoken.end] = true;
    std::vector<Heading> headings;
    const uint32_t begin = random.below(static_cast<uint32_t>(text.size()) + 1);
    const uint32_t end = begin + random.below(static_cast<uint32_t>(text.size()) + 1 - begin);
    headings.push_back({begin, end, 1, ""});
    for (const auto& boundaries : {find_boundaries(text), find_boundaries(text, headings)}) {
      uint32_t last = 0;
      for (const Boundary& boundary : boundaries) {
        REQUIRE(boundary.at > last);
        REQUIRE(edges[boundary.at]);
        last = boundary.at;
      }
      REQUIRE(last == text.size());
    }
  }
}

}  // namespace cento
