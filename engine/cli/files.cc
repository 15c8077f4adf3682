#include "cli/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

namespace cento::cli {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

Status io_error(const std::string& what, const std::string& path) {
  return {StatusCode::kIo, what + " " + path + ": " + std::strerror(errno) + "."};
}

Result<std::string> read_stream(std::FILE* stream, const std::string& name, uint64_t max_bytes) {
  std::string content;
  char buffer[1 << 16];
  while (size_t read = std::fread(buffer, 1, sizeof buffer, stream)) {
    content.append(buffer, read);
    if (content.size() > max_bytes) {
      return Status(StatusCode::kResourceExhausted,
                    name + " is longer than " + std::to_string(max_bytes) + " bytes.");
    }
  }
  if (std::ferror(stream) != 0) return io_error("Could not read", name);
  return content;
}

}  // namespace

Result<std::string> read_file(const std::string& path, uint64_t max_bytes) {
  if (path == "-") return read_stream(stdin, "standard input", max_bytes);
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return Status(StatusCode::kIo, path + " is a folder; a file is needed here.");
  }
  const File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    if (errno == ENOENT) return Status(StatusCode::kNotFound, "There is no file " + path + ".");
    return io_error("Could not open", path);
  }
  return read_stream(file.get(), path, max_bytes);
}

Status write_file_atomically(const std::string& path, Bytes bytes) {
  const std::string temporary = path + ".part";
  File file(std::fopen(temporary.c_str(), "wb"));
  if (file == nullptr) return io_error("Could not write", temporary);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
  const bool closed = std::fclose(file.release()) == 0;
  std::error_code error;
  if (written && closed) {
    std::filesystem::rename(temporary, path, error);
    if (!error) return Status::ok();
    errno = error.value();
  }
  Status failure = io_error("Could not write", path);
  std::filesystem::remove(temporary, error);
  return failure;
}

}  // namespace cento::cli
