// Writes one JSON text, front to back. The only serialiser of results: the tool prints what it
// writes, the WebAssembly bindings hand the same string to JavaScript.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cento {

// Commas and nesting are kept by the writer; the caller opens, names and closes.
// Strings must be UTF-8; invalid bytes are written as U+FFFD so that the output is always valid
// JSON.
class JsonWriter {
 public:
  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& number(uint64_t value);
  JsonWriter& number(uint32_t value) { return number(uint64_t{value}); }
  JsonWriter& number(int64_t value);
  JsonWriter& number(int value) { return number(int64_t{value}); }
  // Rounded to `decimals` (0 to 9) places with integer arithmetic, so that every platform prints
  // the same. Values that are not finite are written as null. REQUIRES: |value| < 1e9.
  JsonWriter& number(double value, int decimals = 6);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  template <typename T, typename... Rest>
  JsonWriter& field(std::string_view name, const T& value, Rest... rest) {
    key(name);
    if constexpr (std::is_same_v<T, bool>) {
      return boolean(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      return number(value, rest...);
    } else {
      return string(value);
    }
  }

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void separate();
  JsonWriter& begin(char mark);
  JsonWriter& end(char mark);
  std::string text_;
  bool needs_comma_ = false;  // before the next item or key
};

}  // namespace cento
