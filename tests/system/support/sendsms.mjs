// Plays Kannel's smsbox where the real one (kannel.mjs) is too much: texts as its post-url brings them, sendsms on a
// loopback port, and delivery reports. What it accepted is what phones would have received.
import { bodyOf, listen } from "./loopback.mjs";

export const number = "+33639980000";
export const hookSecret = "hook-0123456789abcdef0123";
export const password = "sendsms-0123456789abcdef";

export const configuration = (apiUrl) => `
[[channel]]
name = "kannel"
gateway = "kannel"
hook_secret = "${hookSecret}"
username = "passerelle"
password = "${password}"
from = "${number}"
api_url = "${apiUrl}"
`;

let count = 0;
const newId = () => `00000000-0000-4000-8000-${process.pid.toString(16).padStart(6, "0")}${(++count).toString(16).padStart(6, "0")}`;

/** Somebody's text, as a whole request. Kannel tells whole seconds. */
export const text = (words, from, { host, at = Date.now(), id = newId(), secret = hookSecret } = {}) => ({
  method: "POST", path: `/hooks/kannel/${secret}?id=${id}`, body: words,
  headers: {
    Host: host, "Content-Type": 'text/plain; charset="UTF-8"', "X-Kannel-From": from, "X-Kannel-To": number,
    "X-Kannel-Time": new Date(at).toISOString().slice(0, 19).replace("T", " "), "X-Kannel-Coding": "0", "X-Kannel-SMSC": "operator",
  },
});

/** Reports of a whole text, one for each of its parts. */
export const reports = ({ parts }, type, { host, reply = "" } = {}) => [...parts.values()].map(({ report }) => {
  const { pathname, search } = new URL(report.replace("%d", type).replace("%A", encodeURIComponent(reply)));
  return { method: "GET", path: pathname + search, headers: { Host: host }, body: "" };
});

export class SendSms {
  /** What it answers: "accept", "lose" (accepts, and the answer is lost), or {status, body}. */
  script = () => "accept";
  texts = new Map(); // our reference → {to, total, parts: number → {text, report}}

  static async start(test) {
    const box = new SendSms();
    Object.assign(box, await listen(test, (request, response) => box.#answer(request, response)));
    return box;
  }

  async #answer(request, response) {
    const raw = await bodyOf(request);
    const tell = (status, words) => response.writeHead(status, { "Content-Type": "text/html" }).end(words);
    const { headers } = request;
    if (request.method !== "POST" || request.url !== "/cgi-bin/sendsms") return tell(404, "Unknown request.");
    if (headers["x-kannel-username"] !== "passerelle" || headers["x-kannel-password"] !== password) return tell(403, "Authorization failed for sendsms");
    const what = this.script(headers);
    if (typeof what === "object") return tell(what.status, what.body);
    this.#take(headers, raw.toString("utf8"));
    if (what === "lose") return request.socket.destroy();
    tell(202, "0: Accepted for delivery");
  }

  #take(headers, words) {
    const report = headers["x-kannel-dlr-url"];
    const ref = new URL(report.replace(/%\w/g, "")).searchParams.get("ref");
    const [total, part] = headers["x-kannel-udh"] ? Buffer.from(headers["x-kannel-udh"].slice(8), "hex") : [1, 1];
    const one = this.texts.get(ref) ?? { ref, to: headers["x-kannel-to"], total, parts: new Map() };
    this.texts.set(ref, one);
    one.parts.set(part, { text: words, report });
  }

  /** Whole texts, as a phone would show them. */
  of(to) {
    return [...this.texts.values()].filter((one) => one.to === to && one.parts.size === one.total)
      .map((one) => ({ ...one, text: Array.from({ length: one.total }, (_, i) => one.parts.get(i + 1).text).join("") }));
  }
}
