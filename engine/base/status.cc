#include "cento/status.h"

namespace cento {

std::string_view status_code_name(StatusCode code) {
  switch (code) {
    case StatusCode::kOk: return "Ok";
    case StatusCode::kInvalidArgument: return "InvalidArgumentError";
    case StatusCode::kIntegrity: return "IntegrityError";
    case StatusCode::kVersionMismatch: return "VersionMismatchError";
    case StatusCode::kNotFound: return "NotFoundError";
    case StatusCode::kIo: return "IoError";
    case StatusCode::kResourceExhausted: return "QuotaExceededError";
    case StatusCode::kAborted: return "AbortError";
    case StatusCode::kUnsupported: return "NotSupportedError";
  }
  return "UnknownError";
}

struct Status::Fault {
  StatusCode code = StatusCode::kOk;
  uint64_t offset = kNoOffset;
  std::string message;
};

Status::Status(StatusCode code, std::string_view message, uint64_t offset)
    : fault_(new Fault{code, offset, std::string(message)}) {}

Status::Status(const Status& other) : fault_(other.is_ok() ? nullptr : new Fault(*other.fault_)) {}

void Status::forget() { delete fault_; }

Status Status::invalid_argument(std::string_view message) {
  return {StatusCode::kInvalidArgument, message};
}

Status Status::integrity(std::string_view message, uint64_t offset) {
  return {StatusCode::kIntegrity, message, offset};
}

Status Status::aborted() { return {StatusCode::kAborted, "The call was cancelled."}; }

StatusCode Status::code() const { return is_ok() ? StatusCode::kOk : fault_->code; }

std::string Status::message() const { return is_ok() ? std::string() : fault_->message; }

uint64_t Status::offset() const { return is_ok() ? kNoOffset : fault_->offset; }

std::string Status::to_string() const {
  std::string text(status_code_name(code()));
  if (!message().empty()) text.append(": ").append(message());
  if (has_offset()) text += " (at byte " + std::to_string(offset()) + ")";
  return text;
}

}  // namespace cento
