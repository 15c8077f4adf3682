// Little-endian reading and writing of byte buffers. Every read is checked: a reader never looks
// past its end, and says at which byte it stopped.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "cento/status.h"

namespace cento {

static_assert(std::endian::native == std::endian::little,
              "the formats are little-endian and read in place");

using Bytes = std::span<const uint8_t>;

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Takes the next bytes of what is written.
using ByteSink = std::function<void(Bytes)>;

// Appends values to a growing buffer; or, given a sink, hands it on block by block.
class ByteWriter {
 public:
  static constexpr size_t kBlockBytes = 1 << 16;

  // `expected` bytes are made room for at once: growing takes three times as many for a moment.
  explicit ByteWriter(size_t expected = 0) { buffer_.reserve(expected); }
  // Every block has kBlockBytes but the last one, which waits for `flush`. The sink must outlive
  // the writer.
  explicit ByteWriter(const ByteSink* sink) : sink_(sink) { buffer_.reserve(kBlockBytes); }

  template <typename T>
  void put(T value) {
    static_assert(std::is_integral_v<T>);
    put_array(std::span<const T>(&value, 1));
  }
  template <typename T>
  void put_array(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put_bytes({reinterpret_cast<const uint8_t*>(values.data()), values.size_bytes()});
  }
  void put_bytes(Bytes bytes);
  // Pads with zeros to a multiple of `alignment` bytes.
  void align(size_t alignment) {
    while (size() % alignment != 0) put<uint8_t>(0);
  }
  // Hands on what the sink has not had yet. REQUIRES: a sink.
  void flush();
  // Of all that was written.
  size_t size() const { return flushed_ + buffer_.size(); }
  // What the sink has not had yet; without one, all.
  const std::vector<uint8_t>& buffer() const { return buffer_; }
  std::vector<uint8_t> take() { return std::move(buffer_); }

 private:
  const ByteSink* sink_ = nullptr;
  size_t flushed_ = 0;
  std::vector<uint8_t> buffer_;
};

// Takes values from the front of a buffer that it does not own. The first read that does not fit
// makes the reader fail for good: later reads give zeros, and `status()` tells the byte.
class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : bytes_(bytes) {}

  template <typename T>
  T take() {
    static_assert(std::is_integral_v<T>);
    T value = 0;
    if (!fits(sizeof(T))) return value;
    std::memcpy(&value, bytes_.data() + offset_, sizeof(T));
    offset_ += sizeof(T);
    return value;
  }
  // The next `count` values. The buffer need not be aligned. Nothing is allocated unless it fits.
  template <typename T>
  std::vector<T> take_array(uint64_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (failed_ || count > remaining() / sizeof(T)) {
      fail();
      return {};
    }
    std::vector<T> values(static_cast<size_t>(count));
    if (count > 0) std::memcpy(values.data(), bytes_.data() + offset_, values.size() * sizeof(T));
    offset_ += values.size() * sizeof(T);
    return values;
  }
  // A view of the next `count` bytes.
  Bytes take_bytes(uint64_t count) {
    if (!fits(count)) return {};
    Bytes view = bytes_.subspan(offset_, static_cast<size_t>(count));
    offset_ += view.size();
    return view;
  }
  // Skips the padding that `ByteWriter::align` wrote.
  void align(size_t alignment) {
    while (offset_ % alignment != 0 && fits(1)) ++offset_;
  }
  size_t offset() const { return offset_; }
  size_t remaining() const { return bytes_.size() - offset_; }
  bool is_ok() const { return !failed_; }
  Status status() const {
    return failed_ ? Status::integrity("The data ends too early.", offset_) : Status::ok();
  }

 private:
  bool fits(uint64_t count) {
    if (!failed_ && count <= remaining()) return true;
    fail();
    return false;
  }
  void fail() { failed_ = true; }

  Bytes bytes_;
  size_t offset_ = 0;
  bool failed_ = false;
};

// The tables of the engine read themselves: `Status load(ByteReader&, …)` fills a new one in place,
// and leaves it to be thrown away after an error. As a value, for callers that hold no table yet:
template <typename T, typename... Arguments>
Result<T> load_new(Arguments&&... arguments) {
  T table;
  CENTO_RETURN_IF_ERROR(table.load(std::forward<Arguments>(arguments)...));
  return table;
}

}  // namespace cento
