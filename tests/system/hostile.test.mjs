// What strangers send (docs/GUARANTEES.md, B1-B9): each is refused or cut off, and a good request is answered after it.
// Most are well-signed requests with one thing wrong, so that only the guard under test stands in their way.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { value } from "./support/database.mjs";
import { exchange, hold } from "./support/raw.mjs";
import { Server, atMost, sanitized, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const host = "Host: sms.example.org";

/** A good request, taken apart: 'lines' replace its framing, 'first' its request line, 'body' its body. */
function good({ first, lines, body, hosts = [host], before = [], path = twilio.hook, params = twilio.message("Bonjour") } = {}) {
  const request = twilio.signed(params, { path });
  const header = [
    first ?? `POST ${path} HTTP/1.1`, ...before, ...hosts, "Content-Type: application/x-www-form-urlencoded",
    `X-Twilio-Signature: ${request.headers["X-Twilio-Signature"]}`,
    ...(lines?.(request.body) ?? [`Content-Length: ${request.body.length}`]),
  ];
  return `${header.join("\r\n")}\r\n\r\n${body?.(request.body) ?? request.body}`;
}

const chunk = (text, extension = "") => `${text.length.toString(16)}${extension}\r\n${text}\r\n`;
const chunked = (text) => `${chunk(text)}0\r\n\r\n`;
const next = () => good({ lines: (body) => [`Content-Length: ${body.length}`, "Connection: close"] });

/** Framing that nobody else need understand as we do: the connection must end, and what follows must not be heard. */
const framing = {
  "a chunked body": { bytes: good({ lines: () => ["Transfer-Encoding: chunked"], body: chunked }) + next(), statuses: [411] },
  "B1 a chunked trailer of 200 KB": {
    bytes: good({ lines: () => ["Transfer-Encoding: chunked"], body: (body) => `${chunk(body)}0\r\nX: ${"t".repeat(200_000)}\r\n\r\n` }) + next(),
  },
  "B1 a chunked trailer of many fields": {
    bytes: good({ lines: () => ["Transfer-Encoding: chunked"], body: (body) => `${chunk(body)}0\r\n${"X-T: t\r\n".repeat(20_000)}\r\n` }) + next(),
  },
  "B2 a chunk extension of 8 MB": {
    bytes: good({ lines: () => ["Transfer-Encoding: chunked"], body: (body) => `${chunk(body, `;x=${"e".repeat(8 << 20)}`)}0\r\n\r\n` }) + next(),
  },
  "B3 Transfer-Encoding: chunked, identity": { bytes: good({ lines: () => ["Transfer-Encoding: chunked, identity"], body: chunked }) + next() },
  "B3 Transfer-Encoding: xchunked": { bytes: good({ lines: () => ["Transfer-Encoding: xchunked"], body: () => "" }) + next() },
  "B3 Transfer-Encoding: identity": { bytes: good({ lines: (body) => ["Transfer-Encoding: identity", `Content-Length: ${body.length}`] }) + next() },
  "B3 two Transfer-Encodings": { bytes: good({ lines: () => ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], body: chunked }) + next() },
  "B4 Transfer-Encoding, then Content-Length": { bytes: good({ lines: (body) => ["Transfer-Encoding: gzip", `Content-Length: ${body.length}`] }) + next() },
  "B4 Content-Length, then Transfer-Encoding": { bytes: good({ lines: (body) => [`Content-Length: ${body.length}`, "Transfer-Encoding: chunked"], body: chunked }) + next() },
  "B5 HTTP/1.0 with chunks": { bytes: good({ first: `POST ${twilio.hook} HTTP/1.0`, lines: () => ["Transfer-Encoding: chunked", "Connection: keep-alive"], body: chunked }) + next() },
  "B6 the signature in a trailer": {
    bytes: good({ lines: () => ["Transfer-Encoding: chunked"], body: (body) => chunked(body).replace(/\r\n$/, "X-Twilio-Signature: x\r\nHost: evil.example\r\n\r\n") }) + next(),
  },
  "B7 two Hosts": { bytes: good({ hosts: [host, host] }) + next() },
  "B7 two different Hosts": { bytes: good({ hosts: [host, "Host: evil.example"] }) + next() },
  "B7 no Host": { bytes: good({ hosts: [] }) + next() },
  "B7 an empty Host": { bytes: good({ hosts: ["Host:"] }) + next() },
  "B7 Content-Length: 5, 5": { bytes: good({ lines: (body) => [`Content-Length: ${body.length}, ${body.length}`] }) + next() },
  "B7 the same Content-Length twice": { bytes: good({ lines: (body) => Array(2).fill(`Content-Length: ${body.length}`) }) + next() },
  "B7 two different Content-Lengths": { bytes: good({ lines: (body) => ["Content-Length: 0", `Content-Length: ${body.length}`] }) + next() },
  "B7 Content-Length: +5": { bytes: good({ lines: (body) => [`Content-Length: +${body.length}`] }) + next() },
  "B7 Content-Length: -1": { bytes: good({ lines: () => ["Content-Length: -1"] }) + next() },
  "B7 Content-Length in hexadecimal": { bytes: good({ lines: (body) => [`Content-Length: 0x${body.length.toString(16)}`] }) + next() },
  "B7 Content-Length beyond 64 bits": { bytes: good({ lines: () => ["Content-Length: 99999999999999999999999"] }) + next() },
  "B7 a folded header": { bytes: good({ before: ["X-A: b", " c"] }) + next() },
  "B7 an absolute-form target": { bytes: good({ first: `POST https://sms.example.org${twilio.hook} HTTP/1.1` }) + next() },
  "B7 a target in raw UTF-8": { bytes: Buffer.from(good({ first: `POST ${twilio.hook}?é HTTP/1.1` }) + next()) },
  "B7 a target with a space": { bytes: good({ first: `POST ${twilio.hook}?a b HTTP/1.1` }) + next() },
  "B7 a space before the colon": { bytes: good({ before: ["X-A : b"] }) + next() },
  "B7 a zero byte in a header": { bytes: good({ before: ["X-A: b\0c"] }) + next() },
  "B7 bare line feeds": { bytes: good().replaceAll("\r\n", "\n") },
  "B7 a header without a colon": { bytes: good({ before: ["nonsense"] }) + next() },
  "B7 HTTP/9.9": { bytes: good({ first: `POST ${twilio.hook} HTTP/9.9` }) + next() },
  "B8 a header of 64 KB": { bytes: good({ before: [`X-Long: ${"x".repeat(65_536)}`] }) + next() },
  "5,000 headers": { bytes: good({ before: Array.from({ length: 5_000 }, (_, i) => `X-${i}: y`) }) + next() },
  "a target of 17 KB": { bytes: good({ path: `${twilio.hook}?${"q".repeat(17 << 10)}` }) + next() },
  "a body over the limit": { bytes: [good({ lines: () => ["Content-Length: 10485760"] }), Buffer.alloc(1 << 20, "x")], statuses: [413] },
  "a TLS hello": { bytes: Buffer.from("16030100a1010000990303" + "5a".repeat(160) + "0d0a0d0a", "hex") },
  "an HTTP/2 preface": { bytes: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\x04\0\0\0\0\0" },
  "random bytes": { bytes: Buffer.concat([randomBytes(4096), Buffer.from("\r\n\r\n")]) },
  "zero bytes": { bytes: Buffer.alloc(70_000) },
  "line feeds without end": { bytes: "\r\n".repeat(40_000) },
};

/** Understood, and refused politely. */
const refused = {
  "a lower-case method": [good({ first: `post ${twilio.hook} HTTP/1.1`, lines: closing }), [400, 405, 501]],
  "TRACE": [good({ first: `TRACE ${twilio.hook} HTTP/1.1`, lines: closing }), [400, 405, 501]],
  "CONNECT": ["CONNECT sms.example.org:443 HTTP/1.1\r\nHost: sms.example.org\r\nConnection: close\r\n\r\n", [400, 405, 501]],
  "OPTIONS *": ["OPTIONS * HTTP/1.1\r\nHost: sms.example.org\r\nConnection: close\r\n\r\n", [400, 405, 501]],
  "DELETE": [good({ first: `DELETE ${twilio.hook} HTTP/1.1`, lines: closing }), [405, 501]],
  "another Host": [good({ hosts: ["Host: evil.example"], lines: closing }), [421]],
  "a Host that begins well": [good({ hosts: ["Host: sms.example.org.evil.example"], lines: closing }), [400, 421]],
  "an unknown path": [good({ path: "/hooks/none", lines: closing }), [404]],
  "a path that climbs": [good({ path: "/hooks/../hooks/sms", lines: closing }), [400, 403, 404]],
  "an encoded path": [good({ path: "/hooks/%73ms", lines: closing }), [403, 404]],
  "a long target outside the hooks": [good({ path: `/${"q".repeat(3_000)}`, lines: closing }), [404, 414]],
  "B9 a WebSocket": [
    `GET ${twilio.hook} HTTP/1.1\r\n${host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    [400, 403, 404, 405, 426],
  ],
  "an unknown expectation": [good({ lines: (body) => [...closing(body), "Expect: 200-maybe"] }), [417, 400]],
};

function closing(body) {
  return [`Content-Length: ${body.length}`, "Connection: close"];
}

test("hostile requests", async (suite) => {
  const folder = temporaryFolder(suite);
  const server = await Server.start({ folder, config: twilio.configuration(folder) });
  suite.after(() => server.close());
  let taken = 0;
  const nothingElseTaken = () => assert.equal(value(server.data, "SELECT count(*) FROM inbound"), taken, "nothing else was taken in");
  const answersWell = async (within) => {
    assert.ok(twilio.readTwiml(await twilio.text(server.port, "Bonjour", { within, from: `+3363998${7_000 + taken}` })).length > 0);
    ++taken;
  };

  await suite.test("the good request of this test is good", async () => {
    const seen = await exchange(server.port, next());
    assert.deepEqual(seen.statuses, [200], seen.text);
    assert.ok(seen.closed);
    const twice = await exchange(server.port, good() + next());
    assert.deepEqual(twice.statuses, [200, 200], "and two of them may share a connection");
    taken += 3;
  });

  for (const [name, { bytes, statuses }] of Object.entries(framing)) {
    await suite.test(`${name}: the connection ends, and nothing after it is heard`, async () => {
      const seen = await exchange(server.port, bytes, { within: 8_000 });
      assert.ok(seen.closed, `still open after ${seen.ms.toFixed(0)} ms: ${seen.text.slice(0, 200)}`);
      assert.ok(seen.statuses.length <= 1 && seen.statuses.every((status) => status >= 400 && status < 500), seen.text);
      if (statuses && seen.statuses.length) assert.deepEqual(seen.statuses, statuses);
      await answersWell();
      nothingElseTaken();
    });
  }

  for (const [name, [bytes, allowed]] of Object.entries(refused)) {
    await suite.test(`${name} is refused`, async () => {
      const seen = await exchange(server.port, bytes);
      assert.equal(seen.statuses.length, 1, seen.text);
      assert.ok(allowed.includes(seen.statuses[0]), seen.text);
      assert.ok(seen.closed);
      await answersWell();
      nothingElseTaken();
    });
  }

  await suite.test("no refusal tells who we are", async () => {
    for (const bytes of ["GET / HTTP/1.1\r\nHost: sms.example.org\r\nConnection: close\r\n\r\n", "nonsense\r\n\r\n", refused["another Host"][0]]) {
      const seen = await exchange(server.port, bytes);
      assert.ok(!/passerelle|boost|beast|sqlite|\/home|\.cpp/i.test(seen.text), seen.text);
    }
  });

  await suite.test("300 half-open requests do not keep a good one waiting, and are cut off", async () => {
    const beginnings = ["", "P", "POST /hooks/sms HTTP/1.1\r\n", `POST ${twilio.hook} HTTP/1.1\r\n${host}\r\nX-Slow: `];
    const held = await Promise.all(Array.from({ length: 300 }, (_, i) => hold(server.port, beginnings[i % beginnings.length])));
    const dripping = await hold(server.port, good({ lines: () => ["Content-Length: 60000"], body: () => "x" }));
    const started = performance.now();
    await answersWell(2_000);
    const drip = setInterval(() => dripping.socket.writable && dripping.socket.write("x"), 500);
    // Deadlines: 10 s for a header, 5 s and then 500 bytes a second for a body.
    await atMost(sanitized ? 40_000 : 20_000, Promise.all([...held, dripping].map((one) => one.ended)));
    clearInterval(drip);
    const left = [...held, dripping].filter((one) => !one.closed);
    [...held, dripping].forEach((one) => one.socket.destroy());
    assert.equal(left.length, 0, `${left.length} still open after ${(performance.now() - started).toFixed(0)} ms`);
    await answersWell();
  });

  await suite.test("a client that leaves in the middle harms nobody", async () => {
    const bytes = good();
    for (let length = 1; length < bytes.length; length += 37) {
      const held = await hold(server.port, bytes.slice(0, length));
      held.socket.resetAndDestroy();
    }
    await answersWell();
  });

  await suite.test("it is the same server as in the beginning, and ends in order", async () => {
    const end = await server.stop();
    assert.ok(!/AddressSanitizer|runtime error|terminate called/.test(end.stderr), end.stderr.slice(-2_000));
  });
});
