// SHA-256 (FIPS 180-4): names and checks the files of a pack.
#pragma once

#include <array>
#include <string>

#include "base/bytes.h"

namespace cento {

using Sha256Digest = std::array<uint8_t, 32>;

// Cost: linear, about 5 ns a byte; no memory.
Sha256Digest sha256(Bytes bytes);

// Two lower-case hexadecimal digits a byte.
std::string to_hex(Bytes bytes);

}  // namespace cento
