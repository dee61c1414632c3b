// Plays signal-cli-rest-api on a loopback port, as its source and its users describe it: what it answers to a question
// for messages it has forgotten, and whoever sends gets the moment by which receipts name the message. Nothing official
// can be run in its place: it needs Signal's own servers.
import { randomUUID } from "node:crypto";
import http from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const number = "+41790000001";
export const secret = "hook-fiction-0123456789abcdef";

export function configuration(folder, api, { channel = "", more = "" } = {}) {
  writeFileSync(join(folder, "secret"), `${secret}\n`, { mode: 0o600 });
  return `
[server]
admin_listen = "127.0.0.1:0"
log_level = "debug"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
${more}
[[channel]]
name = "signal"
gateway = "signal"
number = "${number}"
api_url = "${api.url}"
${channel}`;
}
export const byWebhook = 'receive = "webhook"\nhook_secret_file = "secret"\n';

let moments = Date.now() - 1_000_000;

export const newPerson = () => randomUUID();

/** What the API brings of a person's message; without a number, as of people who hide it, unless 'phone' tells it. */
export function received(from, data, { account = number, stamp = ++moments, phone = null } = {}) {
  const dataMessage = { timestamp: stamp, message: null, expiresInSeconds: 0, viewOnce: false, ...(typeof data === "string" ? { message: data } : data) };
  return enveloped(from, { dataMessage, ...(phone && { source: phone, sourceNumber: phone }) }, { account, stamp });
}

export function enveloped(from, content, { account = number, stamp = ++moments } = {}) {
  const envelope = { source: from, sourceNumber: null, sourceUuid: from, sourceName: "Fiction", sourceDevice: 1, timestamp: stamp,
    serverReceivedTimestamp: stamp + 5, serverDeliveredTimestamp: stamp + 9, ...content };
  return { envelope, account };
}

export const receipt = (from, kind, ...stamps) =>
  enveloped(from, { receiptMessage: { when: ++moments, isDelivery: kind === "delivered", isRead: kind === "read", isViewed: false, timestamps: stamps.map(Number) } });

export class SignalApi {
  /** Of a message {to, text}: undefined for the usual, "lose" (it leaves, and the answer is lost), or {status, body}. */
  script = () => undefined;
  /** Of a question for messages: undefined, or {status, body}. */
  receiving = () => undefined;
  waiting = [];   // what has arrived and was not told yet
  told = [];      // lists that were answered with
  sent = [];      // what phones show: {to, text, stamp}
  questions = 0;
  urls = new Set();

  static async start(test) {
    const api = new SignalApi();
    await api.up();
    test.after(() => api.down());
    return api;
  }

  async up() {
    this.server = http.createServer((request, response) => this.#answer(request, response));
    await new Promise((settle) => this.server.listen(this.port ?? 0, "127.0.0.1", settle));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  async down() {
    if (!this.server.listening) return;
    const closed = new Promise((settle) => this.server.close(settle));
    this.server.closeAllConnections();
    await closed;
  }

  queue(...envelopes) {
    this.waiting.push(...envelopes);
  }

  shown(person) {
    return this.sent.filter(({ to }) => to === person).map(({ text }) => text);
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const url = new URL(request.url, this.url);
    const json = (status, body) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
    if (request.method === "GET" && url.pathname === `/v1/receive/${encodeURIComponent(number)}`) return this.#receive(url, request, json);
    if (request.method === "POST" && url.pathname === "/v2/send") return this.#send(JSON.parse(Buffer.concat(parts).toString()), request, json);
    json(404, "404 page not found");
  }

  /** At once when something is there, else an empty list after its time. */
  #receive(url, request, json) {
    this.questions += 1;
    this.urls.add(url.search);
    const other = this.receiving();
    if (other) return json(other.status, other.body);
    const most = Number(url.searchParams.get("max_messages"));
    const end = Date.now() + 1000 * Number(url.searchParams.get("timeout"));
    const look = () => {
      if (request.socket.destroyed) return;
      if (this.waiting.length === 0 && Date.now() < end) return void setTimeout(look, 20);
      const list = this.waiting.splice(0, most);
      if (list.length > 0) this.told.push(list);
      json(200, list);
    };
    look();
  }

  #send({ number: from, recipients, message, notify_self: notify }, request, json) {
    if (from !== number) return json(400, { error: `User ${from} is not registered.` });
    if (notify !== false || recipients.length > 1) return json(400, { error: "this test wants one recipient" });
    if (recipients.length === 0) return json(400, { error: "Please provide at least one recipient" });
    const told = this.script({ to: recipients[0], text: message });
    if (typeof told === "object") return json(told.status, told.body);
    const stamp = ++moments;
    this.sent.push({ to: recipients[0], text: message, stamp });
    if (told === "lose") return request.socket.destroy();
    json(201, { timestamp: String(stamp) });
  }
}

/** Hands one envelope to our webhook, as the API does: once. */
export function push(port, content, { path = `/hooks/signal/${secret}`, method = "POST", headers = {} } = {}) {
  const body = typeof content === "string" ? content : JSON.stringify({ jsonrpc: "2.0", method: "receive", params: content });
  return new Promise((settle, fail) => {
    const all = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers };
    const request = http.request({ host: "127.0.0.1", port, path, method, headers: all, timeout: 20_000 }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => settle({ status: response.statusCode, body: Buffer.concat(parts).toString() }));
    });
    request.on("timeout", () => request.destroy(new Error("no answer from the webhook")));
    request.on("error", fail);
    request.end(body);
  });
}
