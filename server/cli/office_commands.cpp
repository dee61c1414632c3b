#include "cli/office_commands.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace passerelle::cli {
namespace {

using Kind = OfficeOption::Kind;

constexpr std::string_view address = "CHANNEL:USER, for example sms:+41791234567";

std::vector<OfficeCommand> appointment_commands() {
  return {
      {"appointment",
       "add",
       "appointment.add",
       "Make an appointment, and plan its reminders",
       {{"--to", "to", address},
        {"--at", "at", "Day and time by the place's clock: \"2027-03-28 14:30\""},
        {"--zone", "zone", "Time zone, if it is not the place's: Europe/Zurich"},
        {"--place", "place", "Id of a place of the association"},
        {"--with", "with", "First name of the member of staff"},
        {"--bring", "bring", "What to bring: papers,letter,photo"},
        {"--name", "name", "The person's name, for staff only"},
        {"--lang", "language", "The person's language, if they have never written: fr"}}},
      {"appointment",
       "list",
       "appointment.list",
       "Show appointments, with answers and reminders",
       {{"--day", "day", "One day: 2027-03-28"},
        {"--from", "from", "First day; without any, today"},
        {"--until", "until", "Last day; without any, a week in all"},
        {"--limit", "limit", "How many at most"},
        {"--cancelled", "cancelled", "The cancelled ones too", Kind::flag}},
       {"appointments",
        {"ref:8", "starts_here", "address", "name", "place", "with", "response", "cancelled", "reminders_here",
         "consent", "tasks"}}},
      {"appointment",
       "move",
       "appointment.move",
       "Move an appointment, and tell the person",
       {{"REF", "ref", "The appointment's ref, or its beginning", Kind::place},
        {"--at", "at", "The new day and time: \"2027-03-28 14:30\""},
        {"--zone", "zone", "Time zone, if it is another one"},
        {"--place", "place", "Id of the new place, if it is another one"},
        {"--with", "with", "First name of the member of staff, if it is another one"}}},
      {"appointment",
       "cancel",
       "appointment.cancel",
       "Cancel an appointment and its reminders, and tell the person",
       {{"REF", "ref", "The appointment's ref, or its beginning", Kind::place}}},
      {"appointment",
       "import",
       "appointment.import",
       "Make the appointments of a CSV file; none, when a row has a mistake",
       {{"FILE", "csv", "address or phone, date, time; channel, language, zone, place, with, bring, name", Kind::file},
        {"--partial", "partial", "Take the rows without mistakes", Kind::flag}}}};
}

std::vector<OfficeCommand> sending_commands() {
  return {{"send",
           "",
           "send",
           "Send a message to one person",
           {{"--to", "to", address},
            {"--text", "text", "What to say, as it is to be sent"},
            {"--phrase", "phrase", "…or a sentence of the phrasebook, which goes out in the person's language"},
            {"--fields", "fields", "What stands in it: \"building=Rue du Pont 5; from=2027-03-28 08:00\""},
            {"--lang", "language", "The language that the text is in: fr"},
            {"--class", "class", "notice (default), reminder or crisis"},
            {"--until", "until", "When it must have left, if not within two days: \"2027-03-28 14:30\""},
            {"--key", "key", "A name of yours for this message: the same key sends once"},
            {"--any-language", "any_language", "Send it to whoever reads another language, too", Kind::flag},
            {"--preview", "send.preview", "Show the parts and the cost, and send nothing", Kind::instead}}},
          {"send",
           "phrases",
           "send.phrases",
           "Show the phrasebook: sentences that staff can send in every language",
           {},
           {"phrases", {"phrase", "fields", "text"}}},
          {"send",
           "list",
           "send.list",
           "Show the messages that go out, and what became of them, the newest first",
           {{"--to", "to", address},
            {"--state", "state", "Only these: queued,sent,delivered,read,failed,expired,stopped,uncertain"},
            {"--limit", "limit", "How many at most"}},
           {"messages",
            {"ref:8", "state", "why", "since_here", "address", "class", "attempts", "segments", "receipts", "text"}}},
          {"send",
           "again",
           "send.again",
           "Send again what is uncertain, failed or expired",
           {{"REF", "ref", "The message's ref, or its beginning", Kind::place},
            {"--until", "until", "When it must have left, if not within two days"}}},
          {"send",
           "cancel",
           "send.cancel",
           "Stop a message that has not left",
           {{"REF", "ref", "The message's ref, or its beginning", Kind::place}}}};
}

std::vector<OfficeCommand> channel_commands() {
  return {{"channel", "list", "channel.list", "Show the channels, what waits in them and what they cost"},
          {"channel",
           "test",
           "channel.test",
           "Ask the gateway whether it knows us, and our own hook whether it knows the gateway; sends no message",
           {{"NAME", "name", "The channel's name", Kind::place}}},
          {"channel",
           "pause",
           "channel.pause",
           "Let nothing leave by a channel; what is queued waits",
           {{"NAME", "name", "The channel's name", Kind::place}}},
          {"channel",
           "drain",
           "channel.drain",
           "Take nothing more that we start, let what waits leave, and say when nothing waits",
           {{"NAME", "name", "The channel's name", Kind::place}}},
          {"channel",
           "catchup",
           "channel.catchup",
           "Fetch now what the gateway has received for us and we have not, in its order",
           {{"NAME", "name", "The channel's name", Kind::place}}},
          {"channel",
           "templates",
           "channel.templates",
           "Show which texts are approved for people who have not written for a day, in each language",
           {{"NAME", "name", "The channel's name", Kind::place}}},
          {"channel",
           "resume",
           "channel.resume",
           "Let messages leave again, after a pause or a drain",
           {{"NAME", "name", "The channel's name", Kind::place}}}};
}

std::vector<OfficeCommand> contact_commands() {
  return {{"contact",
           "show",
           "contact.show",
           "Show what is recorded of an address",
           {{"ADDRESS", "address", address, Kind::place}}},
          {"contact",
           "set",
           "contact.set",
           "Record what is known of an address",
           {{"ADDRESS", "address", address, Kind::place},
            {"--readers", "readers", "Who reads this phone: own, shared or unknown"},
            {"--discreet", "discreet", "yes: neutral words only, and nothing that comes from it changes anything"},
            {"--safe-hours", "safe_hours", "When messages may be sent: 09:00-11:30, or always"},
            {"--code", "code", "The code word that was agreed by voice, or none"},
            {"--paused", "paused", "no: staff have read what paused the messages"},
            {"--consent", "consent", "open or stopped; only with a reason"},
            {"--then", "then", "Where to write if this gets nothing, in order: sms:+41…,email:a@b.ch; or none"},
            {"--calendar", "calendar", "Beside dd.mm.yyyy: usual, gregorian (nothing), persian or ethiopic"},
            {"--clock", "clock", "usual, day (nothing beside) or ethiopic (8:30 beside 14:30)"},
            {"--digits", "digits", "What stands beside: usual, latin (0-9) or native"},
            {"--reason", "reason", "Why the consent is changed"}}}};
}

std::vector<OfficeCommand> inbox_commands() {
  return {
      {"inbox",
       "tasks",
       "inbox.tasks",
       "Show what waits for a human, the newest first",
       {{"--limit", "limit", "How many at most"},
        {"--kind", "kind", "Only one kind: call_back is the list of whom to call, danger, person, call_or_letter"}},
       {"tasks",
        {"ref:8", "kind", "opened_here", "address", "text", "last_text", "shows", "note_here", "writer_known",
         "subject", "owner"}}},
      {"inbox",
       "cases",
       "inbox.cases",
       "Show the cases that people's answers opened, the newest first",
       {{"--limit", "limit", "How many at most"}, {"--kind", "kind", "Only one kind, as the dialogs name it: flat"}},
       {"cases", {"ref:8", "kind", "opened_here", "address", "answers"}}},
      {"inbox",
       "close",
       "inbox.close",
       "Close a task that is done",
       {{"REF", "ref", "The task's ref, or its beginning", Kind::place}}},
      {"inbox",
       "retry",
       "inbox.retry",
       "Take the messages again over which the server stumbled",
       {{"--ref", "ref", "Only those of this task: its ref, or its beginning"}},
       {"messages", {"address", "state", "why"}}}};
}

std::vector<OfficeCommand> attachment_commands() {
  return {{"attachments",
           "list",
           "attachments.list",
           "Show the photos, voices and documents that people sent, the newest first",
           {{"--from", "from", address}, {"--limit", "limit", "How many at most"}},
           {"attachments", {"ref:8", "received_here", "address", "shown", "why_meaning", "text"}}},
          {"attachments",
           "save",
           "attachments.get",
           "Save one as a file, which others on this machine cannot read; that it was saved is recorded",
           {{"REF", "ref", "The attachment's ref, or its beginning", Kind::place},
            {"FILE", "", "A file that is not there yet", Kind::target}}},
          {"attachments",
           "erase",
           "attachments.erase",
           "Remove one for good; that there was one stays known",
           {{"REF", "ref", "The attachment's ref, or its beginning", Kind::place}}}};
}

std::vector<OfficeCommand> directory_commands() {
  return {{"directory",
           "list",
           "directory.list",
           "Show the services that people are told of",
           {{"--need", "need",
             "food, sleep, doctor, papers, language_course, work, school, clothes, children, talk, other"},
            {"--area", "area", "A town, as the directory writes it"}},
           {"services",
            {"ref", "name", "told_as", "needs", "audience", "area", "hours", "open_now", "free_places", "expires",
             "expired"}}},
          {"directory",
           "import",
           "directory.import",
           "Take the services of a file, by their ref; none, when a row has a mistake",
           {{"FILE", "file", "CSV as 'directory export' writes it, or JSON in the shape of HSDS 3", Kind::file},
            {"--replace", "replace", "Take out the services that are not in the file", Kind::flag},
            {"--dry-run", "dry_run", "Only tell what would be done", Kind::flag}}},
          {"directory",
           "export",
           "directory.export",
           "Write all services to standard output",
           {{"--format", "format", "csv (default) or hsds"}},
           {.verbatim = "text"}},
          {"directory",
           "set",
           "directory.set",
           "Record how many places a service has free",
           {{"REF", "ref", "The service's ref", Kind::place},
            {"--free", "free", "How many; none, when nobody counts them any more"}}},
          {"directory",
           "remove",
           "directory.remove",
           "Take a service out of the directory",
           {{"REF", "ref", "The service's ref", Kind::place}}}};
}

std::vector<OfficeCommand> clock_commands() {
  return {{"clock",
           "",
           "clock",
           "Move the clock of a server that was started with --clock",
           {{"TIME", "time", "2027-03-26T09:00:00Z", Kind::place}}}};
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> nouns{
    {{"appointment", "Appointments and their reminders"},
     {"send", "Send a message, and see what became of those sent"},
     {"inbox", "What waits for a human"},
     {"attachments", "What people showed us"},
     {"contact", "What is recorded of an address"},
     {"directory", "The services that people are told of"},
     {"channel", "The channels by which messages come and go"},
     {"clock", "Move the clock of a server that was started with --clock"}}};

}  // namespace

std::span<const OfficeCommand> office_commands() {
  static const std::vector<OfficeCommand> rows = [] {
    std::vector<OfficeCommand> all;
    for (auto rows_of : {appointment_commands, sending_commands, inbox_commands, attachment_commands, contact_commands,
                         channel_commands, directory_commands, clock_commands}) {
      std::ranges::move(rows_of(), std::back_inserter(all));
    }
    return all;
  }();
  return rows;
}

std::string_view about_noun(std::string_view noun) {
  for (const auto& [name, about] : nouns) {
    if (name == noun) return about;
  }
  return {};
}

}  // namespace passerelle::cli
