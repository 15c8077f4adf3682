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
  const std::string valid = valid_utf8(value);
  size_t run = 0;  // where what stands as it is, and is not yet written, begins
  for (size_t at = 0; at < valid.size(); ++at) {
    const auto byte = static_cast<uint8_t>(valid[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    text_.append(valid.data() + run, at - run);
    run = at + 1;
    text_ += '\\';
    if (byte < 0x20 && byte != '\n') {
      constexpr char kHex[] = "0123456789abcdef";
      text_ += "u00";
      text_ += kHex[byte >> 4];
      text_ += kHex[byte & 15];
    } else {
      text_ += byte == '\n' ? 'n' : valid[at];
    }
  }
  text_.append(valid.data() + run, valid.size() - run);
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
