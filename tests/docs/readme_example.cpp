#include <iostream>

#include "rkt/embedder.h"

int main() {
  try {
    const rkt::Embedder model("all-MiniLM-L6-v2");
    const std::vector<std::string> texts{"a cat", "a kitten", "a car"};
    const rkt::Embeddings e = model.embed(texts);
    std::cout << e.rows << " vectors of " << e.dim << " floats, text 0 has " << e.tokens[0] << " tokens\n";
  } catch (const rkt::Error& error) {
    std::cerr << "error: " << error.format() << '\n';
    return 1;
  }
}
