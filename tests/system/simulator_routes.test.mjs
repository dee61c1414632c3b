// The only write routes of the admin listener: for our own page alone, and without a way to the store.
import assert from "node:assert/strict";
import { test } from "node:test";
import { run, Server, temporaryFolder } from "./support/server.mjs";
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

test("the routes of the simulator", async (suite) => {
  const server = await Server.start({ folder: temporaryFolder(suite), config });
  suite.after(() => server.close());
  const own = { Host: `127.0.0.1:${server.adminPort}`, "Content-Type": "application/json" };
  const request = (method, path, body, headers = {}, port = server.adminPort) => send(port, { method, path, body, headers: { ...own, ...headers } });
  const post = (operation, given, headers) => request("POST", `/simulator/${operation}`, JSON.stringify(given), headers);
  const ask = async (operation, given) => {
    const answer = await post(operation, given);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body);
  };

  await suite.test("its files may load nothing from elsewhere, and nobody may frame them", async () => {
    for (const [path, type] of [["/simulator", "text/html"], ["/simulator?lang=en", "text/html"], ["/simulator.js", "text/javascript"],
      ["/simulator_words.js", "text/javascript"], ["/simulator.css", "text/css"]]) {
      const { status, headers, body } = await request("GET", path, "");
      assert.equal(status, 200, path);
      assert.equal(headers["content-type"], `${type}; charset=utf-8`);
      assert.equal(headers["content-security-policy"],
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cache-control"], "no-store");
      assert.doesNotMatch(body, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|https?:\/\//, path);
    }
  });

  await suite.test("no other site's page can ask it", async () => {
    assert.equal((await post("begin", {}, { Origin: "https://evil.example" })).status, 403);
    assert.equal((await post("begin", {}, { "Sec-Fetch-Site": "cross-site" })).status, 403);
    assert.equal((await post("begin", {}, { Host: "evil.example" })).status, 421);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain; application/json", ""])
      assert.equal((await post("begin", {}, { "Content-Type": type })).status, 415, type);
    assert.equal((await post("begin", {}, { "Content-Type": "application/json; charset=utf-8" })).status, 200);
    assert.equal((await request("GET", "/simulator/begin", "")).status, 405);
  });

  await suite.test("the public listener does not know it", async () => {
    for (const [method, path] of [["GET", "/simulator"], ["GET", "/simulator.js"], ["POST", "/simulator/begin"]])
      assert.equal((await request(method, path, "{}", { Host: `127.0.0.1:${server.port}` }, server.port)).status, 404);
  });

  await suite.test("what is wrong is told", async () => {
    const { id } = await ask("begin", {});
    assert.match(id, /^[0-9a-f]{32}$/);
    for (const [operation, given, what] of [
      ["say", { id }, /write something/], ["say", { id, text: 7 }, /text/], ["say", { text: "a" }, /id/], ["say", { id, text: "a", more: 1 }, /more/],
      ["pass", { id, to: "far" }, /hour, day, due, reminder/], ["act", { id, action: "dance" }, /appointment, move, cancel or contact/],
      ["begin", { language: "xx" }, /does not write in it/], ["begin", { number: "two words" }, /one word/],
    ]) {
      const answer = await post(operation, given);
      assert.equal(answer.status, 400, `${operation} ${JSON.stringify(given)}: ${answer.body}`);
      assert.match(answer.body, what);
    }
    assert.equal((await request("POST", "/simulator/say", "[1")).status, 400);
    assert.equal((await request("POST", "/simulator/say", "x".repeat(70_000))).status, 413);
    assert.equal((await post("dance", { id })).status, 404);
    assert.equal((await post("say", { id: "0".repeat(32), text: "a" })).status, 404);
  });

  await suite.test("twenty visitors at a time; the one who was away longest makes room", async () => {
    const ids = [];
    for (let i = 0; i < 20; ++i) ids.push((await ask("begin", { number: `+4179000${1000 + i}` })).id);
    await ask("say", { id: ids[0], text: "Bonjour" });
    await ask("state", { id: ids[1] });
    const { id } = await ask("begin", {});
    assert.equal((await post("state", { id: ids[1] })).status, 404, "looking alone keeps nobody");
    assert.equal((await ask("state", { id: ids[0] })).messages.length, 2);
    await ask("begin", { instead: id });
    assert.equal((await post("state", { id })).status, 404);
    assert.equal((await ask("state", { id: ids[2] })).number, "+41790001002", "who begins anew takes nobody's room");
  });

  await suite.test("visitors at the same time get their own answers, and the store nothing", async () => {
    await Promise.all(Array.from({ length: 12 }, async (_, i) => {
      const { id } = await ask("begin", { number: `+4179100${1000 + i}` });
      for (let turn = 0; turn < 6; ++turn) await ask("say", { id, text: turn === 0 ? "Bonjour" : String(turn) });
      const page = await ask("state", { id });
      assert.equal(page.number, `+4179100${1000 + i}`);
      assert.equal(page.messages.filter((message) => !message.us).length, 6);
    }));
    const metrics = await request("GET", "/metrics", "");
    assert.doesNotMatch(metrics.body, /^passerelle_inbound\w*(\{[^}]*\})? [1-9]/m);
    const tasks = await run(["inbox", "tasks", "--json", "--data", server.data]);
    const ofPeople = JSON.parse(tasks.stdout).tasks.filter((task) => task.address !== undefined);
    assert.deepEqual(ofPeople, [], "the facts of the demo that have expired are the office's own");
  });

  await suite.test("ends in order", () => server.stop());
});
