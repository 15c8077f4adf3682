#include "base/json_writer.h"

#include <cmath>

#include "base/utf8.h"

namespace cento {

void JsonWriter::separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::begin(char mark) {
  separate();
  text_ += mark;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end(char mark) {
  text_ += mark;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  string(name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  text_ += '"';
  for (size_t i = 0; i < value.size();) {
    const DecodedCodePoint decoded = decode_utf8(value, i);
    if (!decoded.valid) {
      text_ += "\xEF\xBF\xBD";
    } else if (decoded.code_point == '"' || decoded.code_point == '\\') {
      text_ += '\\';
      text_ += value[i];
    } else if (decoded.code_point == '\n') {
      text_ += "\\n";
    } else if (decoded.code_point < 0x20) {
      constexpr char kHex[] = "0123456789abcdef";
      text_ += "\\u00";
      text_ += kHex[decoded.code_point >> 4];
      text_ += kHex[decoded.code_point & 15];
    } else {
      text_.append(value, i, decoded.length);
    }
    i += decoded.length;
  }
  text_ += '"';
  return *this;
}

JsonWriter& JsonWriter::number(uint64_t value) {
  separate();
  text_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(int64_t value) {
  separate();
  text_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(double value, int decimals) {
  if (!std::isfinite(value)) return null();
  separate();
  uint64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  const bool negative = value < 0;
  const auto scaled =
      static_cast<uint64_t>((negative ? -value : value) * static_cast<double>(scale) + 0.5);
  if (negative && scaled != 0) text_ += '-';
  text_ += std::to_string(scaled / scale);
  std::string fraction = std::to_string(scale + scaled % scale).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) text_ += '.' + fraction;
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  text_ += "null";
  return *this;
}

}  // namespace cento
