// Mistakes in a block are told at their line and column, with what to do.
#include "unit/adapters/generic_fixture.hpp"

namespace passerelle::adapters::generic {
namespace {

const std::string whole =
    "[send]\npath = \"/send\"\nbody = { to = \"{to}\", text = \"{text}\" }\n"
    "[answer]\nrules = [{ status = 200, then = \"accepted\" }]\n"
    "[inbound]\nfrom = \"from\"\ntext = \"text\"\nid = \"id\"\n";

TEST(GenericConfig, a_whole_description_has_no_finding) { EXPECT_EQ(told(described(whole)), ""); }

TEST(GenericConfig, every_mistake_is_told_at_its_place_with_a_remedy) {
  struct Case {
    std::string toml, expected;
  };
  const std::vector<Case> cases = {
      {"", "passerelle.toml:1:1: nothing says how a message is sent; name a preset, or write [channel.send]"},
      {"[send]\nmehtod = \"POST\"\n",
       "passerelle.toml:2:1: [channel.send] has no key 'mehtod'; did you mean 'method'?"},
      {"[send]\nmethod = \"PUT\"\n", "passerelle.toml:2:10: 'PUT' is no word for 'method' of [channel.send]; "},
      {"[send]\npath = \"send\"\n", "passerelle.toml:2:8: 'path' goes on where api_url ends; let it begin with '/'"},
      {"[send]\npath = \"/send?a=1\"\n",
       "passerelle.toml:2:8: 'path' holds what a path cannot; percent-encode it; a query"},
      {"[send]\nheaders.\"A b\" = \"x\"\n", "passerelle.toml:2:9: 'A b' is no header; letters, digits and '-'"},
      {"[send]\nheaders.A = \"x\\ny\"\n", "passerelle.toml:2:9: 'A' is no header; "},
      {"[send]\nheaders.A = \"{api_kye}\"\n",
       "passerelle.toml:2:13: there is no field {api_kye} here; did you mean 'api_key'?"},
      {"[send]\nheaders.A = \"{text}\"\n", "passerelle.toml:2:13: there is no field {text} here; "},
      {"[send]\nbody.a = \"{to\"\n", "passerelle.toml:2:10: there is a '{' without its '}'; write {{"},
      {"[send]\nbody.a = \"to}\"\n", "passerelle.toml:2:10: there is a '}' without its '{'; write }}"},
      {"[send]\nbody.a = \"x {from?}\"\n",
       "passerelle.toml:2:10: a field with '?' has other text beside it, which cannot be left out; let it stand alone"},
      {"[send]\nbody.a = \"{valid_minutes}\"\n",
       "passerelle.toml:2:10: a message may have no end, and {valid_minutes} no value; write \"{valid_minutes?}\""},
      {"[send]\nbody.a = 1.5\n", "passerelle.toml:2:10: a body holds texts, whole numbers, true and false"},
      {"[send]\nformat = \"form\"\nbody.a = [\"x\"]\n", "passerelle.toml:3:10: a form has no tables or lists"},
      {"[send]\nmethod = \"GET\"\nbody.a = \"x\"\n", "passerelle.toml:3:1: a GET has no body; "},
      {"[send]\nsignature.over = \"{body}\"\n", "nothing says where the signature goes; add header = "},
      {"[answer]\nid = \"id\"\n", "passerelle.toml:2:6: 'id' names no value of a JSON document; write it as \"/id\""},
      {"[answer]\nrules = [{ status = \"200\", then = \"accepted\" }]\n",
       "passerelle.toml:2:21: 'status' of a rule of [channel.answer] is not what it must be; it is a whole number, or"},
      {"[answer]\nrules = [{ status = 200, then = \"acepted\" }]\n",
       "passerelle.toml:2:33: 'acepted' is no word for 'then' of a rule of [channel.answer]; did you mean 'accepted'?"},
      {"[answer]\nrules = [{ status = 200, then = \"refused\" }]\n",
       "passerelle.toml:2:9: no rule means success, so that every message would stay uncertain; "},
      {"[answer]\nrules = [{ is = \"1\", then = \"accepted\" }]\n", "nothing says which value is meant; add at = "},
      {"[inbound]\nformat = \"json\"\nfrom = \"from\"\ntext = \"/text\"\nid = \"/id\"\n",
       "passerelle.toml:3:8: 'from' names no value of a JSON document; write it as \"/from\""},
      {"[inbound]\nfrom = \"/from\"\ntext = \"text\"\nid = \"id\"\n",
       "passerelle.toml:2:8: '/from' is a pointer into JSON, and this is a form; write the field's name alone"},
      {"[inbound]\nfrom = \"from\"\ntext = \"text\"\n",
       "passerelle.toml:1:1: a repeated webhook could not be told from a new message; add id = "},
      {"[inbound]\nmedia = \"media\"\n", "pictures are fetched from hosts of the gateway only; add media_hosts"},
      {"[receipt]\nref = \"ref\"\nstatus = \"status\"\n",
       "no status of the gateway is known; add [channel.receipt.states]"},
      {"[receipt.states]\nOK = \"deliverd\"\n", "passerelle.toml:2:6: 'deliverd' is no word for 'OK'"},
      {"[verify]\nscheme = \"hmac256\"\n", "passerelle.toml:2:10: 'hmac256' is no word for 'scheme'"},
      {"[verify]\nscheme = \"hmac\"\n", "nothing says which header has the proof; add header"},
      {"[verify]\nscheme = \"hmac\"\nheader = \"X\"\nover = \"{url}\"\n",
       "passerelle.toml:4:8: the signature does not cover the body, which anybody could change; add {body}"},
      {"[verify]\nscheme = \"hmac\"\nheader = \"X\"\ntimestamp_header = \"T\"\n",
       "a timestamp counts only where it is signed"},
      {"[verify]\nscheme = \"jwt\"\nalgorithms = [\"none\"]\n",
       "passerelle.toml:3:14: 'none' is not verified here; one of: HS256"},
      {"[verify]\nwithin = 0\n",
       "passerelle.toml:2:10: 'within' of [channel.verify] is not what it must be; it is a whole number from 1"},
      {"[sign_in]\nurl = \"oauth\"\n", "passerelle.toml:2:7: 'url' is not where a token is asked for; write https://"},
      {"[sign_in]\nurl = \"http://api.example.org/token\"\n", "passerelle.toml:2:7: 'url' is not where a token"},
      {"[sign_in]\nurl = \"/t\"\nbody.a = \"{text}\"\n", "passerelle.toml:3:10: there is no field {text} here; "},
      {"[sign_in]\nurl = \"/t\"\ntoken = \"access_token\"\n",
       "passerelle.toml:3:9: 'token' points into the JSON of the answer; write it as \"/access_token\""},
      {"[sign_in]\nurl = \"/t\"\nheaders.\"A b\" = \"x\"\n", "passerelle.toml:3:9: 'A b' is no header"},
      {"[send]\nheaders.A = \"x\"\n[sign_in]\nurl = \"/t\"\n",
       "passerelle.toml:3:1: [channel.sign_in] brings a token that no request carries; write headers.Authorization = "},
      {"[send]\nheaders.A = \"Bearer {token}\"\n", "passerelle.toml:1:1: nothing says where {token} comes from; "},
      {"[send]\nheaders.A = \"{token} {api_key}\"\n[sign_in]\nurl = \"/t\"\n",
       "passerelle.toml:3:1: the header 'A' has other fields beside {token}; give each a header of its own"},
      {"[send]\nbody.a = \"{token}\"\n", "passerelle.toml:2:10: there is no field {token} here; "},
      {"[traits]\ntelephones = \"yes\"\n",
       "passerelle.toml:2:14: 'telephones' of [channel.traits] is not what it must be; it is true or false"},
      {"send = 3\n", "passerelle.toml:1:8: 'send' of [channel] is not what it must be; it is a table of keys"},
  };
  for (const Case& one : cases) {
    const std::string findings = told(described(one.toml));
    EXPECT_NE(findings.find(one.expected), std::string::npos) << one.toml << "\ntold:\n" << findings;
  }
}

TEST(GenericConfig, nothing_is_read_from_a_query_that_no_signature_covers) {
  const std::string asks = whole + "[receipt]\nref = \"?ref\"\nstatus = \"s\"\nstates = { OK = \"sent\" }\n[verify]\n";
  const std::string finding = "passerelle.toml:1:1: '?ref' is read from the query, which the signature does not cover";
  EXPECT_TRUE(told(described(asks + "scheme = \"hmac\"\nheader = \"X\"\n")).starts_with(finding));
  EXPECT_TRUE(told(described(asks + "scheme = \"standard-webhooks\"\n")).starts_with(finding));
  EXPECT_TRUE(told(described(asks + "scheme = \"jwt\"\n")).starts_with(finding));
  EXPECT_EQ(told(described(asks + "scheme = \"jwt\"\nurl_claim = \"u\"\n")), "");
  EXPECT_EQ(told(described(asks + "scheme = \"hmac\"\nheader = \"X\"\nover = \"{url}{body}\"\n")), "");
  EXPECT_EQ(told(described(asks + "scheme = \"path\"\n")), "");
}

TEST(GenericConfig, a_mistake_in_an_override_of_a_preset_is_told_there) {
  EXPECT_EQ(told(described("[inbound]\nfrom = \"from\"\n", "infobip")),
            "passerelle.toml:2:8: 'from' names no value of a JSON document; write it as \"/from\"\n");
}

std::string refused(const ChannelSettings& of) {
  const auto made = find_gateway("generic")->make(of);
  return made ? "" : to_string(made.error());
}

TEST(GenericConfig, settings_that_a_description_needs_are_asked_for_all_at_once) {
  ChannelSettings without = settings("ovh");
  without.secrets.clear();
  without.values.erase("account");
  EXPECT_EQ(refused(without),
            "the preset 'ovh' needs more settings; add account, api_key_file, api_secret_file, consumer_key_file");
  ChannelSettings infobip = settings("infobip");
  infobip.values.erase("api_url");
  EXPECT_EQ(refused(infobip), "the preset 'infobip' needs more settings; add api_url");
  ChannelSettings mistyped = settings("infobipp");
  EXPECT_EQ(refused(mistyped), "preset: there is no preset 'infobipp'; did you mean 'infobip'?");
  ChannelSettings guessable = settings("infobip");
  guessable.secrets.insert_or_assign("hook_secret", Secret("short"));
  EXPECT_NE(refused(guessable).find("hook_secret must be 22 to 128"), std::string::npos);
  ChannelSettings clear = settings("infobip");
  clear.values["api_url"] = "http://api.example.org";
  EXPECT_NE(refused(clear).find("in the clear"), std::string::npos);
}

TEST(GenericConfig, a_channel_without_proof_is_not_authenticated) {
  EXPECT_TRUE(channel(described(whole))->traits().authenticated) << "by hook_secret, without any [verify]";
  ChannelSettings open = described(whole + "[verify]\nscheme = \"none\"\n");
  open.secrets.erase("hook_secret");
  EXPECT_FALSE(channel(open)->traits().authenticated);
}

TEST(GenericConfig, fields_are_escaped_for_the_place_where_they_stand) {
  const auto made = channel(described(
      "[send]\npath = \"/to/{to}/{account}\"\nquery.q = \"a {text}&\"\nheaders.X-Key = \"k {api_key}\"\n"
      "body = { \"a\\\"b\" = \"{text} {{x}}\", list = [\"{to_digits}\", true, 7], none = \"{consumer_key?}\" }\n"
      "[answer]\nrules = [{ status = 200, then = \"accepted\" }]\n"));
  OutboundMessage message;
  message.to.user = "+33639980001";
  message.text = "\"\\\n\t<&>é مرحبا \xF0\x9F\x99\x82";
  const OutgoingRequest sent = made->write(message, 0, now);
  const std::string query = sent.url.substr(sent.url.find('?') + 1);
  EXPECT_EQ(sent.url.substr(0, sent.url.find('?')), "https://api.example.org/to/%2B33639980001/asso");
  EXPECT_EQ(parse_form(query).at(0).value, "a " + message.text + "&");
  EXPECT_EQ(query.find_first_of(" \"<>\n\t"), std::string::npos);
  const auto body = boost::json::parse(sent.body);
  EXPECT_EQ(text_of(body.at("a\"b")), message.text + " {x}");
  EXPECT_EQ(serialize(body.at("list")), "[\"33639980001\",true,7]");
  EXPECT_EQ(field(sent.fields, "X-Key"), "k api_key-value");

  ChannelSettings split = settings("infobip");
  split.secrets.insert_or_assign("api_key", Secret("key\r\nX-Evil: 1"));
  EXPECT_EQ(field(channel(split)->write(message, 0, now).fields, "Authorization"), "App keyX-Evil: 1");
}

std::string readme() {
  std::ifstream in(SOURCE_DIR "/adapters/generic/README.md");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(GenericConfig, the_whole_gateway_of_the_readme_is_one) {
  const std::string text = readme();
  const std::string fence = "```toml\n";
  const auto begin = text.find(fence, text.find("## Add a gateway")) + fence.size();
  Findings findings;
  const auto block = parse_block("README.md", text.substr(begin, text.find("```", begin) - begin), findings);
  ASSERT_TRUE(block);
  ChannelSettings settings;
  settings.name = "sms";
  settings.callback_url = callback;
  settings.tables = block->find("channel")->items.front();
  std::erase_if(settings.tables.items, [&](const Block& item) {
    if (item.kind != Block::Kind::text) return false;
    if (item.key.ends_with("_file"))
      settings.secrets.emplace(item.key.substr(0, item.key.size() - 5), Secret("secret"));
    else
      settings.values[item.key] = item.text;
    return true;
  });
  EXPECT_EQ(told(settings), "");
  const auto made = channel(settings);
  EXPECT_TRUE(made->traits().authenticated);
  EXPECT_EQ(made->traits().host, "api.tamtam.example");
}

TEST(GenericConfig, the_readme_names_every_field_and_every_preset) {
  const std::string text = readme();
  for (const Place place : {Place::path, Place::query, Place::header, Place::body, Place::sign_in,
                            Place::request_signature, Place::webhook_signature}) {
    for (const std::string& field : fields_for(place)) {
      const bool named =
          text.find("`{" + field + "}`") != std::string::npos || text.find("`{" + field + "?}`") != std::string::npos;
      EXPECT_TRUE(named) << field;
    }
  }
  for (const std::string& name : preset_names())
    EXPECT_NE(text.find("\n| `" + name + "` |"), std::string::npos) << name;
}

}  // namespace
}  // namespace passerelle::adapters::generic
