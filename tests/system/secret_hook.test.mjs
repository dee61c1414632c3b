// Hooks with a secret in their path: who knows it is heard, who does not sees nothing, and it stands in no log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

const secret = "fiction-0123456789abcdef";
const config = `
[server]
admin_listen = "127.0.0.1:0"
log_level = "debug"
[association]
dir = "config/associations/demo"
[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "${secret}"
username = "passerelle"
password = "another secret of fiction"
from = "+33639980099"
`;

test("a hook with a secret in its path", async (suite) => {
  const server = await Server.start({ folder: temporaryFolder(suite), config });
  suite.after(() => server.close());
  const ask = (method, path, { body = "", headers = {} } = {}) =>
    send(server.port, { method, path, body, headers: { Host: `127.0.0.1:${server.port}`, ...headers } });
  // A user is stored with its key id in front (store/sealed.hpp).
  const texts = () => query(server.data, "SELECT i.provider_id, a.user FROM inbound i JOIN address a ON a.id = i.address ORDER BY i.id")
    .map(([id, user]) => [id, Buffer.from(user, "hex").subarray(4).toString()]);

  await suite.test("hears texts by GET and by POST, and answers without a word", async () => {
    const answers = [
      await ask("GET", `/hooks/kannel/${secret}?id=g-1&from=%2B33639980001&text=Bonjour&coding=0&charset=UTF-8&ts=1795968155`),
      await ask("POST", `/hooks/kannel/${secret}?id=p-1`, {
        body: Buffer.from("سلام", "utf16le").swap16(),
        headers: { "Content-Type": 'text/plain; charset="UTF-16BE"', "X-Kannel-From": "+33639980002", "X-Kannel-Coding": "2" },
      }),
    ];
    for (const answer of answers) assert.deepEqual([answer.status, answer.body], [200, ""]);
    assert.deepEqual(texts(), [["g-1", "+33639980001"], ["p-1", "+33639980002"]]);
  });

  await suite.test("hears reports by GET", async () => {
    const answer = await ask("GET", `/hooks/kannel/${secret}/status?ref=0123456789abcdef0123456789abcdef&type=1&reply=`);
    assert.deepEqual([answer.status, answer.body], [200, ""]);
    assert.deepEqual(query(server.data, "SELECT ref, state FROM receipt"), [["0123456789abcdef0123456789abcdef", "delivered"]]);
  });

  await suite.test("shows nothing to others", async () => {
    const wrong = secret.replace(/.$/, "0");
    for (const path of ["", "/status", `/${wrong}`, `/${wrong}/status`, `/${secret}/statu`, `/${secret}x`, "/status/status"]) {
      for (const method of ["GET", "POST"]) {
        const answer = await ask(method, `/hooks/kannel${path}?id=x&from=%2B33639980003&text=x&ts=1795968155&ref=ab&type=1`);
        assert.deepEqual([answer.status, answer.body], [404, ""], `${method} ${path}`);
      }
    }
    assert.equal(texts().length, 2);
  });

  await suite.test("keeps its secrets out of the log", async () => {
    const end = await server.stop();
    assert.ok(end.stderr.includes("webhook.rejected"), "the log was looked at");
    for (const word of [secret, "another secret"]) assert.ok(!(end.stdout + end.stderr).includes(word), word);
  });
});
