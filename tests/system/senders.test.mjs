// Who writes to us through gateways of telephones: people are answered, machines (short codes, senders' names, numbers that
// cost whoever writes to them) never are, and one phone is one address however its gateway writes it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Gateway } from "./support/gateway.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const machines = ["36105", "EVAM", "+41900123456"];
const secret = "fiction-0123456789abcdef";
const kannel = `
[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "${secret}"
username = "passerelle"
password = "another secret of fiction"
from = "+33639980099"
api_url = "http://127.0.0.1:9"
`;

async function start(t) {
  const folder = temporaryFolder(t);
  const gateway = await Gateway.start(t);
  const config = twilio.configuration(folder, { demo: true, apiUrl: gateway.url }) + kannel;
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  return { server, gateway };
}

const office = (server, ...words) => run([...words, "--data", server.data]);
async function json(server, ...words) {
  const end = await office(server, ...words, "--json");
  assert.equal(end.code, 0, end.stderr + end.stdout);
  return JSON.parse(end.stdout);
}

test("a machine is recorded and shown to staff, and gets no answer", async (t) => {
  const { server, gateway } = await start(t);
  const say = async (words, from) => twilio.readTwiml(await twilio.text(server.port, words, { from }));
  for (const from of machines) {
    // What would wake each kind of reply: the first dialog, STOP's confirmation, a menu, a list, a cry for help.
    for (const words of ["Votre code est 4711", "STOP", "1", "RAPPEL", "RDV"]) assert.deepEqual(await say(words, from), [], `${from}: ${words}`);
  }
  assert.equal(value(server.data, "SELECT count(*) FROM inbound"), machines.length * 5);
  assert.equal(value(server.data, "SELECT count(*) FROM outbound"), 0);
  assert.equal(value(server.data, "SELECT count(*) FROM conversation"), 0, "no turn is taken");
  assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE state <> 'processed'"), 0);
  const { tasks } = await json(server, "inbox", "tasks", "--kind", "machine_sender");
  assert.deepEqual(tasks.map((task) => task.address).sort(), machines.map((from) => `sms:${from}`).sort());
  assert.ok(tasks.every((task) => task.text === "Votre code est 4711"), "one task for each, with its first text");

  assert.deepEqual(await say("au secours, il me frappe", "EVAM"), []);
  assert.equal((await json(server, "inbox", "tasks", "--kind", "danger")).open, 1, "somebody may write through a web page");

  assert.notDeepEqual(await say("Bonjour", "+33639980001"), [], "a person is answered");
  assert.notDeepEqual(await say("Bonjour", "whatsapp:+33639980002"), [], "…of another service, too");
  assert.equal(gateway.requests, 0);
});

test("nothing is sent to a machine, and staff are told why", async (t) => {
  const { server, gateway } = await start(t);
  for (const [to, why] of [
    ["sms:36105", "36105 is a short code, where a machine reads and no person"],
    ["sms:EVAM", "EVAM is a sender's name and no number: nothing can be sent there"],
    ["sms:+41 900 123 456", "+41900123456 is a premium-rate number: who writes there pays dear, and no person reads it"],
  ]) {
    const sent = await office(server, "send", "--to", to, "--text", "Bonjour", "--lang", "fr");
    assert.equal(sent.code, 1);
    assert.ok(sent.stderr.includes(why), sent.stderr);
    const made = await office(server, "appointment", "add", "--to", to, "--at", "2037-03-02 14:30");
    assert.equal(made.code, 1);
    assert.ok(made.stderr.includes("ask for another number"), made.stderr);
  }
  const file = join(server.folder, "appointments.csv");
  writeFileSync(file, "address,date,time\nsms:+41900123456,02.03.2037,14:30\nsms:79 123 45 67,02.03.2037,14:30\n");
  const imported = await office(server, "appointment", "import", file);
  assert.equal(imported.code, 1);
  assert.match(imported.stderr + imported.stdout, /'\+41900123456' is a premium-rate number/);
  assert.match(imported.stderr + imported.stdout, /'79 123 45 67' lacks the country's code/);
  assert.equal(value(server.data, "SELECT count(*) FROM outbound"), 0);
  assert.equal(gateway.requests, 0);
});

test("one phone is one address, however a gateway or staff write it", async (t) => {
  const { server } = await start(t);
  const hear = (id, from) => twilio.send(server.port, {
    method: "GET", path: `/hooks/kannel/${secret}?id=${id}&from=${encodeURIComponent(from)}&text=Bonjour&coding=0&charset=UTF-8&ts=1795968155`,
    headers: { Host: new URL(twilio.publicUrl).host }, body: "",
  });
  for (const [i, from] of ["+41791234567", "0041791234567", "41791234567", "0791234567"].entries())
    assert.equal((await hear(`n-${i}`, from)).status, 200);
  assert.equal((await hear("short", "36105")).status, 200);
  // A user is stored with its key id in front (store/sealed.hpp).
  const users = () => query(server.data, "SELECT user FROM address ORDER BY id").map(([user]) => Buffer.from(user, "hex").subarray(4).toString());
  assert.deepEqual(users(), ["+41791234567", "36105"]);
  assert.equal(value(server.data, "SELECT count(*) FROM outbound o JOIN address a ON a.id = o.address WHERE a.id = 2"), 0);
  for (const address of ["kannel:079 123 45 67", "kannel:+41 (0)79 123 45 67", "kannel:٠٧٩١٢٣٤٥٦٧"])
    assert.equal((await json(server, "contact", "show", address)).address, "kannel:+41791234567", address);
  const other = await office(server, "contact", "show", "kannel:06 12 34 56 78");
  assert.equal(other.code, 1);
  assert.match(other.stderr, /lacks the country's code, and could be another country's number: write sms:\+41791234567/);
});
