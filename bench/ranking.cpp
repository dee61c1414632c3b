// How long it takes to rank a directory for one question: 500 services, 5,000 questions, on one core.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "domain/service_fields.hpp"
#include "domain/service_rank.hpp"
#include "support/directory.hpp"

namespace {

using namespace passerelle;

struct Question {
  Seeker seeker;
  std::vector<Service> of_need;   // what the store finds for it
  std::vector<std::string> kept;  // the same, as the store keeps them
};

void print(const char* what, std::vector<double> times) {
  std::ranges::sort(times);
  double sum = 0;
  for (const double time : times) sum += time;
  const auto count = static_cast<double>(times.size());
  fmt::print("{:<52} mean {:6.1f} us   median {:6.1f} us   99% {:6.1f} us   worst {:7.1f} us\n", what, sum / count,
             times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

std::size_t measure(const char* what, const std::vector<Question>& questions,
                    const std::function<std::size_t(const Question&)>& answer) {
  std::vector<double> times;
  std::size_t answers = 0;
  for (const Question& question : questions) {
    const auto begun = std::chrono::steady_clock::now();
    answers += answer(question);
    times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun).count());
  }
  print(what, std::move(times));
  return answers;
}

}  // namespace

int main() {
  testing::DirectoryMaker maker(4);
  const std::vector<Service> services = maker.services(500);
  std::vector<Question> questions(5000);
  for (Question& question : questions) {
    question.seeker = maker.seeker(services);
    for (const Service& service : services) {
      if (!serves(service, question.seeker.need)) continue;
      question.of_need.push_back(service);
      question.kept.push_back(save(service));
    }
  }
  fmt::print("500 services, 5000 questions\n");
  const std::size_t ranked = measure("rank the services of the need", questions, [](const Question& question) {
    return rank(question.of_need, question.seeker).size();
  });
  measure("read them as they are kept, and rank them", questions, [](const Question& question) {
    std::vector<Service> read;
    for (const std::string& kept : question.kept) read.push_back(load_service(kept));
    return rank(read, question.seeker).size();
  });
  // The worst case of the pure part: everybody offers everything, and nobody is in the area.
  std::vector<Service> all = services;
  for (Service& service : all) service.needs = {Need::food};
  measure("rank all 500", questions, [&all](const Question& question) {
    Seeker seeker = question.seeker;
    seeker.need = Need::food;
    seeker.area.reset();
    return rank(all, seeker).size();
  });
  fmt::print("{:.1f} answers a question\n", static_cast<double>(ranked) / static_cast<double>(questions.size()));
}
