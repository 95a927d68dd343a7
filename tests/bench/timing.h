// What benchmarks measure with: the CPU time of the thread that asks, which other work on the machine does not lengthen
// as it does the time of the clock, and medians.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

namespace octetscope {

inline double cpuSeconds() {
  timespec now = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double cpuMilliseconds() {
  return cpuSeconds() * 1e3;
}

/// The middle one of `values`, of which there is one at least.
inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace octetscope
