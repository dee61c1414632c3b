// WhatsApp's templates, through the real binary: people who have not written for a day get the text that was approved in
// their language, and answer it by a button; everybody else is told at the next address of their order.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Gateway, eventually, office } from "./support/gateway.mjs";
import * as meta from "./support/graph.mjs";
import { messages } from "./support/ledger.mjs";
import { holds } from "./support/sentences.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";
import { batch, newId, newPhone, numberId, startGraph } from "./support/whatsapp.mjs";

const monday = "2027-03-22T09:00:00Z";
const reminded = "2027-03-22T13:31:00Z";
const template = (language, status, more = "") => `
[[channel.template]]
for = "reminder.two_days"
language = "${language}"
name = "rappel_j2"
code = "${language === "fr" ? "fr_FR" : language}"
status = "${status}"
body = "Rendez-vous: {when}\\n1 = je viens\\n2 = je ne peux pas\\n3 = appelez-moi"
parameters = ["when"]
buttons = 3
${more}`;
const configuration = (graph, gateway, templates) => `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${meta.publicUrl}"
hosts = ["${new URL(twilio.publicUrl).host}"]
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "sms"
gateway = "twilio"
account = "${twilio.account}"
token = "${twilio.token}"
from = "${twilio.number}"
api_url = "${gateway}"
callback_url = "${twilio.publicUrl}${twilio.hook}"
reply = "api"
[[channel]]
name = "chat"
gateway = "whatsapp"
phone_number_id = "${numberId}"
app_secret = "${meta.appSecret}"
verify_token = "${meta.verifyToken}"
token = "${meta.token}"
api_url = "${graph}"
${templates}`;

/** Somebody who has never written, with an SMS as their next address. */
async function newcomer(server, language) {
  const digits = newPhone();
  const chat = `chat:+${digits}`;
  const sms = `+3363998${digits.slice(-4)}`;
  await office(server, "contact.set", { address: chat, then: [`sms:${sms}`] });
  await office(server, "appointment.add", { to: chat, at: "2027-03-24 14:30", language });
  return { digits, chat, sms };
}

test("a reminder reaches those who have not written, in words that were approved", async (suite) => {
  const folder = temporaryFolder(suite);
  const gateway = await Gateway.start(suite);
  const graph = await startGraph(suite);
  const config = configuration(graph.url, gateway.url, template("fr", "approved") + template("ti", "pending"));
  const server = await Server.start({ folder, config, args: ["--clock", monday] });
  suite.after(() => server.close());
  const french = await newcomer(server, "fr");
  const paused = await newcomer(server, "fr");
  const tigrinya = await newcomer(server, "ti");
  const arabic = await newcomer(server, "ar");
  graph.script = ({ to }) => (to === paused.digits ? { status: 400, body: { error: { code: 132015, message: "Template is Paused" } } } : "accept");
  await office(server, "clock", { time: reminded });
  const chats = ({ digits }) => graph.accepted.filter(({ body }) => body.to === digits);
  const texts = ({ sms }) => gateway.accepted.filter(({ to }) => to === sms).map(({ text }) => text);

  await suite.test("by its name, with our values, and staff see the words that the person reads", async () => {
    await eventually(() => chats(french).length === 1 || "no template");
    const [{ body }] = chats(french);
    assert.deepEqual([body.type, body.template.name, body.template.language], ["template", "rappel_j2", { code: "fr_FR" }]);
    const [{ parameters: [{ text: when }] }, ...buttons] = body.template.components;
    assert.match(when, /^24\.03\.2027, 14:30/);
    assert.deepEqual(buttons.map(({ type, sub_type, index }) => [type, sub_type, index]), [0, 1, 2].map((i) => ["button", "quick_reply", String(i)]));
    const kept = messages(server.data).find(({ to }) => to === `+${french.digits}`);
    assert.equal(kept.text, `Rendez-vous: ${when}\n1 = je viens\n2 = je ne peux pas\n3 = appelez-moi`);
    assert.deepEqual(texts(french), []);
  });

  await suite.test("its button is the answer to this reminder", async () => {
    const [sent] = chats(french);
    const { payload } = sent.body.template.components[2].parameters[0];
    const pressed = { context: { from: "0", id: sent.id }, from: french.digits, id: newId(), timestamp: String(Date.parse(reminded) / 1000), type: "button", button: { text: "Je ne peux pas", payload } };
    assert.equal((await meta.deliver(server, batch({ messages: [pressed] }))).status, 200);
    await eventually(() => chats(french).length === 2 || "no answer");
    assert.ok(holds(chats(french)[1].body.text.body, "fr", "reminder.declined"), "the window is open now: free words");
    const { appointments } = await office(server, "appointment.list", { day: "2027-03-24" });
    assert.equal(appointments.find(({ address }) => address === french.chat).response, "declined");
  });

  await suite.test("a language without an approved text goes to the next address at once", async () => {
    for (const [person, locale] of [[tigrinya, "ti"], [arabic, "ar"]]) {
      await eventually(() => texts(person).length === 1 || `nothing in ${locale}`);
      assert.ok(holds(texts(person)[0], locale, "reminder.answer"), texts(person)[0]);
      assert.equal(chats(person).length, 0);
    }
  });

  await suite.test("a template that rests goes to the next address, too", async () => {
    await eventually(() => texts(paused).length === 1 || "no SMS");
    const [failed] = messages(server.data).filter(({ to }) => to === `+${paused.digits}`);
    assert.deepEqual([failed.state, failed.why], ["failed", "needs_template"]);
  });

  await suite.test("staff see what is approved in which language", async () => {
    const { stdout } = await run(["channel", "templates", "chat", "--json", "--data", server.data]);
    const rows = JSON.parse(stdout).templates.filter((row) => row.for === "reminder.two_days");
    const status = Object.fromEntries(rows.map(({ language, status: each }) => [language, each]));
    assert.deepEqual([status.fr, status.ti, status.ar], ["approved", "pending", "none"]);
    assert.equal(rows.find(({ language }) => language === "ar").then, "the person's next address");
    const sms = await run(["channel", "templates", "sms", "--data", server.data]);
    assert.match(sms.stderr, /needs no templates/);
  });
});

test("a template that says something else than its parameters is refused where it stands", async (suite) => {
  const folder = temporaryFolder(suite);
  const file = join(folder, "passerelle.toml");
  const check = async (templates) => {
    const text = configuration("http://127.0.0.1:1", "http://127.0.0.1:1", templates);
    writeFileSync(file, text);
    const { code, stdout, stderr } = await run(["check", "--config", file]);
    const line = (key) => text.split("\n").findLastIndex((each) => each.startsWith(`${key} =`)) + 1;
    return { code, told: stdout + stderr, line };
  };
  const good = await check(template("fr", "approved"));
  assert.equal(good.code, 0, good.told);
  const wrong = await check(template("fr", "approved").replace("{when}", "{where}"));
  assert.equal(wrong.code, 3);
  assert.ok(wrong.told.includes(`passerelle.toml:${wrong.line("body")}:8: 'body' names '{where}'`), wrong.told);
  const foreign = await check(template("vi", "approved"));
  assert.equal(foreign.code, 3);
  assert.match(foreign.told, /passerelle\.toml:\d+:\d+: no text is ever written in 'vi'/);
});
