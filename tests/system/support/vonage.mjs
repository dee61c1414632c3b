// Plays Vonage: signed webhooks of both APIs, and both APIs on a loopback port. Vonage's own SDK is asked whether what we
// sign here is what it would accept.
import assert from "node:assert/strict";
import { createHash, createHmac, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AlgorithmTypes } from "@vonage/auth";
import { verifySignature } from "@vonage/jwt";
import { SMS } from "@vonage/sms";
import { send } from "./twilio.mjs";
import { bodyOf, listen } from "./loopback.mjs";

export const publicUrl = "https://sms.example.org";
export const key = "abcd1234";
export const secret = "fiction-only-0123";
export const signer = "current-signature-secret-0123";
export const oldSigner = "former-signature-secret-0123";
export const number = "41798070000";
export const application = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";

export function configuration(folder, gateway) {
  writeFileSync(join(folder, "api_secret"), `${secret}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "signer"), `${signer}\n`, { mode: 0o600 });
  writeFileSync(join(folder, "old_signer"), `${oldSigner}\n`, { mode: 0o600 });
  const channel = (name, more) => `
[[channel]]
name = "${name}"
gateway = "vonage"
api_key = "${key}"
api_secret_file = "api_secret"
signature_secret_file = "signer"
old_signature_secret_file = "old_signer"
from = "+${number}"
api_url = "${gateway.url}"
${more}`;
  return `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
${channel("texts", 'api = "sms"\nsignature_method = "sha256"')}
${channel("messages", `api = "messages"\napplication = "${application}"`)}`;
}

// --- webhooks of the SMS API: flat parameters, signed by 'sig' ---

const judge = new SMS({ apiKey: key, apiSecret: secret });
let ids = 0;
export const newId = () => `0A${process.pid.toString(16)}${(++ids).toString(16).padStart(8, "0")}`.toUpperCase();

export function sign(parameters, { with: by = signer, at = Date.now() } = {}) {
  const all = { ...parameters, timestamp: String(Math.floor(at / 1000)), nonce: randomUUID(), "api-key": key };
  const text = Object.keys(all).sort().map((name) => `&${name}=${all[name].replace(/[&=]/g, "_")}`).join("");
  all.sig = createHmac("sha256", by).update(text).digest("hex");
  assert.ok(judge.verifySignature(all.sig, all, by, AlgorithmTypes.sha256hmac), "Vonage's SDK accepts what we sign");
  return all;
}

export const text = (words, from, more = {}) => ({
  msisdn: from.replace("+", ""), to: number, messageId: newId(), text: words, type: /^[\x00-\x7f]*$/.test(words) ? "text" : "unicode",
  keyword: words.split(" ")[0].toUpperCase(), "message-timestamp": "2027-01-15 08:00:00", ...more,
});

export const receipt = (id, ref, status, more = {}) => ({
  msisdn: "41791234567", to: number, messageId: id, status, "client-ref": ref, "err-code": "0", price: "0.0333", "network-code": "22801",
  scts: "2701150800", "message-timestamp": "2027-01-15 08:00:00", ...more,
});

const headers = { Host: new URL(publicUrl).host };
/** By GET, as a form or as JSON: an account chooses one. */
export function carried(parameters, way, path = "/hooks/texts") {
  const form = new URLSearchParams(parameters).toString();
  if (way === "get") return { method: "GET", path: `${path}?${form}`, headers, body: "" };
  const json = way === "json";
  const type = json ? "application/json" : "application/x-www-form-urlencoded";
  return { method: "POST", path, headers: { ...headers, "Content-Type": type }, body: json ? JSON.stringify(parameters) : form };
}
export const ways = ["get", "form", "json"];

// --- webhooks of the Messages API: JSON, signed by a token ---

export function token(body, { with: by = signer, at = Date.now(), ...claims } = {}) {
  const all = {
    iat: Math.floor(at / 1000), jti: randomUUID(), iss: "Vonage", api_key: key, application_id: application,
    payload_hash: createHash("sha256").update(body).digest("hex"), ...claims,
  };
  const text = [{ alg: "HS256", typ: "JWT" }, all].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const made = `${text}.${createHmac("sha256", by).update(text).digest("base64url")}`;
  assert.ok(verifySignature(made, by), "Vonage's SDK accepts what we sign");
  return made;
}

export function bearing(content, { path = "/hooks/messages", ...claims } = {}) {
  const body = JSON.stringify(content);
  return { method: "POST", path, body, headers: { ...headers, "Content-Type": "application/json", Authorization: `Bearer ${token(body, claims)}` } };
}

export const message = (content, from, channel = "sms") => ({
  channel, message_uuid: randomUUID(), to: number, from: from.replace("+", ""), timestamp: new Date().toISOString(),
  ...(typeof content === "string" ? { message_type: "text", text: content } : content),
});

export const status = (sent, state, more = {}) => ({
  message_uuid: sent.uuid, to: sent.to, from: number, timestamp: new Date().toISOString(), channel: sent.channel, status: state, client_ref: sent.ref, ...more,
});

export { send };

/** Both APIs. What it accepted is what phones would have received. */
export class Gateway {
  /** Of a message: "accept", "lose" (accepts, and the answer is lost), or {status, body}. */
  script = () => "accept";
  requests = [];  // {path, headers, fields}
  accepted = [];  // {to, text, ref, callback, channel, uuid, ids}

  static async start(test) {
    const gateway = new Gateway();
    Object.assign(gateway, await listen(test, (request, response) => gateway.#answer(request, response)));
    return gateway;
  }

  async #answer(request, response) {
    const raw = await bodyOf(request);
    const body = raw.toString("utf8");
    const json = (code, answer) => response.writeHead(code, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    const isJson = (request.headers["content-type"] ?? "").startsWith("application/json");
    const fields = isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    this.requests.push({ path: request.url, headers: request.headers, fields });
    const basic = `Basic ${Buffer.from(`${key}:${secret}`).toString("base64")}`;
    if (request.headers.authorization !== basic) return json(401, { title: "Unauthorized" });
    const isSms = request.url === "/sms/json";
    if (request.method !== "POST" || !(isSms || request.url === "/v1/messages")) return json(404, {});
    const what = this.script(fields, this.requests.length);
    if (typeof what === "object") return json(what.status, what.body);
    const taken = isSms ? this.#takeSms(fields) : this.#takeMessage(fields);
    if (what === "lose") return request.socket.destroy();
    if (!isSms) return json(202, { message_uuid: taken.uuid });
    const messages = taken.ids.map((id) => ({ to: taken.to, "message-id": id, status: "0", "remaining-balance": "3.1", "message-price": "0.03", network: "22801" }));
    json(200, { "message-count": String(messages.length), messages });
  }

  /** Vonage parts a long text itself; each part has an id and a receipt of its own. */
  #takeSms(fields) {
    const [one, more] = fields.type === "unicode" ? [70, 67] : [160, 153];
    const count = fields.text.length <= one ? 1 : Math.ceil(fields.text.length / more);
    const taken = { to: fields.to, text: fields.text, ref: fields["client-ref"], callback: fields.callback, channel: "sms", ids: Array.from({ length: count }, newId) };
    this.accepted.push(taken);
    return taken;
  }

  #takeMessage(fields) {
    const shown = fields.custom?.interactive; // with answers to press
    const taken = { to: fields.to, text: shown?.body.text ?? fields.text, ref: fields.client_ref, callback: fields.webhook_url, channel: fields.channel, uuid: randomUUID(),
      ...(shown && { shown }) };
    this.accepted.push(taken);
    return taken;
  }

  of(to) {
    return this.accepted.filter((one) => one.to === to.replace("+", ""));
  }
}
