#include "base/bytes.h"

namespace cento {

void ByteWriter::put_bytes(Bytes bytes) {
  while (sink_ != nullptr && bytes.size() >= kBlockBytes - buffer_.size()) {
    const Bytes fitting = bytes.first(kBlockBytes - buffer_.size());
    buffer_.insert(buffer_.end(), fitting.begin(), fitting.end());
    bytes = bytes.subspan(fitting.size());
    flush();
  }
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

void ByteWriter::flush() {
  (*sink_)(buffer_);
  flushed_ += buffer_.size();
  buffer_.clear();
}

}  // namespace cento
