#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#define EXPORT(name) extern "C" __attribute__((export_name(name)))

// A copy that the host frees by the exported free: a std::string would free its bytes when the function returns.
template <typename Range>
static uint64_t given(const Range &range) {
  auto *copy = static_cast<char *>(std::malloc(range.size() + 1));
  std::copy(range.begin(), range.end(), copy);
  return static_cast<uint64_t>(reinterpret_cast<uintptr_t>(copy)) << 32 | range.size();
}

EXPORT("greet") uint64_t greet(const char *name, uint32_t len) {
  return given("Hello, " + std::string(name, len) + "!");
}

EXPORT("reverse") uint64_t reverse(const char *bytes, uint32_t len) {
  std::string back(bytes, len);
  std::reverse(back.begin(), back.end());
  return given(back);
}
