// People who write, staff who send, a nemesis that breaks what it can, and the history of it all.
import assert from "node:assert/strict";
import { FaultProxy, troubles } from "./proxy.mjs";
import { eventually, office } from "./gateway.mjs";
import { query, value } from "./database.mjs";
import { messages, taken } from "./ledger.mjs";
import { Server, pause } from "./server.mjs";
import { dice } from "./storm.mjs";
import { send } from "./twilio.mjs";
import { configuration, startPeers, wireOf } from "./wires.mjs";

const words = ["Bonjour, une question", "1", "Hello, I have a question", "2", "مرحبا، عندي سؤال", "RAPPEL", "ሰላም፡ ሕቶ ኣለኒ", "Добрий день", "3", "merci"];
const carriers = ["telegram", "whatsapp", "messenger"].map(wireOf);
const monday = Date.parse("2027-03-22T08:00:00Z");

export class House {
  now = monday; // what the server's clock shows, or a little later
  over = false;
  notes = []; // {token, to, afterStop}: what staff sent, or tried to
  done = {};  // how often the nemesis did what

  static async start(test, { folder, seed, people = 30 }) {
    const house = Object.assign(new House(), { folder, chance: dice(seed) });
    house.peers = await startPeers(test, carriers);
    let config = configuration(folder, house.peers);
    house.proxies = [];
    for (const peer of house.peers.values()) {
      const proxy = await FaultProxy.start(test, peer.url);
      config = config.replaceAll(peer.url, proxy.url);
      house.proxies.push(proxy);
    }
    house.config = config;
    house.people = Array.from({ length: people }, (_, i) => {
      const wire = carriers[i % carriers.length];
      return { wire, person: wire.person(i), user: wire.user(wire.person(i)), wrote: [], stopsAt: i % 4 === 0 ? 2 + (i % 5) : Infinity, stopped: false };
    });
    test.after(() => house.server?.close());
    await house.up();
    return house;
  }

  async up() {
    this.now += 1_000; // a machine that comes back has a clock that went on
    this.server = await Server.start({ folder: this.folder, config: this.config, args: ["--clock", this.#instant()] });
  }

  #instant() {
    return `${new Date(this.now).toISOString().slice(0, 19)}Z`;
  }
  #pick(list) {
    return list[Math.floor(this.chance() * list.length)];
  }

  /** One person, one message after the other; the gateway brings each until it gets its 200, and some once more. */
  async write(author) {
    while (!this.over) {
      const text = author.wrote.length === author.stopsAt ? "STOP" : this.#pick(words);
      const message = { text, request: await author.wire.says(text, author.person, this.peers.get(author.wire), this.now) };
      author.wrote.push(message);
      await this.#bring(message);
      if (text === "STOP") author.stopped = true;
      if (this.chance() < 0.1) await this.#bring(message);
      await pause(40 + this.chance() * 80);
    }
  }

  async #bring({ request }) {
    for (;;) {
      const status = await send(this.server.port, request, { within: 30_000 }).then((answer) => answer.status, () => 0);
      if (status === 200) return;
      assert.ok(status === 0 || status === 503, `${status} for a good webhook`);
      await pause(20);
    }
  }

  /** Staff write to somebody now and then. Whether it was kept is known only where there was an answer. */
  async sendNotes() {
    for (let i = 0; !this.over; ++i) {
      const author = this.#pick(this.people);
      const note = { token: `Note ${i}.`, author, afterStop: author.stopped, kept: false };
      this.notes.push(note);
      const asked = { to: `${author.wire.name}:${author.user}`, text: note.token, language: "fr", class: "notice" };
      const answer = await office(this.server, "send", asked).catch(() => undefined);
      note.kept = answer !== undefined && answer.state !== "withheld";
      note.withheld = answer?.state === "withheld"; // a STOP came first, or is about to be acknowledged
      await pause(30);
    }
  }

  /** Time goes on, in small steps and in leaps. */
  async tick(seconds = this.chance() < 0.05 ? 600 : 8) {
    this.now += seconds * 1_000;
    await office(this.server, "clock", { time: this.#instant() }).catch(() => {});
  }
  async keepTime() {
    for (; !this.over; await pause(60)) await this.tick();
  }

  /** Breaks something, again and again. */
  async strike(until) {
    const count = (what) => (this.done[what] = (this.done[what] ?? 0) + 1);
    while (performance.now() < until) {
      const what = this.chance();
      if (what < 0.15) {
        count("kill");
        await this.server.kill();
        await pause(this.chance() * 100);
        await this.up();
      } else if (what < 0.3) {
        count("freeze");
        process.kill(this.server.pid, "SIGSTOP");
        await pause(100 + this.chance() * this.longestFreeze);
        process.kill(this.server.pid, "SIGCONT");
      } else {
        const proxy = this.#pick(this.proxies);
        proxy.turn(this.#pick([...troubles, "pass", "pass"]));
        count(proxy.mode);
      }
      await pause(50 + this.chance() * 250);
    }
  }

  wrote() {
    return this.people.reduce((sum, { wrote }) => sum + wrote.length, 0);
  }

  async run(seconds, longestFreeze) {
    this.longestFreeze = longestFreeze;
    const all = Promise.all([...this.people.map((author) => this.write(author)), this.sendNotes(), this.keepTime()]);
    await Promise.race([this.strike(performance.now() + seconds * 1_000), all]);
    for (const proxy of this.proxies) proxy.turn("pass");
    // A slow machine spends short runs on starts alone: what was struck must also have served people.
    await Promise.race([all, eventually(() => this.wrote() > 100 || `${this.wrote()} messages`, { within: 60_000 })]);
    this.over = true;
    await all;
    const waiting = () => query(this.server.data, "SELECT state, count(*) FROM outbound WHERE state = 'queued' GROUP BY state");
    await eventually(async () => {
      if (waiting().length === 0) return true;
      await this.tick(120);
      return JSON.stringify(waiting());
    }, { within: 120_000, every: 0 });
    this.proxied = Object.fromEntries(troubles.map((mode) => [mode, this.proxies.reduce((sum, { met }) => sum + (met[mode] ?? 0), 0)]));
  }

  /** All that can be told of what happened, for the check. */
  history() {
    const { data } = this.server;
    const ours = messages(data);
    const rows = query(data, "SELECT a.channel, a.user, o.cause, o.state, o.text FROM outbound o JOIN address a ON a.id = o.address ORDER BY o.id");
    const plain = (hex) => Buffer.from(hex, "hex").subarray(4).toString("utf8"); // four bytes name the key
    const sent = rows.map(([channel, user, cause, state, text]) => ({ channel, user: plain(user), cause, state, text: plain(text) }));
    assert.equal(ours.length, sent.length);
    const people = this.people.map(({ wire, person, user, wrote }) => {
      const of = (list) => list.filter((one) => one.channel === wire.name && one.user === user);
      return {
        name: `${wire.name}:${user}`, wrote: wrote.map(({ text }) => text), rows: of(sent),
        shown: wire.shows(this.peers.get(wire), person).map(({ text }) => text),
      };
    });
    return {
      people, notes: this.notes.map(({ author, ...note }) => ({ ...note, to: `${author.wire.name}:${author.user}` })),
      sound: value(data, "PRAGMA integrity_check"),
      inbound: taken(data).map(({ from, text, state }) => ({ user: from, text, state })),
      // One turn adds one to the version of its conversation.
      uneven: query(data, `SELECT c.address, c.version, count(i.id) FROM conversation c JOIN inbound i ON i.address = c.address
        GROUP BY c.address HAVING c.version <> count(i.id)`),
      // An answer goes to whoever was answered.
      mixed: query(data, `SELECT o.cause, o.address, i.address FROM outbound o JOIN inbound i
        ON o.cause LIKE 'in:' || i.id || ':%' AND o.address <> i.address`),
    };
  }
}
