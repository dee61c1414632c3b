// Plays Viber: its API on a loopback port, and callbacks as Viber signs them. Tokens of messages are written as the
// numbers beyond 2^53 that they are.
import { createHmac } from "node:crypto";
import { send } from "./twilio.mjs";
import { bodyOf, listen } from "./loopback.mjs";

export const publicUrl = "https://chat.example.org";
export const token = "4453b6ac12345678-fiction-0123456789abcdef";
export const oldToken = "44dafb7e0f40021e-fiction-fedcba9876543210";
export const senderName = "Association";

export const configuration = (apiUrl) => `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "viber"
gateway = "viber"
token = "${token}"
old_token = "${oldToken}"
sender = "${senderName}"
api_url = "${apiUrl}"
`;

let count = 0;
/** Never the same twice in a run; its last digits are lost when it is read as a double. */
export const newToken = () => String(4_912_661_846_650_000_000n + BigInt(process.pid) * 100_000n + BigInt(++count));

/** The body of a callback. The token stands in it as a number, whatever its size. */
export const callback = (event, { message_token = newToken(), timestamp = Date.now(), ...more } = {}) =>
  JSON.stringify({ event, timestamp, chat_hostname: "SN-CHAT-01_", message_token: 0, ...more }).replace('"message_token":0', `"message_token":${message_token}`);

/** Somebody writes. */
export const text = (words, { from, ...more }) =>
  callback("message", { sender: { id: from, name: "Amina", language: "fr", country: "FR", api_version: 10 }, message: { type: "text", text: words }, ...more });

export const sign = (body, secret = token) => createHmac("sha256", secret).update(body).digest("hex");

export const signed = (body, { secret = token } = {}) => ({
  method: "POST", path: "/hooks/viber", body,
  headers: { Host: new URL(publicUrl).host, "Content-Type": "application/json", "X-Viber-Content-Signature": sign(body, secret) },
});

export const deliver = (server, body, options) => send(server.port, signed(body, options));

export class Viber {
  /** What it answers: "accept", "lose" (accepts, and the answer is lost), a status of Viber's, or {status, headers} of HTTP. */
  script = () => "accept";
  accepted = []; // {body, token}
  requests = 0;

  static async start(test) {
    const viber = new Viber();
    Object.assign(viber, await listen(test, (request, response) => viber.#answer(request, response)));
    return viber;
  }

  async #answer(request, response) {
    const raw = await bodyOf(request);
    const tell = (status, more = "") => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(`{"status":${status},"status_message":"…"${more}}`);
    };
    if (request.method !== "POST" || request.url !== "/pa/send_message") return tell(1);
    if (request.headers["x-viber-auth-token"] !== token) return tell(2);
    const body = JSON.parse(raw.toString());
    const what = this.script(body, ++this.requests);
    if (typeof what === "number") return tell(what);
    if (typeof what === "object") return response.writeHead(what.status, what.headers).end();
    const accepted = { body, token: newToken() };
    this.accepted.push(accepted);
    if (what === "lose") return request.socket.destroy();
    tell(0, `,"message_token":${accepted.token},"billing_status":1`);
  }
}
