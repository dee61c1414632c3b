// A gateway that wants a sign-in, by the preset 'orange': one token carries the texts of its hour, and is renewed before
// its end and after it was revoked. While there is none, texts wait: none is lost, and none is sent twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { configuration } from "./support/described.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { messages } from "./support/ledger.mjs";
import { exchange } from "./support/raw.mjs";
import { filesOf, found } from "./support/secrets.mjs";
import { Server, run, temporaryFolder } from "./support/server.mjs";
import { TokenGateway, account, apiKey, hookSecret } from "./support/token_gateway.mjs";

const begin = Date.parse("2027-03-22T09:00:00Z"); // a Monday
let people = 0;

async function open(suite, { clock = true } = {}) {
  const folder = temporaryFolder(suite);
  const gateway = await TokenGateway.start(suite);
  if (clock) gateway.now = begin;
  const block = `preset = "orange"\napi_url = "${gateway.url}"\naccount = "${account}"\nfrom = "+2160000"\n`;
  const config = configuration(folder, block, { api_key: apiKey, hook_secret: hookSecret });
  const house = { folder, gateway, config, args: clock ? ["--clock", new Date(begin).toISOString()] : [] };
  house.start = async () => (house.server = await Server.start({ folder, config, args: house.args }));
  suite.after(() => house.server.close());
  await house.start();
  house.at = async (minutes) => {
    gateway.now = begin + minutes * 60_000;
    await office(house.server, "clock", { time: new Date(gateway.now).toISOString() });
  };
  house.send = async (count) => {
    const phones = Array.from({ length: count }, () => `+3363998${String(++people).padStart(4, "0")}`);
    for (const to of phones) await office(house.server, "send", { to: `sms:${to}`, text: `Bonjour ${to}`, language: "fr", class: "crisis" });
    return phones;
  };
  house.states = () => messages(house.server.data).map(({ state }) => state);
  house.all = (state) => eventually(() => house.states().every((each) => each === state) || house.states().join());
  house.doctor = async () => (await run(["doctor", "--config", `${folder}/passerelle.toml`, "--data", house.server.data])).stdout;
  house.onceEach = (phones) => { for (const phone of phones) assert.equal(gateway.of(phone).length, 1, phone); };
  return house;
}

test("one token carries the texts of its hour, and is renewed in time and after it was revoked", async (suite) => {
  const house = await open(suite);
  const { gateway } = house;
  assert.equal(gateway.signIns, 0, "nothing waits");
  const first = await house.send(20);
  await house.all("sent");
  house.onceEach(first);
  assert.equal(gateway.signIns, 1);
  await house.at(58);
  house.onceEach(await house.send(1).then(async (phones) => { await house.all("sent"); return phones; }));
  assert.equal(gateway.signIns, 1);
  await house.at(59.5);
  const late = await house.send(5);
  await house.all("sent");
  house.onceEach(late);
  assert.deepEqual([gateway.signIns, gateway.refused], [2, 0], "before the gateway had to refuse it");

  gateway.revoke();
  const revoked = await house.send(12);
  await house.all("sent");
  house.onceEach(revoked);
  assert.equal(gateway.signIns, 3);
  assert.ok(gateway.refused >= 1);
  assert.equal(gateway.mostAtOnce, 1);
  assert.equal(messages(house.server.data).filter(({ state }) => state !== "sent").length, 0);
});

test("while no token is given texts wait, and what is wrong is told", async (suite) => {
  const house = await open(suite);
  const { gateway } = house;
  gateway.script = () => ({ status: 500, body: { error: "server_error", echo: apiKey } });
  const phones = await house.send(30);
  await house.at(20);
  assert.ok(gateway.signIns >= 15 && gateway.signIns <= 28, `${gateway.signIns} sign-ins in 20 minutes`);
  assert.deepEqual([gateway.texts.length, gateway.mostAtOnce], [0, 1]);
  assert.ok(house.states().every((state) => state === "queued"), house.states().join());
  assert.match(await house.doctor(), /^wrong +channel\.sign_in: channel sms: the gateway gives us no token.*; find out why: passerelle channel test sms$/m);
  const { checks } = await office(house.server, "channel.test", { name: "sms" });
  assert.match(checks[0].what, /answered 500: it is out of order/);
  gateway.script = () => null;
  await house.at(22);
  await house.all("sent");
  house.onceEach(phones);
  assert.ok(!/channel\.sign_in/.test(await house.doctor()));
});

test("an account that is refused stops the channel until a person has mended it", async (suite) => {
  const house = await open(suite);
  const { gateway } = house;
  gateway.script = () => ({ status: 401, body: { error: "invalid_client" } });
  const phones = await house.send(3);
  await house.at(60);
  assert.equal(gateway.signIns, 1, "or the gateway locks the account");
  await house.all("queued");
  assert.match(await house.doctor(), /^wrong +channel\.sign_in: channel sms: the gateway refused our sign-in \(invalid_client\).*channel resume sms$/m);
  const { checks } = await office(house.server, "channel.test", { name: "sms" });
  assert.match(`${checks[0].what}; ${checks[0].remedy}`, /answered 401 and gives no token.*channel resume sms/);
  gateway.script = () => null;
  assert.equal((await office(house.server, "channel.test", { name: "sms" })).checks[0].result, "ok");
  await office(house.server, "channel.resume", { name: "sms" });
  await house.all("sent");
  house.onceEach(phones);
});

test("a process that ends while it waits for a token leaves no doubt about any text", async (suite) => {
  const house = await open(suite, { clock: false });
  const { gateway } = house;
  gateway.script = () => "hang";
  const phones = await house.send(5);
  await eventually(() => gateway.signIns === 1 || `${gateway.signIns} sign-ins`);
  phones.push(...await house.send(5));
  assert.equal(gateway.signIns, 1, "one at a time, however slow");
  await house.server.kill();
  gateway.script = () => null;
  gateway.release();
  await house.start();
  await house.all("sent");
  house.onceEach(phones);
});

test("neither the token nor what it was asked for with is told", async (suite) => {
  const house = await open(suite);
  const { gateway } = house;
  await house.send(3);
  await house.all("sent");
  gateway.script = () => ({ status: 400, body: { error: apiKey, error_description: account, access_token: "spoiled" } });
  gateway.revoke();
  await house.send(3);
  await house.at(5);
  await office(house.server, "channel.test", { name: "sms" });
  const secrets = [{ channel: "sms", key: "api_key", text: apiKey }, ...gateway.tokens.map(({ token }, i) => ({ channel: "sms", key: `token ${i}`, text: token }))];
  assert.ok(secrets.length >= 2);
  const metrics = (await exchange(house.server.adminPort, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).text;
  assert.match(metrics, /^passerelle_channel_signed_out\{channel="sms"\} 1$/m);
  for (const [what, place] of [["metrics", metrics], ["doctor", await house.doctor()], ["log", house.server.text.stderr + house.server.text.stdout],
    ["staff", JSON.stringify(await office(house.server, "channel.list"))], ...filesOf(house.server.data)])
    assert.deepEqual(found(secrets, place), [], what);
});
