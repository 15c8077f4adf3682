// Memory that is needed no longer, while its owner lives on.
#pragma once

namespace cento {

// Empties a vector or string. Assigning {} would keep its memory.
template <typename Container>
void give_back(Container& values) {
  Container().swap(values);
}

}  // namespace cento
