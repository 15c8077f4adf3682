// Section VOCB: the strings of a vocabulary in sorted order, each as what it does not share with
// the one before, and beside each the run of ids that it belongs to.
#pragma once

#include "base/bytes.h"
#include "cento/status.h"
#include "text/vocabulary.h"

namespace cento {

// Cost: linear in the strings. Errors: kIntegrity.
Result<Vocabulary> read_vocabulary(ByteReader& reader);

}  // namespace cento
