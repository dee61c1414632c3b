// A gateway that exists nowhere but in the TOML block below: "Tamtam" posts batches of events, signed over a time stamp,
// and takes texts at an address of its own. Its peer here follows the block, and shares no code with the server.
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bodyOf, listen } from "./loopback.mjs";

export const publicUrl = "https://sms.example.org";
export const key = "tamtam-signing-key";
export const oldKey = "tamtam-former-key";
export const apiKey = "tamtam-api-key";

/** A configuration whose one channel is 'block', with its secrets in files. */
export function configuration(folder, block, secrets = {}) {
  for (const [name, text] of Object.entries(secrets)) writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
  const files = Object.keys(secrets).map((name) => `${name}_file = "${name}"`).join("\n");
  return `
[server]
admin_listen = "127.0.0.1:0"
public_url = "${publicUrl}"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "sms"
gateway = "generic"
${files}
${block}`;
}

export const block = (url) => `
api_url = "${url}"
from = "Asso"

[channel.send]
path = "/v2/texts"
headers.X-Tamtam-Key = "{api_key}"

[channel.send.body]
receiver = "{to_digits}"
sender = "{from}"
content.words = "{text}"
content.alphabet = "{encoding}"
mark = "{ref}"
keep_minutes = "{valid_minutes?}"

[channel.send.encodings]
gsm7 = "small"
ucs2 = "all"

[channel.answer]
id = "/text/number"
code = "/problem"
rules = [
  { status = 200, at = "/taken", is = "true", then = "accepted" },
  { at = "/problem", is = "nobody", then = "refused" },
  { at = "/problem", is = "stopped", then = "opted_out" },
]

[channel.inbound]
format = "json"
events = "/events/*"
only = { at = "/kind", is = "text" }
from = "/who"
id = "/number"
text = "/words"
time = "/when"
reply = "heard"

[channel.receipt]
format = "json"
events = "/events/*"
only = { at = "/kind", is = "fate" }
ref = "/mark"
id = "/number"
status = "/fate"
code = "/why"

[channel.receipt.states]
travelling = "sent"
arrived = "delivered"
lost = "failed"

[channel.verify]
scheme = "hmac"
header = "X-Tamtam-Signature"
prefix = "v0="
over = "{timestamp}.{body}"
timestamp_header = "X-Tamtam-Time"
`;

/** Where texts arrive: remembers them, and answers as 'script' says. */
export class Peer {
  script = () => null;  // a text → {status, body}, or null: it is taken
  texts = [];           // {path, headers, body, number} in the order in which they were taken
  requests = [];

  static async start(test) {
    const peer = new Peer();
    Object.assign(peer, await listen(test, async (request, response) => {
      const raw = await bodyOf(request);
      const one = { method: request.method, path: request.url, headers: request.headers, raw: raw.toString() };
      peer.requests.push(one);
      if (request.headers["content-type"] === "application/json") one.body = JSON.parse(one.raw);
      const told = peer.script(one);
      if (!told) peer.texts.push({ ...one, number: 9_007_199_254_740_993n + BigInt(peer.texts.length) });
      const number = peer.texts.at(-1)?.number;  // beyond what a double can hold
      response.writeHead(told?.status ?? 200, { "Content-Type": "application/json" });
      response.end(told ? told.body : `{"taken":true,"text":{"number":${number}}}`);
    }));
    return peer;
  }

  of(phone) {
    return this.texts.filter(({ body }) => body.receiver === phone.slice(1));
  }
}

/** A webhook with events, ready to be sent or spoiled. */
export function webhook(events, { secret = key, at = Math.floor(Date.now() / 1000), path = "/hooks/sms" } = {}) {
  const body = JSON.stringify({ events });
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  return { method: "POST", path, body,
    headers: { "Content-Type": "application/json", "X-Tamtam-Time": String(at), "X-Tamtam-Signature": `v0=${signature}` } };
}
