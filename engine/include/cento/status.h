// Errors as values. Nothing in the engine throws, aborts or prints: a function that can fail
// returns `Status` or `Result<T>`, and both must be looked at (`[[nodiscard]]`).
//
// A status says what went wrong (`code`, stable across versions and equal to the `code` of the
// TypeScript `CentoError`), why and what to do about it (`message`, one sentence for a person),
// and, where the fault lies inside a file, at which byte of it (`offset`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// A class whose objects may travel in a register though they have a destructor.
#ifdef __clang__
#define CENTO_TRIVIAL_ABI [[clang::trivial_abi]]
#else
#define CENTO_TRIVIAL_ABI
#endif

namespace cento {

enum class StatusCode : uint8_t {
  kOk = 0,
  kInvalidArgument,    // the caller's input cannot be used: "InvalidArgumentError"
  kIntegrity,          // bytes of a pack are damaged or hostile: "IntegrityError"
  kVersionMismatch,    // the pack needs another engine version: "VersionMismatchError"
  kNotFound,           // a named file, document or pack is not there: "NotFoundError"
  kIo,                 // reading or writing a file failed: "IoError"
  kResourceExhausted,  // a stated limit or the memory was reached: "QuotaExceededError"
  kAborted,            // the caller cancelled: "AbortError"
  kUnsupported,        // the input is valid, this build cannot serve it: "NotSupportedError"
};

// The name under which `code` appears in JSON and in TypeScript, such as "IntegrityError".
std::string_view status_code_name(StatusCode code);

// One word: nothing where all is well, otherwise what its owner alone holds. So most functions hand
// it on in a register.
class [[nodiscard]] CENTO_TRIVIAL_ABI Status {
 public:
  static constexpr uint64_t kNoOffset = ~uint64_t{0};

  Status() = default;
  // Copies `message`. REQUIRES: `code` is not kOk.
  Status(StatusCode code, std::string_view message, uint64_t offset = kNoOffset);
  Status(const Status& other);
  Status(Status&& other) noexcept : fault_(std::exchange(other.fault_, nullptr)) {}
  Status& operator=(Status other) noexcept {
    std::swap(fault_, other.fault_);
    return *this;
  }
  ~Status() {
    if (fault_ != nullptr) forget();
  }

  static Status ok() { return {}; }
  static Status invalid_argument(std::string_view message);
  static Status integrity(std::string_view message, uint64_t offset = kNoOffset);
  static Status aborted();

  bool is_ok() const { return fault_ == nullptr; }
  StatusCode code() const;
  std::string message() const;
  bool has_offset() const { return offset() != kNoOffset; }
  // Byte offset of the fault inside the (decompressed, where it applies) file; `kNoOffset` if none.
  uint64_t offset() const;
  // "IntegrityError: … (at byte 12)": one line for a terminal.
  std::string to_string() const;

 private:
  struct Fault;
  void forget();

  Fault* fault_ = nullptr;
};

// Either a value or a `Status` that is not ok.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT(google-explicit-constructor)
  Result(Status status) : status_(std::move(status)) {}  // NOLINT(google-explicit-constructor)

  bool is_ok() const { return value_.has_value(); }
  const Status& status() const& { return status_; }
  Status status() && { return std::move(status_); }
  // REQUIRES: is_ok().
  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }

 private:
  Status status_;
  std::optional<T> value_;
};

// Returns early with the status of `expression` when it is not ok.
#define CENTO_RETURN_IF_ERROR(expression)                                     \
  do {                                                                        \
    if (::cento::Status cento_status_ = (expression); !cento_status_.is_ok()) \
      return cento_status_;                                                   \
  } while (false)

#define CENTO_CONCAT_INNER_(a, b) a##b
#define CENTO_CONCAT_(a, b) CENTO_CONCAT_INNER_(a, b)
// CENTO_ASSIGN_OR_RETURN(auto x, f()): assigns the value of `f()`, or returns its status.
#define CENTO_ASSIGN_OR_RETURN(lhs, expression) \
  CENTO_ASSIGN_OR_RETURN_IMPL_(CENTO_CONCAT_(cento_result_, __LINE__), lhs, expression)
#define CENTO_ASSIGN_OR_RETURN_IMPL_(result, lhs, expression) \
  auto result = (expression);                                 \
  if (!result.is_ok()) return std::move(result).status();     \
  lhs = std::move(result).value()

}  // namespace cento
