#include "base/json_writer.h"

#include <doctest.h>

#include <limits>

namespace cento {
namespace {

std::string number(double value, int decimals) {
  JsonWriter json;
  return json.number(value, decimals).take();
}

std::string string(std::string_view value) {
  JsonWriter json;
  return json.string(value).take();
}

TEST_CASE("objects and arrays nest, with commas where they belong") {
  JsonWriter json;
  json.begin_object();
  json.field("a", 1).field("b", "x").field("c", true);
  json.key("list").begin_array();
  json.number(uint32_t{1}).null().begin_array().end_array().begin_object().end_object();
  json.end_array();
  json.field("d", 0.5, 2).field("e", int64_t{-7});
  json.end_object();
  CHECK(json.text() == R"({"a":1,"b":"x","c":true,"list":[1,null,[],{}],"d":0.5,"e":-7})");
}

TEST_CASE("strings are escaped, and invalid bytes replaced") {
  CHECK(string("a\"b\\c/") == R"("a\"b\\c/")");
  CHECK(string(std::string_view("\n\t\x01\0", 4)) == R"("\n\u0009\u0001\u0000")");
  CHECK(string("\xC3\xA9\xF0\x9F\x98\x80") == "\"\xC3\xA9\xF0\x9F\x98\x80\"");
  CHECK(string("x\xFFy\xC3") == "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\"");
}

TEST_CASE("integers keep all their digits") {
  JsonWriter json;
  json.begin_array();
  json.number(std::numeric_limits<uint64_t>::max());
  json.number(std::numeric_limits<int64_t>::min());
  json.end_array();
  CHECK(json.text() == "[18446744073709551615,-9223372036854775808]");
}

TEST_CASE("numbers are rounded half away from zero and carry no idle zeros") {
  CHECK(number(0, 6) == "0");
  CHECK(number(-0.0, 6) == "0");
  CHECK(number(1.5, 0) == "2");
  CHECK(number(-1.5, 0) == "-2");
  CHECK(number(0.125, 2) == "0.13");
  CHECK(number(-0.125, 2) == "-0.13");
  CHECK(number(-0.001, 2) == "0");
  CHECK(number(12.0, 3) == "12");
  CHECK(number(0.0625, 9) == "0.0625");
  CHECK(number(0.999, 2) == "1");
  CHECK(number(999999999.5, 9) == "999999999.5");
}

TEST_CASE("numbers that JSON does not have are null") {
  CHECK(number(std::numeric_limits<double>::infinity(), 2) == "null");
  CHECK(number(-std::numeric_limits<double>::infinity(), 2) == "null");
  CHECK(number(std::numeric_limits<double>::quiet_NaN(), 2) == "null");
}

}  // namespace
}  // namespace cento
