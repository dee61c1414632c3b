// A gateway that follows a script: Twilio's API on a loopback port, as far as our server uses it. What it accepted is
// what a phone would have received. Receipts go to the callback that each message named, signed by Twilio's own code.
import assert from "node:assert/strict";
import http from "node:http";
import * as twilio from "./twilio.mjs";

export class Gateway {
  /** What it answers to a message: "accept", "lose" (accepts, and the answer is lost), "reset" (before anything),
   *  "hang" (never), or {status, headers, body}. A function of the message and the count of requests. */
  script = () => "accept";
  accepted = [];  // {to, text, ref, sid}
  requests = 0;
  listed = [];    // what GET Messages.json tells: rows as Twilio writes them

  static async start(test) {
    const gateway = new Gateway();
    gateway.server = http.createServer((request, response) => gateway.#answer(request, response));
    await new Promise((settle) => gateway.server.listen(0, "127.0.0.1", settle));
    gateway.port = gateway.server.address().port;
    gateway.url = `http://127.0.0.1:${gateway.port}`;
    test.after(() => gateway.close());
    return gateway;
  }

  close() {
    this.server.closeAllConnections();
    return new Promise((settle) => this.server.close(settle));
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const authorization = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    if (authorization !== `${twilio.account}:${twilio.token}`) return this.#json(response, 401, { code: 20003 });
    const path = `/2010-04-01/Accounts/${twilio.account}/Messages.json`;
    const url = new URL(request.url, this.url);
    if (url.pathname !== path) return this.#json(response, 404, { code: 20404 });
    if (request.method === "GET") return this.#list(url, response);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const message = { to: form.get("To"), text: form.get("Body"), callback: form.get("StatusCallback"), validity: form.get("ValidityPeriod") };
    message.ref = new URL(message.callback).searchParams.get("ref");
    const what = this.script(message, ++this.requests);
    if (what === "reset") return request.socket.resetAndDestroy();
    if (what === "hang") return;
    if (typeof what === "object") return this.#json(response, what.status, what.body ?? {}, what.headers);
    message.sid = twilio.newSid();
    this.accepted.push(message);
    if (what === "lose") return request.socket.destroy();
    this.#json(response, 201, { sid: message.sid, status: "queued", num_segments: "1", error_code: null });
  }

  #json(response, status, body, headers = {}) {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  }

  /** Pages of 50, as Twilio lists them: the newest first, with the address of the next page. */
  #list(url, response) {
    const page = Number(url.searchParams.get("Page") ?? 0);
    const messages = this.listed.slice(page * 50, page * 50 + 50);
    const more = this.listed.length > page * 50 + 50;
    url.searchParams.set("Page", String(page + 1));
    this.#json(response, 200, { messages, next_page_uri: more ? url.pathname + url.search : null, page, page_size: 50 });
  }

  /** Something that a person wrote while nobody listened. */
  missed(text, from, date = new Date()) {
    const sid = twilio.newSid();
    this.listed.unshift({
      sid, from, to: twilio.number, body: text, direction: "inbound", status: "received", num_media: "0",
      account_sid: twilio.account, date_created: date.toUTCString(), date_sent: date.toUTCString(), date_updated: date.toUTCString(),
    });
    return sid;
  }

  /** The gateway's word on what became of a message. */
  receipt(server, message, state, more = {}) {
    const callback = new URL(message.callback);
    const path = callback.pathname + callback.search;
    const params = twilio.status(state, { sid: message.sid, To: message.to, ...more });
    return twilio.send(server.port, twilio.signed(params, { path }));
  }
}

/** The configuration of a server whose Twilio is this gateway, and that replies through the API. */
export const configuration = (folder, gateway, { channel = "", more = "" } = {}) =>
  twilio.configuration(folder, { demo: true, apiUrl: gateway.url, channel: `reply = "api"\n${channel}`, more });

/** Asks for an operation on the admin socket. Fails when it is refused, unless 'refused' is expected. */
export function office(server, operation, args = {}, { refused = false } = {}) {
  return new Promise((settle, fail) => {
    const body = JSON.stringify(args);
    const request = http.request(
      { socketPath: `${server.data}/admin.sock`, method: "POST", path: `/office/${operation}`,
        headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), Host: "localhost" } },
      (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          try {
            assert.equal(response.statusCode === 200, !refused, `${operation} ${body.slice(0, 200)}: ${response.statusCode} ${text}`);
            settle(JSON.parse(text));
          } catch (error) {
            fail(error);
          }
        });
      });
    request.on("error", fail);
    request.end(body);
  });
}

/** Many operations, a few at a time. */
export async function each(list, work, atOnce = 16) {
  const queue = list.map((item, i) => [item, i]).reverse();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await work(...next);
  }));
}

/** Until the condition holds; fails after the deadline with what it last told. */
export async function eventually(condition, { within = 60_000, every = 20 } = {}) {
  for (const end = performance.now() + within; ; await new Promise((settle) => setTimeout(settle, every))) {
    const told = await condition();
    if (told === true) return;
    assert.ok(performance.now() < end, `still not after ${within} ms: ${told}`);
  }
}
