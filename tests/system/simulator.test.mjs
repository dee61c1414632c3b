// The gateway for trying out: JSON in, JSON out, from this machine only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

const config = `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "config/associations/demo"
[[channel]]
name = "phone"
gateway = "simulator"
`;

test("the simulator", async (suite) => {
  const server = await Server.start({ folder: temporaryFolder(suite), config });
  suite.after(() => server.close());
  const post = (message, headers = {}) => send(server.port, {
    method: "POST", path: "/hooks/phone", body: JSON.stringify(message),
    headers: { Host: `localhost:${server.port}`, "Content-Type": "application/json", ...headers },
  });

  await suite.test("answers a text, and a repeated one with the same bytes", async () => {
    const hello = { from: "+41790000001", text: "Bonjour", id: "m1" };
    const first = await post(hello);
    assert.equal(first.status, 200);
    const { replies } = JSON.parse(first.body);
    assert.ok(replies.length > 0 && replies.every((reply) => reply.text && /^[0-9a-f]{32}$/.test(reply.ref)), first.body);
    assert.equal((await post(hello)).body, first.body);
  });

  await suite.test("does not hear what came through a proxy, or from a web page", async () => {
    const message = { from: "+41790000001", text: "Bonjour", id: "m2" };
    for (const headers of [{ "X-Forwarded-For": "192.0.2.1" }, { Forwarded: "for=192.0.2.1" }, { "X-Real-IP": "192.0.2.1" }]) {
      const answer = await post(message, headers);
      assert.deepEqual([answer.status, answer.body], [403, ""], JSON.stringify(headers));
    }
    assert.equal((await post(message, { "Content-Type": "text/plain" })).status, 415);
    assert.equal((await post(message, { Host: "evil.example" })).status, 421);
  });

  await suite.test("refuses what is no message", async () => {
    for (const message of [[], {}, { from: "a", text: "b" }, { from: "a", id: "1" }, { text: "b", id: "1" }]) {
      assert.equal((await post(message)).status, 400, JSON.stringify(message));
    }
  });

  await suite.test("ends in order", () => server.stop());
});
