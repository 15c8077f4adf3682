#include "text/headings.h"

#include <doctest.h>

namespace cento {
namespace {

using Path = std::vector<uint32_t>;

TEST_CASE("a place is under the nearest heading of each level above it") {
  const std::vector<Heading> headings = {
      {0, 5, 1, "top"}, {20, 25, 2, "a"}, {40, 45, 3, ""}, {60, 65, 2, "b"}, {80, 85, 1, ""}};
  CHECK(heading_path(headings, 0) == Path{0});
  CHECK(heading_path(headings, 19) == Path{0});
  CHECK(heading_path(headings, 20) == Path{0, 1});
  CHECK(heading_path(headings, 50) == Path{0, 1, 2});
  CHECK(heading_path(headings, 70) == Path{0, 3});
  CHECK(heading_path(headings, 99) == Path{4});
  CHECK(heading_path({}, 5).empty());
}

TEST_CASE("a heading that comes before its outer one does not hold it") {
  const std::vector<Heading> headings = {{0, 5, 3, "deep"}, {10, 15, 2, "less"}};
  CHECK(heading_path(headings, 12) == Path{1});
}

TEST_CASE("a URL gets the innermost anchor, and keeps one that it has") {
  const std::vector<Heading> headings = {{0, 5, 1, "top"}, {20, 25, 2, "a"}, {40, 45, 3, ""}};
  CHECK(url_with_anchor("x.html", headings, Path{0, 1, 2}) == "x.html#a");
  CHECK(url_with_anchor("x.html", headings, Path{}) == "x.html");
  CHECK(url_with_anchor("x.html#here", headings, Path{0}) == "x.html#here");
  CHECK(url_with_anchor("", headings, Path{0}).empty());
}

}  // namespace
}  // namespace cento
