// Plays SMSGate: the phone that signs its webhooks, and its API on a loopback port. It takes each id once, as the app does.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { send } from "./twilio.mjs";
import { bodyOf, listen } from "./loopback.mjs";

export const hook = "/hooks/phone";
export const publicUrl = "https://sms.example.org";
export const key = "signing-key-0123456789";
export const oldKey = "former-key-0123456789";
export const newKey = "coming-key-0123456789";
export const username = "sms";
export const password = "fiction-only-0123";

export function configuration(folder, phone, { mode = "phone", channel = "", keys = [key, oldKey] } = {}) {
  writeFileSync(join(folder, "signing_key"), `${keys[0]}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "old_signing_key"), `${keys[1]}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  return `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "phone"
gateway = "smsgate"
signing_key_file = "signing_key"
old_signing_key_file = "old_signing_key"
username = "${username}"
password_file = "password"
api_url = "${phone.url}"
mode = "${mode}"
${channel}`;
}

let events = 0;
/** An id such as the app makes for each event. */
export const newEvent = () => `Ev${process.pid}x${String(++events).padStart(10, "0")}`;

export const event = (name, payload, id = newEvent(), webhookId = "Wh0001") =>
  ({ deviceId: "00000000000000000000000000000001", event: name, id, payload, webhookId });

export function received(text, from, { at = new Date(), id } = {}) {
  return event("sms:received", {
    messageId: "0", message: text, sender: from, recipient: null, simNumber: 1, receivedAt: at.toISOString(), phoneNumber: from,
  }, id);
}

/** A whole request, signed as the app's documentation says, ready to be sent or spoiled. */
export function signed(body, { secret = key, at = Date.now() } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const timestamp = String(Math.floor(at / 1000));
  return {
    method: "POST", path: hook, body: text,
    headers: {
      Host: new URL(publicUrl).host, "Content-Type": "application/json", "X-Timestamp": timestamp,
      "X-Signature": createHmac("sha256", secret).update(text + timestamp).digest("hex"),
    },
  };
}

export const deliver = (port, body, options) => send(port, signed(body, options));

export class Phone {
  /** What it does with a message: "accept", "lose" (accepts, and the answer is lost), or {status, body}. */
  script = () => "accept";
  requests = [];   // every POST /messages: {headers, body}
  accepted = [];   // what a phone would have sent: bodies, each id once
  inbox = [];      // rows of GET /inbox, the newest first
  listed = 0;

  static async start(test) {
    const phone = new Phone();
    Object.assign(phone, await listen(test, (request, response) => phone.#answer(request, response)));
    return phone;
  }

  async #answer(request, response) {
    const raw = await bodyOf(request);
    const json = (status, body) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    if (request.headers.authorization !== basic) return json(401, { message: "Unauthorized" });
    const url = new URL(request.url, this.url);
    if (request.method === "GET" && url.pathname === "/inbox") return json(200, this.#list(url.searchParams));
    if (request.method === "GET" && url.pathname.startsWith("/message/")) return this.#state(url.pathname.slice(9), json);
    if (request.method !== "POST" || url.pathname !== "/messages") return json(404, { message: "Not found" });
    const body = JSON.parse(raw.toString("utf8"));
    this.requests.push({ headers: request.headers, body });
    if (this.accepted.some(({ id }) => id === body.id)) return json(409, { message: "message already exists" });
    const what = this.script(body, this.requests.length);
    if (typeof what === "object") return json(what.status, what.body);
    this.accepted.push(body);
    if (what === "lose") return request.socket.destroy();
    json(202, stateOf(body));
  }

  #list(query) {
    ++this.listed;
    assert.equal(query.get("type"), "SMS");
    const from = new Date(query.get("from"));
    const rows = this.inbox.filter((row) => new Date(row.createdAt) >= from);
    const offset = Number(query.get("offset"));
    return rows.slice(offset, offset + Number(query.get("limit")));
  }

  #state(id, json) {
    const message = this.accepted.find((one) => one.id === id);
    return message ? json(200, stateOf(message)) : json(404, { message: "Not found" });
  }

  /** Something that a person wrote while nobody listened. */
  missed(text, from, at = new Date()) {
    this.inbox.unshift({ id: newEvent(), type: "SMS", sender: from, recipient: null, simNumber: 1, contentPreview: text, createdAt: at.toISOString() });
  }

  of(number) {
    return this.accepted.filter(({ phoneNumbers }) => phoneNumbers.includes(number));
  }
}

function stateOf({ id, phoneNumbers }) {
  const recipients = phoneNumbers.map((phoneNumber) => ({ phoneNumber, state: "Pending", error: null }));
  return { id, deviceId: "00000000000000000000000000000001", state: "Pending", isHashed: false, isEncrypted: false, recipients, states: {} };
}
