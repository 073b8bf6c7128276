// Runs the fuzz target without libFuzzer: on files (to look at a finding), or on so many random inputs.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int main(int argc, char** argv) {
  char* end = nullptr;
  const unsigned long count = argc == 2 ? std::strtoul(argv[1], &end, 10) : 0;
  if (end && *end == '\0' && count) {
    std::mt19937 random(7);
    for (unsigned long i = 0; i < count; i++) {
      std::vector<uint8_t> input;
      for (unsigned records = random() % 12; records > 0; records--) {
        const unsigned length = random() % 700;
        input.push_back(static_cast<uint8_t>(random() % 8 ? random() | 1 : random()));
        input.push_back(static_cast<uint8_t>(length));
        input.push_back(static_cast<uint8_t>(length >> 8));
        for (unsigned j = 0; j < length; j++) input.push_back(static_cast<uint8_t>(random() % 3 ? random() : 0));
      }
      LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::printf("%lu random inputs\n", count);
    return 0;
  }
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s COUNT | FILE...\n", argv[0]);
    return 2;
  }
  for (int i = 1; i < argc; i++) {
    std::ifstream in(argv[i], std::ios::binary);
    if (!in) {
      std::fprintf(stderr, "cannot read %s\n", argv[i]);
      return 2;
    }
    const std::vector<uint8_t> input((std::istreambuf_iterator<char>(in)), {});
    LLVMFuzzerTestOneInput(input.data(), input.size());
  }
}
