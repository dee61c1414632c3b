#include "store/task_note.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/sealed.hpp"

namespace passerelle::store {
namespace {

boost::json::object to_json(const Answers& answers) {
  boost::json::object object;
  for (const auto& [name, answer] : answers) object[name] = answer;
  return object;
}

Answers from_json(const boost::json::value& value) {
  Answers answers;
  for (const auto& [name, answer] : value.as_object()) answers.emplace(name, answer.as_string());
  return answers;
}

}  // namespace

std::string seal_answers(const Answers& answers) { return seal(boost::json::serialize(to_json(answers))); }

std::string seal_notes(const TaskNotes& notes) {
  boost::json::array list;
  for (const Answers& note : notes) list.push_back(to_json(note));
  return seal(boost::json::serialize(list));
}

TaskNotes read_notes(const std::optional<std::string>& sealed) {
  TaskNotes notes;
  if (!sealed) return notes;
  const boost::json::value list = boost::json::parse(unseal(*sealed));
  for (const boost::json::value& note : list.as_array()) notes.push_back(from_json(note));
  return notes;
}

void add_note(TaskNotes& notes, const Answers& note) {
  const auto grown = [&](const auto& known) {
    const auto found = note.find(known.first);
    return found != note.end() && found->second == known.second;
  };
  if (!notes.empty() && std::ranges::all_of(notes.back(), grown)) {
    notes.back() = note;
    return;
  }
  if (notes.size() >= most_notes) notes.erase(notes.begin() + 1);
  notes.push_back(note);
}

}  // namespace passerelle::store
