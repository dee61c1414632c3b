// Telephone numbers as addresses: to whom we may write, and what sends to us that is no person.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace passerelle {

// The number of somebody to whom we shall write, as staff type it or their file has it, in E.164. 'country' is the
// association's, 'example' shows in the error how it is written. Refused is what could be somebody else's: a number
// without its country's code that is not plainly a mobile one dialled at home: "06 12 34 56 78" is a mobile in France,
// and a household in Basel.
result<std::string> address_number(std::string_view typed, std::string_view country, std::string_view example);
// A number that people are told to call: one that can be dialled from this country, short ones (147) too.
result<void> check_callable(std::string_view typed, std::string_view country);

// What writes to us, by the address that a gateway of telephones tells. Only a person is answered by machine: what
// answers at a short code or under a name is a machine too, and two machines that answer each other never end.
enum class Sender { person, short_code, name, premium };
std::string_view to_string(Sender sender);  // "short_code", for rows and the log
Sender sender_of(std::string_view user, std::string_view country);
// Why nothing is sent there, for staff: "is a short code…". Empty for a person.
std::string_view why_not_written_to(Sender sender);

// The country whose number the address is: "FR"; of "whatsapp:+33…", too. Empty: not known.
std::string country_of(std::string_view user);

// Who writes by a gateway of telephones. One phone has one address, whatever way its gateway writes it: "0041…" and
// "079…" become "+4179…"; what is not plainly a number stays as it is.
struct PhoneSender {
  std::string address;
  Sender sender = Sender::person;  // as sender_of the address
  std::string country;             // as country_of the address
};
PhoneSender read_sender(std::string_view user, std::string_view country);

}  // namespace passerelle
