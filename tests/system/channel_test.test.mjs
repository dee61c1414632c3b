// 'passerelle channel test': both ends of a channel are asked, no message is sent, and what is wrong is told in words.
import assert from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { run, Server, temporaryFolder } from "./support/server.mjs";

/** Every gateway's API on one port: answers by path, and keeps what it was asked. */
async function gateways(suite, answers) {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push({ method: request.method, url: request.url, headers: request.headers });
    const [status, body] = answers(request, new URL(request.url, "http://here"));
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise((settle) => server.listen(0, "127.0.0.1", settle));
  suite.after(() => { server.closeAllConnections(); return new Promise((settle) => server.close(settle)); });
  return { asked, url: `http://127.0.0.1:${server.address().port}` };
}

const account = "AC00000000000000000000000000000001";
const number = "+41798070000";
const basic = (user, password) => "Basic " + Buffer.from(`${user}:${password}`).toString("base64");

const channels = (url) => `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "config/associations/demo"
[[channel]]
name = "sms"
gateway = "twilio"
account = "${account}"
token = "the-twilio-token"
from = "${number}"
api_url = "${url}"
[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "0123456789abcdefghijkl"
username = "tester"
password = "the-kannel-password"
from = "+33639980001"
api_url = "${url}/kannel"
[[channel]]
name = "phone"
gateway = "smsgate"
signing_key = "the-signing-key"
username = "sms"
password = "the-phone-password"
api_url = "${url}/phone"
[[channel]]
name = "telegram"
gateway = "telegram"
token = "123456789:AAFictionFictionFictionFictionFiction"
hook_secret = "0123456789abcdefghijkl"
api_url = "${url}"
[[channel]]
name = "whatsapp"
gateway = "whatsapp"
phone_number_id = "106540352242922"
app_secret = "the-app-secret"
verify_token = "a-word-of-ours"
token = "EAAfiction"
api_url = "${url}"
[[channel]]
name = "messenger"
gateway = "messenger"
page = "1067280970047460"
app_secret = "the-app-secret"
verify_token = "a-word-of-ours"
token = "EAAfiction"
api_url = "${url}"
[[channel]]
name = "viber"
gateway = "viber"
token = "445da6az1s345z78"
sender = "Maison"
api_url = "${url}"
[[channel]]
name = "vonage"
gateway = "vonage"
api_key = "abcd1234"
api_secret = "the-vonage-secret"
signature_secret = "a-signature-secret"
from = "${number}"
api_url = "${url}/vonage"
[[channel]]
name = "nexmo"
gateway = "vonage"
api = "sms"
api_key = "abcd1234"
api_secret = "the-vonage-secret"
signature_secret = "a-signature-secret"
from = "${number}"
api_url = "${url}/vonage"
[[channel]]
name = "page"
gateway = "simulator"
[[channel]]
name = "nobody"
gateway = "twilio"
account = "${account}"
token = "the-twilio-token"
from = "${number}"
api_url = "http://127.0.0.1:9"
`;
const secrets = ["the-twilio-token", "the-kannel-password", "the-phone-password", "AAFiction", "the-app-secret", "EAAfiction",
  "445da6az1s345z78", "the-vonage-secret", "a-signature-secret", "the-signing-key", "0123456789abcdefghijkl"];

/** As these gateways answer to somebody whom they know. 'port' is our server's, which some of them have been told. */
const known = (port) => (request, url) => {
  const at = (name) => `http://127.0.0.1:${port}/hooks/${name}`;
  if (url.pathname.endsWith("/IncomingPhoneNumbers.json")) {
    if (request.headers.authorization !== basic(account, "the-twilio-token")) return [401, { code: 20003 }];
    return [200, { incoming_phone_numbers: url.searchParams.get("PhoneNumber") === number ? [{ phone_number: number }] : [] }];
  }
  if (url.pathname === "/kannel/cgi-bin/sendsms") {
    return request.headers["x-kannel-password"] === "the-kannel-password" ? [400, "Missing receiver number, rejected"] : [403, "no"];
  }
  if (url.pathname === "/phone/webhooks")
    return [200, ["received", "sent", "delivered", "failed"].map((event) => ({ event: `sms:${event}`, url: at("phone") }))];
  if (url.pathname.endsWith("/getWebhookInfo")) return [200, { ok: true, result: { url: at("telegram") } }];
  if (url.pathname.startsWith("/v25.0/")) {
    if (request.headers.authorization !== "Bearer EAAfiction") return [401, { error: { code: 190 } }];
    return [200, { id: url.pathname.slice(7) }];
  }
  if (url.pathname === "/pa/get_account_info") return [200, { status: 0, webhook: at("viber") }];
  if (url.pathname === "/vonage/accounts/abcd1234/secrets") return [200, { _embedded: { secrets: [] } }];
  if (url.pathname === "/vonage/account/get-balance") return [200, { value: 10.28 }];
  return [404, ""];
};

async function start(suite, answers) {
  let port = 0;
  const ends = await gateways(suite, (request, url) => answers(port)(request, url));
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: channels(ends.url) });
  suite.after(() => server.close());
  port = server.port;
  return { server, ...ends };
}

const command = (server, name, ...more) =>
  run(["channel", "test", name, "--data", server.data, "--config", `${server.folder}/passerelle.toml`, ...more]);

async function checks(server, name, code) {
  const end = await command(server, name, "--json");
  assert.equal(end.code, code, name + end.stdout + end.stderr);
  const told = JSON.parse(end.stdout);
  assert.equal(told.ok, code === 0);
  return Object.fromEntries(told.checks.map((row) => [row.check, row]));
}

test("every gateway that knows us and every hook that is ours pass, and nothing is sent or kept", async (suite) => {
  const { server, asked } = await start(suite, known);
  for (const name of ["sms", "kannel", "phone", "telegram", "whatsapp", "messenger", "viber", "vonage", "nexmo"]) {
    const { gateway, hook, stranger } = await checks(server, name, 0);
    assert.deepEqual([name, gateway.result, hook.result, stranger.result], [name, "ok", "ok", "ok"], JSON.stringify([gateway, hook, stranger]));
  }
  assert.equal(asked.length, 9, "one request each");
  assert.deepEqual(["inbound", "outbound", "receipt", "address"].map((table) => value(server.data, `SELECT count(*) FROM ${table}`)), [0, 0, 0, 0]);
  const { gateway, hook } = await checks(server, "page", 0);
  assert.deepEqual([gateway.result, hook.result], ["skipped", "skipped"]);
  const shown = await command(server, "sms");
  assert.match(shown.stdout, /^CHECK +RESULT +WHAT +REMEDY$/m);
  assert.match(shown.stdout, /^gateway +ok +the gateway knows this account and its number$/m);
  const { stderr } = await server.stop();
  for (const secret of secrets) assert.ok(!stderr.includes(secret) && !shown.stdout.includes(secret), secret);
});

test("what is wrong is told in plain words, with an exit code of 1", async (suite) => {
  let twilio = [401, { code: 20003 }];
  const { server } = await start(suite, (port) => (request, url) => {
    if (url.pathname.startsWith("/2010-04-01/")) return twilio;
    if (url.pathname.endsWith("/getWebhookInfo")) return [200, { ok: true, result: { url: "" } }];
    if (url.pathname.startsWith("/v25.0/")) return [400, { error: { code: 100, error_subcode: 33 } }];
    if (url.pathname.startsWith("/kannel/")) return [403, "Authorization failed for sendsms"];
    return known(port)(request, url);
  });
  const says = async (name, words) => {
    const { gateway, hook } = await checks(server, name, 1);
    assert.equal(gateway.result, "failed");
    assert.match(gateway.what, words);
    assert.ok(gateway.remedy.length > 0);
    assert.equal(hook.result, "ok", "our own end is told apart from theirs");
  };
  await says("sms", /answered 401: it does not accept the account or the secret/);
  twilio = [404, {}];
  await says("sms", /answered 404: there is no such account, or nothing at this address/);
  twilio = [200, { incoming_phone_numbers: [] }];
  await says("sms", /this is not one of its numbers/);
  twilio = [200, "<html>It works!</html>"];
  await says("sms", /not Twilio's API/);
  twilio = [503, ""];
  await says("sms", /answered 503: it is out of order/);
  await says("telegram", /no webhook is set: nothing that people write comes to us/);
  await says("whatsapp", /nothing has this id/);
  await says("kannel", /does not accept the account/);
  await says("nobody", /^http:\/\/127\.0\.0\.1:9: nothing answers there: the connection is refused/);

  const mistyped = await command(server, "telegam");
  assert.equal(mistyped.code, 1);
  assert.match(mistyped.stderr, /there is no channel 'telegam'; did you mean 'telegram'\?/);
});

test("a hook that leads elsewhere is found out: to nobody, to a name without an address, to somebody else, and to no TLS", async (suite) => {
  const elsewhere = await gateways(suite, () => [200, ""]);
  const mute = net.createServer((socket) => socket.on("error", () => {}).destroy());
  await new Promise((settle) => mute.listen(0, "127.0.0.1", settle));
  suite.after(() => new Promise((settle) => mute.close(settle)));
  const row = (name, url) => `
[[channel]]
name = "${name}"
gateway = "twilio"
account = "${account}"
token = "the-twilio-token"
from = "${number}"
api_url = "${elsewhere.url}"
callback_url = "${url}/hooks/${name}"
`;
  const config = `[server]\nadmin_listen = "127.0.0.1:0"\n[association]\ndir = "config/associations/demo"\n` +
    row("nobody", "http://127.0.0.1:9") + row("noname", "https://passerelle.invalid") + row("other", elsewhere.url) +
    row("plain", elsewhere.url.replace("http:", "https:")) + row("cut", `http://127.0.0.1:${mute.address().port}`);
  const server = await Server.start({ folder: temporaryFolder(suite), config });
  suite.after(() => server.close());
  const says = async (name, check, words) => {
    const told = (await checks(server, name, 1))[check];
    assert.equal(told.result, "failed", JSON.stringify(told));
    assert.match(told.what, words);
  };
  await says("nobody", "hook", /127\.0\.0\.1:9: nothing answers there/);
  await says("noname", "hook", /this name has no address \(DNS\)/);
  await says("other", "stranger", /a request with a wrong signature was answered with 200 and not refused/);
  await says("plain", "hook", /the secure connection fails/);
  // A reset or an end, as the kernel likes.
  await says("cut", "hook", /the connection is cut before an answer is complete|does not speak HTTP/);
});

test("without a running server it says so, with the exit code of what cannot be reached", async (suite) => {
  const { server } = await start(suite, known);
  await server.stop();
  const end = await command(server, "sms");
  assert.equal(end.code, 4);
  assert.match(end.stderr, /this needs a running server/);
});
