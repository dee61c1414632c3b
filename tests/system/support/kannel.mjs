// Runs Debian's real Kannel: bearerbox, smsbox and fakesmsc, configured by the sample that we ship. Installs nothing,
// ends each process by its id, and leaves nothing running or on disk.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { Group } from "./group.mjs";
import { Phones, linesOf } from "./phone.mjs";
import { pause, repository, temporaryFolder } from "./server.mjs";

const programs = { bearerbox: "/usr/sbin/bearerbox", smsbox: "/usr/sbin/smsbox", fakesmsc: "/usr/lib/kannel/test/fakesmsc" };
export const secrets = { admin: "admin-0123456789abcdef", sendsms: "sendsms-0123456789abcdef", hook: "hook-0123456789abcdef0123" };

/** The number that people write to; like all numbers here it is one of those that France reserves for fiction. */
export const number = "+33639980000";
let phones = 0;
export const newPhone = () => `+3363998${String(++phones).padStart(4, "0")}`;

/** A port that nothing listens on, below those that the system gives to outgoing connections. */
export async function freePort() {
  for (let tries = 0; tries < 100; ++tries) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const server = net.createServer();
    const free = await new Promise((settle) => {
      server.once("error", () => settle(false));
      server.listen(port, "127.0.0.1", () => server.close(() => settle(true)));
    });
    if (free) return port;
  }
  throw new Error("no free port");
}

/** Waits until 'probe' gives something; its last error or 'what' tells what was missing. */
export async function until(what, probe, within = 20_000) {
  let problem = "";
  for (const started = performance.now(); performance.now() - started < within; await pause(20)) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      problem = `: ${error.message}`;
    }
  }
  throw new Error(`not within ${within} ms: ${typeof what === "function" ? what() : what}${problem}`);
}

function request(port, path, { method = "GET", headers = {}, body = "", within = 10_000 } = {}) {
  return new Promise((settle, fail) => {
    const sent = http.request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part)).on("error", fail);
      response.on("end", () => settle({ status: response.statusCode, body: Buffer.concat(parts).toString("utf8") }));
    });
    sent.setTimeout(within, () => sent.destroy(new Error(`no answer within ${within} ms`)));
    sent.on("error", fail).end(body);
  });
}

/**
 * The sample with other ports, folders, secrets and a fake line, or its own line to the SMSC of ours that 'smpp' names;
 * fails where the sample has another shape.
 */
export function derived(sample, { ports, folder, hookUrl, more = [], smpp = null }) {
  let text = sample;
  const change = (from, to, times = 1) => {
    const found = text.split(from).length - 1;
    assert.equal(found, times, `config/kannel/kannel.conf: ${found} times ${from}`);
    text = text.replaceAll(from, () => to);
  };
  change("admin-port = 13000", `admin-port = ${ports.admin}`);
  change("smsbox-port = 13001", `smsbox-port = ${ports.box}`);
  change("bearerbox-port = 13001", `bearerbox-port = ${ports.box}`);
  change("sendsms-port = 13013", `sendsms-port = ${ports.sendsms}`);
  change('admin-password = "CHANGE-ME-admin"', `admin-password = "${secrets.admin}"`);
  change('password = "CHANGE-ME-sendsms"', `password = "${secrets.sendsms}"`);
  change('\npost-url = "http://127.0.0.1:8080/hooks/kannel/CHANGE-ME-hook', `\npost-url = "${hookUrl}`);
  change('= "/var/spool/kannel/', `= "${folder}/`, 2);
  change('log-file = "/var/log/kannel/', `log-file = "${folder}/`, 2);
  const line = /^group = smsc\nsmsc = smpp\nsmsc-id = operator\n(?:.+\n)+/m.exec(text)?.[0];
  assert.ok(line, "config/kannel/kannel.conf: no group = smsc as it was");
  if (smpp) {
    change("port = 2775", `port = ${smpp.port}`);
    change('smsc-username = "CHANGE-ME"', `smsc-username = "${smpp.user}"`);
    change('smsc-password = "CHANGE-ME"', `smsc-password = "${smpp.password}"`);
  } else change(line, `group = smsc\nsmsc = fake\nsmsc-id = operator\nour-host = "127.0.0.1"\nport = ${ports.line}\nconnect-allow-ip = "127.0.0.1"\n`);
  for (const [from, to] of more) change(from, to);
  const set = text.replace(/^#.*/gm, "");
  assert.doesNotMatch(set, /CHANGE-ME|\/var\/|\b(13000|13001|13013|8080|2775)\b/, "config/kannel/kannel.conf has a value that no test replaces");
  return text;
}

/** A server beside it, called back at this port. */
export const configuration = (kannel, port) => `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "${secrets.hook}"
username = "passerelle"
password = "${secrets.sendsms}"
from = "${number}"
api_url = "http://127.0.0.1:${kannel.ports.sendsms}"
callback_url = "http://127.0.0.1:${port}/hooks/kannel"
`;

export class Kannel {
  phones = new Phones();
  #boxes = new Map();
  #sending = Promise.resolve();

  /**
   * Ready when a phone's text would be taken.
   * @param {string} hookUrl of the post-url, without its query
   * @param {Array<[string, string]>} [more] further changes of the configuration
   * @param {{port: number, user: string, password: string}} [smpp] the operator, in place of fakesmsc
   */
  static async start(test, { hookUrl, more = [], boxes = true, smpp = null }) {
    const missing = Object.values(programs).filter((program) => !existsSync(program));
    assert.deepEqual(missing, [], "run script/setup test");
    const kannel = new Kannel();
    test.after(() => kannel.stop());
    kannel.folder = temporaryFolder(test);
    kannel.ports = {};
    for (const name of ["admin", "box", "sendsms", "line"]) kannel.ports[name] = await freePort();
    for (const name of ["store", "dlr"]) mkdirSync(join(kannel.folder, name));
    kannel.file = join(kannel.folder, "kannel.conf");
    const sample = readFileSync(join(repository, "config/kannel/kannel.conf"), "utf8");
    writeFileSync(kannel.file, derived(sample, { ports: kannel.ports, folder: kannel.folder, hookUrl, more, smpp }), { mode: 0o600 });
    if (boxes) {
      await kannel.startBearerbox();
      await kannel.startSmsbox();
      if (smpp) await until("the line is open", async () => (await kannel.status()).line === "online");
      else await kannel.startPhones();
    }
    return kannel;
  }

  #start(name, args, stdin) {
    assert.ok(!this.runs(name), `${name} runs already`);
    const box = new Group(programs[name], args, { cwd: this.folder, stdin });
    this.#boxes.set(name, box);
    return box;
  }

  runs(name) {
    return (this.#boxes.get(name)?.members.length ?? 0) > 0;
  }

  async startBearerbox() {
    const box = this.#start("bearerbox", ["-v", "4", "--", this.file]);
    await until(() => `bearerbox runs\n${box.text}`, () => this.runs("bearerbox") && this.status());
  }

  async startSmsbox() {
    const box = this.#start("smsbox", ["-v", "4", "--", this.file]);
    await until(() => `smsbox runs\n${box.text}`, async () => (await this.status()).boxes === 1);
    await until(() => `sendsms answers\n${box.text}`, () => request(this.ports.sendsms, "/"));
  }

  /** After a crash of bearerbox: smsbox starts itself anew, or has crashed over it and is started, as its supervisor would. */
  async comeBack() {
    const connected = () => until("smsbox is back", async () => (await this.status()).boxes === 1, 15_000);
    await connected().catch(async () => {
      await this.killSmsbox();
      await this.startSmsbox();
    });
  }

  /** fakesmsc tells what arrived on stderr, at its level 0 only. */
  async startPhones() {
    const box = this.#start("fakesmsc", ["-H", "127.0.0.1", "-r", `${this.ports.line}`, "-i", "0.01", "-v", "0"], "pipe");
    let open = "";
    box.sent = 0;
    box.child.stderr.on("data", (part) => {
      const lines = (open + part).split("\n");
      open = lines.pop();
      for (const line of lines) {
        const arrived = /DEBUG: Got message \d+: <(.*)>$/.exec(line);
        if (arrived) this.phones.take(arrived[1]);
        box.sent = Number(/DEBUG: fakesmsc: sent message (\d+)$/.exec(line)?.[1] ?? box.sent);
      }
    });
    await until(() => `the line is open\n${box.text}`, async () => (await this.status()).line === "online");
  }

  /** Somebody sends a text. Settled when fakesmsc has written it to bearerbox. */
  async say(from, text, options = {}) {
    for (const line of linesOf(from, options.to ?? number, text, options)) await this.line(line);
  }

  /**
   * A line in fakesmsc's own words. Whenever its stdin has something new it sends one line, or 255 bytes of one, and keeps
   * the rest to itself; so empty lines, which it does not send, follow until all has left.
   */
  line(text) {
    this.#sending = this.#sending.catch(() => {}).then(async () => {
      assert.ok(this.runs("fakesmsc"), "the line is down");
      const box = this.#boxes.get("fakesmsc");
      const done = box.sent + Math.ceil((Buffer.byteLength(text) + 1) / 255);
      box.child.stdin.write(`${text}\n`);
      await until(`fakesmsc sends ${text}`, async () => {
        if (box.sent < done) await pause(30);
        if (box.sent < done) box.child.stdin.write("\n");
        return box.sent >= done;
      });
    });
    return this.#sending;
  }

  /** Sends as Passerelle does. @returns {Promise<{status: number, body: string}>} */
  sendsms(to, text, { headers = {}, charset = "UTF-8", coding = 0, ...more } = {}) {
    return request(this.ports.sendsms, "/cgi-bin/sendsms", {
      method: "POST", body: text, ...more,
      headers: {
        "Content-Type": `text/plain; charset=${charset}`, "X-Kannel-Username": "passerelle", "X-Kannel-Password": secrets.sendsms,
        "X-Kannel-From": number, "X-Kannel-To": to, "X-Kannel-Coding": `${coding}`, "Content-Length": Buffer.byteLength(text), ...headers,
      },
    });
  }

  get sendsmsUrl() {
    return `http://127.0.0.1:${this.ports.sendsms}/cgi-bin/sendsms`;
  }

  /** bearerbox's own account of itself; rejects while it is down. */
  async status() {
    const answer = await request(this.ports.admin, `/status.xml?password=${secrets.admin}`, { within: 2_000 });
    const tree = new DOMParser({ onError: () => {} }).parseFromString(answer.body, "text/xml").documentElement;
    const text = (...path) => path.reduce((node, name) => Array.from(node?.childNodes ?? []).find((child) => child.nodeName === name), tree)?.textContent;
    return {
      received: Number(text("sms", "received", "total")), sent: Number(text("sms", "sent", "total")),
      inQueue: Number(text("sms", "received", "queued")), outQueue: Number(text("sms", "sent", "queued")),
      stored: Number(text("sms", "storesize")), owed: Number(text("dlr", "queued")), dlrStorage: text("dlr", "storage"),
      boxes: tree.getElementsByTagName("box").length, line: text("smscs", "smsc", "status")?.split(" ")[0],
    };
  }

  async #kill(name, signal) {
    await this.#boxes.get(name)?.kill(signal);
    this.#boxes.delete(name);
  }

  /** It lives, and does nothing; its sockets still take what they can hold. */
  freeze(name) {
    this.#boxes.get(name).signal("SIGSTOP");
  }

  thaw(name) {
    this.#boxes.get(name).signal("SIGCONT");
  }

  /** Bytes that the boxes have written to bearerbox and that it has not read. */
  unreadByBearerbox() {
    const port = this.ports.box.toString(16).toUpperCase().padStart(4, "0");
    const sockets = readFileSync("/proc/net/tcp", "utf8").split("\n").map((line) => line.trim().split(/\s+/));
    const ours = sockets.filter((fields) => fields[1] === `0100007F:${port}` && fields[3] === "01");
    return ours.reduce((sum, fields) => sum + parseInt(fields[4].split(":")[1], 16), 0);
  }

  killSmsbox(signal = "SIGKILL") {
    return this.#kill("smsbox", signal);
  }

  /** The fake line counts a text as delivered once its bytes are in the socket, so fakesmsc reads what is left of it. */
  async killBearerbox(signal = "SIGKILL") {
    await this.#kill("bearerbox", signal);
    await this.#boxes.get("fakesmsc")?.ended(5_000);
    await this.stopPhones();
  }

  /** All phones are out of reach. */
  stopPhones() {
    return this.#kill("fakesmsc", "SIGKILL");
  }

  async stop() {
    for (const name of ["fakesmsc", "smsbox", "bearerbox"]) await this.#kill(name, "SIGKILL");
  }
}
