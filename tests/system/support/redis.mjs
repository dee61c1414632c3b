// Debian's real Redis on a socket in a test's folder, told to misbehave; and conversations that notice when they are lost.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import http from "node:http";
import { join } from "node:path";
import { pause } from "./server.mjs";

export class Redis {
  #args;

  /** Ends with the test. 'args' are further ones of redis-server. */
  constructor(test, folder, { args = [], name = "redis", password = "" } = {}) {
    this.socket = join(folder, `${name}.sock`);
    this.password = password;
    const secret = password ? ["--requirepass", password] : [];
    this.#args = ["--port", "0", "--unixsocket", this.socket, "--save", "", "--appendonly", "no", "--dir", folder, ...secret, ...args];
    test.after(() => this.kill());
  }

  async start() {
    rmSync(this.socket, { force: true });
    this.child = spawn("redis-server", this.#args, { stdio: "ignore" });
    this.gone = new Promise((settle) => this.child.once("close", settle));
    this.child.once("error", (error) => assert.fail(`redis-server: ${error.message}; run script/setup test`));
    await until("Redis answers", () => this.try("PING").stdout === "PONG\n");
    return this;
  }

  signal(name) {
    process.kill(this.child.pid, name);
  }

  /** At once, also while it is stopped. */
  async kill() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.signal("SIGKILL");
    await this.gone;
  }

  try(...command) {
    const sign = this.password ? ["--no-auth-warning", "-a", this.password] : [];
    return spawnSync("redis-cli", ["-s", this.socket, ...sign, ...command], { encoding: "utf8", timeout: 20_000 });
  }

  ask(...command) {
    const done = this.try(...command);
    assert.equal(done.status, 0, done.stderr);
    assert.doesNotMatch(done.stdout, /^(\(error\)|ERR|NOAUTH|WRONGPASS)/, command[0]);
    return done.stdout.replace(/\n$/, "");
  }

  /** The names of all keys of database 2. */
  keys(pattern = "*") {
    return this.ask("-n", "2", "--scan", "--pattern", pattern).split("\n").filter(Boolean).sort();
  }
}

/** Polls; 'reached' may throw until it is. @returns {Promise<number>} after how many milliseconds */
export async function until(what, reached, within = 30_000) {
  const begun = performance.now();
  for (let last; ; ) {
    try {
      if (await reached()) return performance.now() - begun;
    } catch (error) {
      last = error;
    }
    if (performance.now() - begun > within) throw new Error(`not within ${within} ms: ${what}`, { cause: last });
    await pause(20);
  }
}

/** A configuration with a simulated phone and the fictional association. */
export const configuration = (store, { flood = 1000, more = "" } = {}) => `
[server]
admin_listen = "127.0.0.1:0"
threads = 2
[sessions]
store = "${store}"
${more}
[association]
dir = "config/associations/demo"
[limits]
flood = ${flood}
[[channel]]
name = "sim"
gateway = "simulator"
`;

/** The figures of a server: metric("passerelle_session_store", {state: "up"}). */
export async function figures(server) {
  const answer = await fetch(`http://127.0.0.1:${server.adminPort}/metrics`);
  const text = await answer.text();
  return (name, labels = {}) => {
    const line = text.split("\n").find((each) => each.startsWith(name) && /[{ ]/.test(each[name.length]) &&
      Object.entries(labels).every(([label, value]) => each.includes(`${label}="${value}"`)));
    assert.ok(line, `${name} ${JSON.stringify(labels)} in\n${text}`);
    return Number(line.split(" ").at(-1));
  };
}

export const isUp = async (server) => (await figures(server))("passerelle_session_store", { state: "up" }) === 1;

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
let sent = 0;

/** A text by webhook. @returns {Promise<{status: number, texts: string[], ms: number}>} */
export function say(server, from, text) {
  const body = JSON.stringify({ from, text, id: `redis-${process.pid}-${++sent}` });
  const begun = performance.now();
  return new Promise((settle, fail) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const options = { host: "127.0.0.1", port: server.port, method: "POST", path: "/hooks/sim", agent, headers };
    const request = http.request(options, (response) => {
      let answer = "";
      response.setEncoding("utf8").on("data", (part) => (answer += part)).on("end", () => {
        const ms = performance.now() - begun;
        const texts = response.statusCode === 200 ? JSON.parse(answer).replies.map((reply) => reply.text) : [];
        settle({ status: response.statusCode, texts, ms });
      });
    });
    request.setTimeout(20_000, () => request.destroy(new Error("no answer within 20 s")));
    request.on("error", fail);
    request.end(body);
  });
}

/** Words that must be nowhere but in the database. */
export const canary = (phone) => `Canari-${phone.slice(-4)} Rue du Serin`;

/** Somebody tells the housing dialog how many they are, and gets that number back three turns later. */
export class Conversation {
  static steps = 6;
  turn = 0;

  constructor(phone, people) {
    this.phone = phone;
    this.people = people;
  }

  /** The next turn; fails when the answer is not that of this step and this person. @returns {Promise<number>} milliseconds */
  async go(server) {
    const step = this.turn++;
    const words = ["Bonjour", "6", "2", "1", String(this.people), canary(this.phone)][step];
    const { status, texts, ms } = await say(server, this.phone, words);
    assert.equal(status, 200, `${this.phone}, turn ${step}`);
    const wanted = [/^6 = problème/m, /^Quel problème/m, /^Depuis quel jour/m, /^Combien de personnes/m, /^Envoyez une photo/m,
      new RegExp(`pour ${this.people} personnes`)][step];
    assert.match(texts.join("\n"), wanted, `${this.phone}, turn ${step}`);
    return ms;
  }
}

/** Every one of the list, a few at a time, and spread over 'ms'. @returns {Promise<number[]>} what 'one' gave */
export async function all(list, one, { over = 0, at_once = 8 } = {}) {
  const begun = performance.now();
  const given = [];
  let next = 0;
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (next < list.length) {
      const i = next++;
      const due = begun + (over * i) / list.length;
      if (due > performance.now()) await pause(due - performance.now());
      given[i] = await one(list[i]);
    }
  }));
  return given;
}

export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
