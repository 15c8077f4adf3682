// Ownership that several share, within one thread at a time. Not std::shared_ptr, whose counts are
// made for threads and which brings the C++ library's type information into the browser's code.
#pragma once

#include <cstdint>
#include <utility>

namespace cento {

// Owns nothing, or a value together with its copies; the last of them deletes it.
template <typename T>
class Shared {
 public:
  Shared() = default;
  template <typename... Args>
  static Shared make(Args&&... args) {
    Shared made;
    made.box_ = new Box(std::forward<Args>(args)...);
    return made;
  }
  Shared(const Shared& other) : box_(other.box_) {
    if (box_ != nullptr) ++box_->owners;
  }
  Shared(Shared&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(box_, other.box_);
    return *this;
  }
  ~Shared() {
    if (box_ != nullptr && --box_->owners == 0) delete box_;
  }

  explicit operator bool() const { return box_ != nullptr; }
  // REQUIRES, of both: it owns a value.
  T& operator*() const { return box_->value; }
  T* operator->() const { return &box_->value; }

 private:
  struct Box {
    template <typename... Args>
    explicit Box(Args&&... args) : value(std::forward<Args>(args)...) {}
    T value;
    uint32_t owners = 1;
  };

  Box* box_ = nullptr;
};

}  // namespace cento
