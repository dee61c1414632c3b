// TLS by files: what Node's own TLS and OpenSSL's client say of it, and a certificate that is renewed under a running server.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import https from "node:https";
import net from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import tls from "node:tls";
import { Server, pause, run, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const host = "sms.example.org";

function certificate(folder, name, { kind = "ec", days = 300 } = {}) {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const algorithm = kind === "ec" ? ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] : ["rsa:2048"];
  const done = spawnSync("openssl", ["req", "-x509", "-newkey", ...algorithm, "-nodes", "-days", String(days), "-subj", `/CN=${host}/O=${name}`,
    "-addext", `subjectAltName=DNS:${host}`, "-keyout", key, "-out", cert], { encoding: "utf8" });
  assert.equal(done.status, 0, done.stderr);
  return { cert, key };
}

/** A server with the pair 'one' in place, as cert.pem and cert.key. */
async function start(t, kind) {
  const folder = temporaryFolder(t);
  install(folder, certificate(folder, "one", { kind }));
  const config = twilio.configuration(folder).replace("[server]", `[server]\ntls_cert = "${folder}/cert.pem"\ntls_key = "${folder}/cert.key"`);
  const server = await Server.start({ folder, config });
  t.after(() => server.close());
  assert.match(server.text.stdout, /^listening on https:\/\/127\.0\.0\.1:\d+ \(admin http:/m);
  return { folder, server };
}

/** As certificate programs do: each file appears whole under its name. */
function install(folder, { cert, key }) {
  for (const [from, to] of [[key, "cert.key"], [cert, "cert.pem"]]) {
    copyFileSync(from, join(folder, `${to}.new`));
    renameSync(join(folder, `${to}.new`), join(folder, to));
  }
}

function connect(port, options = {}) {
  return new Promise((settle, fail) => {
    const socket = tls.connect({ host: "127.0.0.1", port, servername: host, rejectUnauthorized: false, ...options }, () => settle(socket));
    socket.once("error", fail);
    socket.setTimeout(20_000, () => socket.destroy(new Error("no answer in time")));
  });
}

const organisation = async (port) => {
  const socket = await connect(port);
  const name = socket.getPeerCertificate().subject.O;
  socket.destroy();
  return name;
};

async function until(done, what, within = 20_000) {
  for (const started = performance.now(); performance.now() - started < within; await pause(50)) if (await done()) return;
  throw new Error(`not in time: ${what}`);
}

const get = (port, options = {}) => new Promise((settle, fail) => {
  const sent = https.request({ host: "127.0.0.1", port, path: "/hooks/sms", servername: host, headers: { Host: host }, rejectUnauthorized: false, ...options }, (response) => {
    const { statusCode, socket: { localPort } } = response;  // later the socket is the agent's again
    response.resume();
    response.on("end", () => settle({ statusCode, localPort }));
  });
  sent.setTimeout(20_000, () => sent.destroy(new Error("no answer in time")));
  sent.on("error", fail);
  sent.end(options.body);
});

test("webhooks are heard over TLS 1.2 and 1.3, many on one connection, with a certificate that verifies", async (t) => {
  const { folder, server } = await start(t);
  const ca = readFileSync(join(folder, "cert.pem"));
  for (const version of ["TLSv1.2", "TLSv1.3"]) {
    const socket = await connect(server.port, { minVersion: version, maxVersion: version, ca, rejectUnauthorized: true, ALPNProtocols: ["h2", "http/1.1"] });
    assert.equal(socket.getProtocol(), version);
    assert.equal(socket.alpnProtocol, "http/1.1");
    socket.destroy();
  }
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const ports = new Set();
  for (let n = 0; n < 50; n++) {
    const request = twilio.signed(twilio.message("Bonjour ".repeat(n + 1)));
    const response = await get(server.port, { agent, method: request.method, path: request.path, headers: { ...request.headers, "Content-Length": Buffer.byteLength(request.body) }, body: request.body });
    assert.equal(response.statusCode, 200);
    ports.add(response.localPort);
  }
  assert.equal(ports.size, 1, "one connection carried all");
  await server.stop();
});

test("nothing older than TLS 1.2 is spoken, and OpenSSL's client sees an orderly end", async (t) => {
  const { server } = await start(t, "rsa");
  const client = (...more) => spawnSync("openssl", ["s_client", "-connect", `127.0.0.1:${server.port}`, "-servername", host, ...more],
    { encoding: "utf8", input: `GET /nothing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, timeout: 20_000 });
  for (const version of ["-tls1", "-tls1_1"]) {
    const end = client(version, "-cipher", "ALL:@SECLEVEL=0", "-ign_eof");
    assert.match(end.stdout + end.stderr, /alert protocol version|unsupported protocol|no protocols available/i, version);
    assert.ok(!end.stdout.includes("HTTP/1.1 404"), version);
  }
  for (const version of ["-tls1_2", "-tls1_3"]) {
    const end = client(version, "-ign_eof");
    assert.match(end.stdout, /HTTP\/1\.1 404/, version + end.stderr);
    assert.ok(!/unexpected eof/i.test(end.stderr), `${version}: it ends with a close_notify\n${end.stderr}`);
  }
  await server.stop();
});

test("who does not speak TLS is sent away, and hurts nobody", async (t) => {
  const { server } = await start(t);
  const answers = await Promise.all(["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\x16\x03\x01\x02\x00\x01", "\0".repeat(2000), "x"].map((bytes) => new Promise((settle) => {
    const parts = [];
    const socket = net.connect(server.port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => {});
    socket.on("close", () => settle(Buffer.concat(parts).toString("latin1")));
  })));
  for (const answer of answers) assert.ok(!answer.includes("HTTP/1.1 200"), answer);
  assert.equal((await get(server.port, { path: "/nothing" })).statusCode, 404);
  await server.stop();
});

test("a new certificate is taken up without a restart, and open connections go on", async (t) => {
  const { folder, server } = await start(t);
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const first = await get(server.port, { agent, path: "/nothing" });
  const port = first.localPort;
  assert.equal(await organisation(server.port), "one");
  install(folder, certificate(folder, "two"));
  await until(async () => (await organisation(server.port)) === "two", "the new certificate, by itself");
  assert.match(server.text.stderr, /evt=tls\.changed/);
  const second = await get(server.port, { agent, path: "/nothing" });
  assert.equal(second.localPort, port, "the same connection");
  install(folder, certificate(folder, "three"));
  process.kill(server.pid, "SIGHUP");
  await until(async () => (await organisation(server.port)) === "three", "the new certificate, by SIGHUP");
  await server.stop();
});

test("a broken new pair leaves the old one in use, says so, and is mended by the next", async (t) => {
  const { folder, server } = await start(t);
  const [two, three] = [certificate(folder, "two"), certificate(folder, "three")];
  for (const [what, spoil] of [["a key of another pair", () => install(folder, { cert: two.cert, key: three.key })],
    ["no certificate", () => writeFileSync(join(folder, "cert.pem"), "nothing of the kind")]]) {
    const before = server.text.stderr.match(/evt=tls\.refused/g)?.length ?? 0;
    spoil();
    process.kill(server.pid, "SIGHUP");
    await until(() => (server.text.stderr.match(/evt=tls\.refused/g)?.length ?? 0) > before, what);
    assert.equal(await organisation(server.port), "one", what);
  }
  const told = server.text.stderr.match(/evt=tls\.refused/g).length;
  await pause(6_000);  // it looks at the files every five seconds
  assert.equal(server.text.stderr.match(/evt=tls\.refused/g).length, told, "each change is told once");
  install(folder, three);
  process.kill(server.pid, "SIGHUP");
  await until(async () => (await organisation(server.port)) === "three", "the next pair");
  await server.stop();
});

test("it does not start with a pair that is none, and then says which file and why", async (t) => {
  const folder = temporaryFolder(t);
  const [one, two] = [certificate(folder, "one"), certificate(folder, "two")];
  for (const [cert, key, said] of [[one.cert, two.key, /two\.key: is not the private key of the certificate/], [join(folder, "none"), one.key, /none: no certificate can be read/]]) {
    const end = await run(["serve", "--data", join(folder, "data"), "--listen", "127.0.0.1:0", "--set", "server.admin_listen=127.0.0.1:0", "--set", `server.tls_cert=${cert}`, "--set", `server.tls_key=${key}`]);
    assert.equal(end.code, 3, end.stderr);
    assert.match(end.stderr, said);
  }
  const alone = await run(["serve", "--data", join(folder, "data"), "--set", `server.tls_cert=${one.cert}`]);
  assert.equal(alone.code, 3);
  assert.match(alone.stderr, /'tls_cert' is of no use without 'tls_key'/);
});

test("a handshake that never ends is ended by us, and SIGTERM waits for none", async (t) => {
  const { server } = await start(t);
  const silent = async () => {
    const socket = net.connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("data", () => {});
    await new Promise((settle) => socket.once("connect", settle));
    return { socket, closed: new Promise((settle) => socket.once("close", () => settle(true))) };
  };
  const first = await silent();
  const begun = performance.now();
  assert.equal(await Promise.race([first.closed, pause(25_000).then(() => false)]), true, "a header has ten seconds, a handshake too");
  assert.ok(performance.now() - begun > 5_000, "and not less than a slow telephone line needs");
  const second = await silent();
  const open = await connect(server.port);
  open.on("error", () => {});
  await server.stop();
  assert.equal(await Promise.race([second.closed, pause(5_000).then(() => false)]), true);
  open.destroy();
});
