// Our detector: lines in, codes out, the time of a line to the other stream.
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "language/detect.hpp"

int main() {
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(line);
  std::vector<std::string> codes;
  passerelle::language::detect("");         // the model is read once, with the first text
  const std::clock_t begun = std::clock();  // of this process: others may be busy, too
  for (const std::string& line : lines) codes.push_back(passerelle::language::detect(line).front().locale);
  const double took = 1e6 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  for (const std::string& code : codes) std::cout << code << "\n";
  std::cerr << took / static_cast<double>(lines.size()) << "\n";
}
