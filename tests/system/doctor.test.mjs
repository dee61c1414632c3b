// 'passerelle doctor': every fault that is planted here is told in one line with its remedy, and a sound house is called
// sound. What can be mended safely is, with --fix.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync, writeSync, closeSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { python } from "./support/python.mjs";
import { Server, repository, run, temporaryFolder } from "./support/server.mjs";

const hours = 3_600_000;
let sound;  // a folder that every fault gets a copy of
let keys;   // {recipient, key}
const cleanups = [];
after(() => cleanups.forEach((clean) => clean()));

const association = ({ languages = "[fr]", opening = "{mon: [\"08:30-11:30\"]}", expires = "2037-12-31" } = {}) => `
name: Maison du Pont
demo: true
country: CH
site_language: fr
languages: ${languages}
places:
  - id: valmoret
    name: Maison du Pont
    address: Rue du Pont 3, Valmoret
    phone: "+33 3 53 01 00 12"
    zone: Europe/Zurich
    opening: ${opening}
    source: fiction
    seen: "2026-11-22"
    owner: the demo's author
    expires: "${expires}"
`;

const simulator = '[[channel]]\nname = "demo"\ngateway = "simulator"\n';

function configuration(folder, { server = "", backup = `recipient = "${keys.recipient}"`, channels = simulator } = {}) {
  return `
[server]
admin_listen = "127.0.0.1:0"
data_dir = "${folder}/data"
${server}
[association]
dir = "${folder}/association"
[backup]
dir = "${folder}/backups"
${backup}
${channels}`;
}

before(async () => {
  sound = temporaryFolder({ after: (clean) => cleanups.push(clean) });
  const made = await run(["backup", "keygen", "--json"]);
  assert.equal(made.code, 0, made.stderr);
  keys = JSON.parse(made.stdout);
  mkdirSync(join(sound, "association"));
  writeFileSync(join(sound, "association", "association.yaml"), association());
  const server = await Server.start({ folder: sound, config: configuration(sound) });
  const backup = await run(["backup", "--data", server.data]);
  assert.equal(backup.code, 0, backup.stderr);
  await server.stop();
});

/** A house of its own for one fault. */
class House {
  args = [];

  constructor(t, options) {
    this.folder = temporaryFolder(t);
    this.data = join(this.folder, "data");
    this.file = join(this.folder, "passerelle.toml");
    cpSync(sound, this.folder, { recursive: true, preserveTimestamps: true });
    chmodSync(this.data, 0o700);
    this.configure(options);
  }

  configure(options) {
    writeFileSync(this.file, configuration(this.folder, options), { mode: 0o600 });
    chmodSync(this.file, 0o600);
  }

  path(...names) { return join(this.folder, ...names); }

  write(name, text, mode = 0o600) {
    writeFileSync(this.path(name), text, { mode });
    chmodSync(this.path(name), mode);
    return this.path(name);
  }

  sql(...statements) {
    const script = "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nfor s in sys.argv[2:]: c.execute(s)\nc.commit()\nc.close()";
    const done = spawnSync(python, ["-c", script, join(this.data, "passerelle.db"), ...statements], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
  }

  /** A certificate of its own: {cert, key}. */
  certificate(name, { days = 300, host = "sms.example.org" } = {}) {
    const [cert, key] = [this.path(`${name}.pem`), this.path(`${name}.key`)];
    const done = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", String(days),
      "-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`, "-keyout", key, "-out", cert], { encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
    chmodSync(key, 0o600);
    return { cert, key };
  }

  async doctor(...more) {
    return run(["doctor", "--config", this.file, ...this.args, ...more]);
  }
}

const tls = ({ cert, key }, more = "") => `public_url = "https://sms.example.org"\ntls_cert = "${cert}"\ntls_key = "${key}"\n${more}`;
const old = () => Date.now() - 100 * hours;
const kannel = (conf) => `[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "0123456789abcdefghijkl"
username = "passerelle"
password = "a-password-of-ours"
from = "+33639980001"
${conf ? `conf = "${conf}"` : ""}
`;
const graph = (more) => `[[channel]]
name = "wa"
gateway = "whatsapp"
phone_number_id = "106540352242922"
app_secret = "0123456789abcdef0123456789abcdef"
verify_token = "0123456789abcdefghijkl"
token = "EAAfiction"
api_url = "http://127.0.0.1:9"
${more}`;
const telegram = (more) => `[[channel]]
name = "tg"
gateway = "telegram"
token = "123456789:AAFictionFictionFictionFictionFiction"
hook_secret = "0123456789abcdefghijkl"
${more}`;
const kannelConf = () => readFileSync(join(repository, "config/kannel/kannel.conf"), "utf8");

/** [check, what is planted, what its remedy says]. The plant may return arguments for doctor. */
const faults = [
  ["config.sound", (h) => h.write("passerelle.toml", readFileSync(h.file, "utf8").replace("admin_listen", "admin_lisen")), /did you mean 'admin_listen'/],
  ["content.sound", (h) => h.write("association/association.yaml", association({ languages: "[fr, xx]" })), /add locales\/xx\.json/],
  ["channel.sound", (h) => h.configure({ server: 'public_url = "https://sms.example.org"' }), /take the channel out/],
  ["config.writable", (h) => chmodSync(h.file, 0o622), /chmod 600 /, "mended"],
  ["config.readable", (h) => { h.configure({ channels: graph("") }); chmodSync(h.file, 0o644); }, /chmod 600 /, "mended"],
  ["secret.mode", (h) => { h.write("token", "EAAfiction\n", 0o644); h.configure({ channels: graph("").replace('token = "EAAfiction"', 'token_file = "token"') }); }, /chmod 640 .*token/, "mended"],
  ["secret.short", (h) => h.configure({ channels: graph("").replace("0123456789abcdefghijkl", "short") }), /openssl rand -hex 16/],
  ["data.mode", (h) => chmodSync(h.data, 0o755), /chmod 700 /, "mended"],
  ["data.files", (h) => chmodSync(join(h.data, "passerelle.db"), 0o644), /chmod 600 .*passerelle\.db/, "mended"],
  ["data.left_over", (h) => spawnSync(python, ["-c", "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", join(h.data, "admin.sock")]), /rm .*admin\.sock/, "mended"],
  ["data.socket", (h) => { spawnSync(python, ["-c", "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])", join(h.data, "admin.sock")]); chmodSync(join(h.data, "admin.sock"), 0o666); }, /chmod 600 .*admin\.sock/, "mended"],
  ["database.opens", (h) => writeFileSync(join(h.data, "passerelle.db"), "no database ".repeat(400)), /passerelle restore/],
  ["database.sound", (h) => {
    h.sql("CREATE TABLE extra (x)", "INSERT INTO extra WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT randomblob(200) FROM n");
    const file = openSync(join(h.data, "passerelle.db"), "r+");
    for (let page = 60; page < 140; page += 3) writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    closeSync(file);
  }, /restore the last backup/],
  ["database.schema", (h) => h.sql("PRAGMA user_version = 4711"), /start the newer Passerelle/],
  ["database.log", (h) => { const log = join(h.data, "passerelle.db-wal"); writeFileSync(log, ""); truncateSync(log, 80 * 1024 * 1024); }, /restart the server/],
  ["clock.behind", (h) => utimesSync(join(h.data, "passerelle.db"), new Date(), new Date(Date.now() + 5 * hours)), /timedatectl set-ntp true/],
  ["clock.behind", (h) => h.sql(`INSERT INTO event (at, kind) VALUES (${Date.now() + 30 * hours}, 'test')`), /timedatectl set-ntp true/],
  ["clock.zones", () => ["--clock", "2041-01-01T00:00:00Z"], /apt-get install tzdata/],
  ["association.duty", (h) => h.write("association/association.yaml", association({ opening: "{}" })), /write its 'opening' or 'duty' hours/],
  ["fact.expired", (h) => h.write("association/association.yaml", association({ expires: "2026-01-31" })), /sets 'seen' and 'expires'/],
  ["task.waiting", (h) => h.sql(`INSERT INTO task (ref, kind, opened, renewed) VALUES ('abc', 'call_back', ${old()}, ${old()})`), /inbox tasks --kind call_back/],
  ["inbox.stuck", (h) => h.sql("INSERT INTO address (channel, user, created_at) VALUES ('demo', x'0000000041', 1)",
    "INSERT INTO inbound (channel, provider_id, address, kind, text, sent_at, received_at, state) SELECT 'demo', 'x', id, 'text', x'0000000041', 1, 1, 'stuck' FROM address"), /inbox retry/],
  ["schedule.late", (h) => h.sql(`INSERT INTO due (at, kind, ref) VALUES (${old()}, 'facts.check', 99)`), /passerelle serve/],
  ["channel.none", (h) => h.configure({ channels: "" }), /docs\/GATEWAYS\.md/],
  ["channel.paused", (h) => h.sql(`INSERT INTO channel_state (channel, paused_at, why) VALUES ('demo', ${old()}, 'staff')`), /channel resume demo/],
  ["channel.paused", (h) => h.sql(`INSERT INTO channel_state (channel, drained_at) VALUES ('demo', ${old()})`), /channel resume demo/],
  ["channel.sign_in", (h) => h.sql(`INSERT INTO channel_state (channel, paused_at, why) VALUES ('demo', ${Date.now()}, 'sign_in invalid_client')`), /correct the account and its secret, .*channel resume demo/],
  ["channel.queue", (h) => h.sql("INSERT INTO address (channel, user, created_at) VALUES ('demo', x'0000000041', 1)",
    `INSERT INTO outbound (ref, cause, address, locale, encoding, text, segments, via, state, created_at, state_at, channel, next_at) SELECT 'r', 'c', id, 'fr', 'gsm7', x'0000000041', 1, 'api', 'queued', 1, 1, 'demo', ${old()} FROM address`), /passerelle serve/],
  ["channel.folder", (h) => h.configure({ channels: `[[channel]]\nname = "modem"\ngateway = "gammu"\nspool = "${h.folder}/nowhere"\n` }), /group that owns it/],
  ["channel.traps", (h) => h.configure({ channels: kannel(h.write("kannel.conf", kannelConf().replace(/^http-request-retry.*$/m, ""))) }), /http-request-retry = 100000/],
  ["channel.traps", (h) => h.configure({ channels: kannel(h.write("kannel.conf", kannelConf().replace("dlr-storage = spool", "dlr-storage = internal"))) }), /dlr-storage = spool/],
  ["channel.traps", (h) => h.configure({ channels: kannel(h.write("kannel.conf", kannelConf().replace(/^max-messages = 0$/m, ""))) }), /max-messages = 0/],
  ["channel.traps", (h) => h.configure({ channels: kannel(h.path("no.conf")) }), /correct 'conf'/],
  ["channel.traps", (h) => { h.configure({ channels: `[[channel]]\nname = "modem"\ngateway = "gammu"\nspool = "${h.folder}"\nsmsdrc = "${h.write("smsdrc", "[smsd]\nservice = sql\n")}"\n` }); }, /set service = files/],
  ["channel.traps", (h) => h.configure({ channels: telegram('receive = "polling"\napi_url = "http://127.0.0.1:9"') }), /deleteWebhook/],
  ["channel.traps", (h) => h.configure({ channels: '[[channel]]\nname = "si"\ngateway = "signal"\nnumber = "+41790000001"\nreceive = "webhook"\n' }), /set receive = "polling"/],
  ["channel.traps", (h) => h.configure({ channels: graph('api_version = "v12.0"\n') }), /set api_version/],
  ["channel.traps", (h) => h.configure({ channels: '[[channel]]\nname = "sg"\ngateway = "smsgate"\nsigning_key = "short"\nusername = "u"\npassword = "p"\napi_url = "http://127.0.0.1:9"\n' }), /signing_key_file/],
  ["listen.tls", (h) => h.configure({ server: 'listen = "0.0.0.0:8080"\nallow_remote = true' }), /set tls_cert and tls_key/],
  ["tls.files", (h) => h.configure({ server: tls({ cert: h.path("none.pem"), key: h.path("none.key") }) }), /let the server's user read it/],
  ["tls.pair", (h) => h.configure({ server: tls({ cert: h.certificate("one").cert, key: h.certificate("two").key }) }), /both files of one pair/],
  ["tls.time", (h) => h.configure({ server: tls(h.certificate("one", { days: 5 })) }), /renew it/],
  ["tls.name", (h) => h.configure({ server: tls(h.certificate("one", { host: "other.example.org" })) }), /get one that names it/],
  ["tls.key", (h) => { const pair = h.certificate("one"); chmodSync(pair.key, 0o644); h.configure({ server: tls(pair) }); }, /chmod 640 .*one\.key/, "mended"],
  ["url.https", (h) => h.configure({ server: 'public_url = "http://sms.example.org"' }), /with https:\/\//],
  ["url.path", (h) => h.configure({ server: 'public_url = "https://sms.example.org/hooks/demo"' }), /leave out what begins with \/hooks/],
  ["backup.recipient", (h) => h.configure({ backup: "" }), /passerelle backup keygen/],
  ["backup.age", () => ["--clock", new Date(Date.now() + 30 * hours).toISOString()], /run 'passerelle backup'/],
  ["backup.age", (h) => rmSync(h.path("backups"), { recursive: true }), /run 'passerelle backup'/],
  ["backup.newest", (h) => { const [name] = readdirSync(h.path("backups")); h.write(`backups/${name}`, "nothing of the kind"); }, /make another one/],
  ["backup.newest", (h) => { const other = JSON.parse(spawnSync(process.env.PASSERELLE ?? join(repository, "build/release/passerelle"), ["backup", "keygen", "--json"], { encoding: "utf8" }).stdout); h.configure({ backup: `recipient = "${other.recipient}"` }); }, /keep the former key/],
  ["backup.folder", (h) => chmodSync(h.path("backups"), 0o777), /chmod 755 /, "mended"],
];

test("a sound house has nothing wrong", async (t) => {
  const house = new House(t);
  const end = await house.doctor();
  assert.equal(end.code, 0, end.stdout + end.stderr);
  assert.match(end.stdout, /^\d+ checks, 0 wrong, 0 mended$/m);
  const { ok, checks } = JSON.parse((await house.doctor("--json")).stdout);
  assert.equal(ok, true);
  assert.ok(checks.length >= 50, `${checks.length} checks`);
  assert.ok(checks.every(({ id, looks_at, ok: well }) => /^[a-z]+\.[a-z_]+$/.test(id) && looks_at.length > 5 && well));
});

for (const [index, [check, plant, remedy, mended]] of faults.entries()) {
  test(`fault ${index + 1}, ${check}, is told in one line with its remedy`, async (t) => {
    const house = new House(t);
    const more = plant(house);
    if (Array.isArray(more) && more[0] === "--clock") house.args = more;
    const end = await house.doctor();
    const lines = end.stdout.split("\n").filter((line) => line.startsWith("wrong  ") && line.includes(` ${check}: `));
    assert.ok(lines.some((line) => remedy.test(line)), `no line of ${check} says ${remedy}\n${end.stdout}${end.stderr}`);
    assert.equal(end.code, 1);
    assert.ok(!/EAAfiction|0123456789abcdef/.test(end.stdout), "no secret is told");
    if (!mended) return;
    const fixed = await house.doctor("--fix");
    assert.match(fixed.stdout, new RegExp(`^mended ${check.replace(".", "\\.")}: `, "m"));
    const again = await house.doctor();
    assert.ok(!again.stdout.split("\n").some((line) => line.startsWith("wrong") && line.includes(` ${check}: `)), again.stdout);
  });
}

test("at least 25 checks are proven by a fault of their own", () => {
  assert.ok(new Set(faults.map(([check]) => check)).size >= 25);
});

test("a file that belongs to another user is given back", async (t) => {
  if (process.getuid() !== 0) return t.skip("only root can give files away");
  const house = new House(t);
  chownSync(join(house.data, "passerelle.db"), 65534, 65534);
  assert.match((await house.doctor()).stdout, /^wrong +data\.owner: .*; run: chown 0:0 /m);
  await house.doctor("--fix");
  assert.equal(statSync(join(house.data, "passerelle.db")).uid, 0);
});

test("a process that holds the folder and does not answer is named", async (t) => {
  const house = new House(t);
  const script = "import fcntl, os, sys\nf = open(sys.argv[1], 'w')\nfcntl.flock(f, fcntl.LOCK_EX)\nf.write(str(os.getpid()))\nf.flush()\nprint('held', flush=True)\nsys.stdin.read()";
  const holder = spawn(python, ["-c", script, join(house.data, "lock")], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => holder.kill("SIGKILL"));
  await new Promise((settle) => holder.stdout.once("data", settle));
  const said = (await house.doctor()).stdout;
  assert.match(said, new RegExp(`^wrong +data\\.lock: .*: process ${holder.pid} holds the data folder .*; .*kill ${holder.pid}$`, "m"));
});

test("a clock that is not the gateway's is told", async (t) => {
  const house = new House(t);
  const gateway = createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "application/json", Date: new Date(Date.now() + 5 * 60_000).toUTCString() });
    response.end("{}");
  });
  await new Promise((settle) => gateway.listen(0, "127.0.0.1", settle));
  t.after(() => { gateway.closeAllConnections(); gateway.close(); });
  const config = configuration(house.folder, { channels: graph("").replace("127.0.0.1:9", `127.0.0.1:${gateway.address().port}`) });
  const server = await Server.start({ folder: house.folder, config });
  t.after(() => server.close());
  const said = (await house.doctor("--gateways")).stdout;
  assert.match(said, /^wrong +channel\.gateway: channel wa: this machine's clock is (29\d|30\d) seconds behind the gateway's; .*timedatectl set-ntp true$/m);
  await server.stop();
});

test("beside a running server it asks the gateways, too, and the house stays as it is", async (t) => {
  const house = new House(t, { channels: graph("") });
  const server = await Server.start({ folder: house.folder, config: configuration(house.folder, { channels: graph("") }) });
  t.after(() => server.close());
  const said = await house.doctor("--gateways", "--fix");
  assert.equal(said.code, 1);
  assert.match(said.stdout, /^wrong +channel\.gateway: channel wa: http:\/\/127\.0\.0\.1:9: nothing answers there.*; start the gateway/m);
  assert.ok(!/data\.left_over|data\.lock|server\.answers/.test(said.stdout), said.stdout);
  await server.stop();
});
