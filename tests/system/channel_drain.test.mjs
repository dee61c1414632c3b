// 'channel drain' empties a channel for good, 'channel catchup' fetches what its gateway has received meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query, value } from "./support/database.mjs";
import { Gateway, configuration, eventually } from "./support/gateway.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const monday = "2027-03-22T09:00:00Z"; // 10:00 in Valmoret: no quiet hours
const phone = "+33639980001";
const other = `
[[channel]]
name = "other"
gateway = "kannel"
hook_secret = "0123456789abcdefghijkl"
username = "tester"
password = "the-kannel-password"
from = "+33639980099"
api_url = "http://127.0.0.1:9"
`;

async function start(suite, { folder = temporaryFolder(suite), gateway, clock = monday } = {}) {
  gateway ??= await Gateway.start(suite);
  const config = configuration(folder, gateway) + other;
  const server = await Server.start({ folder, config, args: ["--clock", clock] });
  suite.after(() => server.close());
  return { folder, gateway, server };
}

const command = ({ folder, server }, ...words) =>
  run([...words, "--data", server.data, "--config", `${folder}/passerelle.toml`, "--json"]);

async function ask(all, ...words) {
  const end = await command(all, ...words);
  assert.equal(end.code, 0, `${words.join(" ")}: ${end.stderr}${end.stdout}`);
  return JSON.parse(end.stdout);
}

const send = (all, words) => ask(all, "send", "--to", `sms:${phone}`, "--text", words, "--lang", "fr", "--class", "reminder");

test("a channel that is drained takes nothing new, sends what waits, and says when it is empty", async (suite) => {
  let all = await start(suite);
  const { gateway } = all;
  gateway.script = () => ({ status: 503 });
  await send(all, "Un");
  await send(all, "Deux");
  const draining = command(all, "channel", "drain", "sms");
  await eventually(async () => (await ask(all, "channel", "list")).channels.find(({ name }) => name === "sms").drained === true || "not yet");
  const withheld = await send(all, "Trois");
  assert.deepEqual([withheld.state, withheld.why], ["withheld", "drained"]);
  assert.equal((await ask(all, "inbox", "tasks", "--kind", "call_or_letter")).tasks.length, 1, "a person is told to call");
  gateway.script = () => "accept";
  await ask(all, "clock", "2027-03-22T10:00:00Z");
  const end = await draining;
  assert.equal(end.code, 0, end.stdout);
  const row = JSON.parse(end.stdout);
  assert.deepEqual([row.drained, row.waiting, row.ok], [true, 0, true]);
  assert.deepEqual(gateway.accepted.map(({ text }) => text), ["Un", "Deux"]);

  // Whoever writes is answered all the same, and a restart changes nothing.
  await all.server.stop();
  all = await start(suite, { folder: all.folder, gateway, clock: "2027-03-22T10:00:00Z" });
  await twilio.text(all.server.port, "Bonjour, je cherche des informations", { from: phone });
  await eventually(() => gateway.accepted.length === 3 || "no reply");
  assert.equal((await send(all, "Quatre")).why, "drained");
  await ask(all, "channel", "resume", "sms");
  await send(all, "Cinq");
  await eventually(() => gateway.accepted.at(-1).text === "Cinq" || "not sent");
});

test("a paused channel cannot be emptied: it says so at once, with an exit code of 1", async (suite) => {
  const all = await start(suite);
  await ask(all, "channel", "pause", "sms");
  await send(all, "Un");
  const end = await command(all, "channel", "drain", "sms");
  assert.equal(end.code, 1);
  const row = JSON.parse(end.stdout);
  assert.deepEqual([row.paused, row.waiting, row.ok], [true, 1, false]);
});

test("what the gateway has received is fetched now, in its order, and once", async (suite) => {
  const all = await start(suite);
  const { gateway, server } = all;
  await eventually(() => value(server.data, "SELECT count(*) FROM channel_state WHERE caught_up_to IS NOT NULL") === 1 || "not begun");
  const minute = (n) => new Date(Date.parse(monday) + n * 60_000);
  const known = twilio.newSid();
  await twilio.text(server.port, "Bonjour", { from: phone, sid: known });
  gateway.missed("premier", phone, minute(1));
  gateway.missed("deuxième", phone, minute(2));
  gateway.missed("troisième", "+33639980003", minute(3));
  const sids = gateway.listed.map(({ sid }) => sid).reverse();
  const before = await ask(all, "channel", "catchup", "sms");
  assert.deepEqual([before.channel, before.listed, before.new], ["sms", 3, 3]);
  const again = await ask(all, "channel", "catchup", "sms");
  assert.deepEqual([again.listed, again.new], [3, 0]);
  const kept = query(server.data, "SELECT provider_id FROM inbound ORDER BY id").map(([id]) => id);
  assert.deepEqual(kept, [known, ...sids]);
  assert.equal(value(server.data, "SELECT count(*) FROM inbound WHERE state = 'processed'"), 4);
});

test("a gateway without a list, and one that does not answer, are told apart", async (suite) => {
  const all = await start(suite);
  const none = await command(all, "channel", "catchup", "other");
  assert.equal(none.code, 1);
  assert.match(none.stdout, /this gateway has no list of what it received/);
  await eventually(() => value(all.server.data, "SELECT count(*) FROM channel_state WHERE caught_up_to IS NOT NULL") === 1 || "not begun");
  await all.gateway.close();
  const gone = await command(all, "channel", "catchup", "sms");
  assert.equal(gone.code, 1);
  assert.match(gone.stdout, /could not be fetched: .*channel test sms/);
});
