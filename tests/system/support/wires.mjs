// The wire format of every gateway, as one table: what a test of all of them needs to know of each. The gateways' own
// support files do the work. A new gateway gets a row here; conversation.test.mjs fails without it.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import * as described from "./described.mjs";
import * as gammu from "./gammu.mjs";
import { Gateway as TwilioApi } from "./gateway.mjs";
import * as meta from "./graph.mjs";
import * as kannel from "./sendsms.mjs";
import * as mail from "./mail.mjs";
import * as messenger from "./messenger.mjs";
import { pause, run, temporaryFolder } from "./server.mjs";
import * as signal from "./signal.mjs";
import * as smsgate from "./smsgate.mjs";
import * as telegram from "./telegram.mjs";
import * as twilio from "./twilio.mjs";
import { send } from "./twilio.mjs";
import * as viber from "./viber.mjs";
import * as vonage from "./vonage.mjs";
import * as whatsapp from "./whatsapp.mjs";

export const publicUrl = twilio.publicUrl;
const host = new URL(publicUrl).host;

/** Of a whole configuration of one gateway: the section of this channel, under another name. */
function section(text, name, from) {
  const found = text.split("[[channel]]").slice(1).find((one) => one.includes(`\nname = "${from}"\n`));
  assert.ok(found, `a channel ${from} in ${text}`);
  return `[[channel]]${found.replace(`\nname = "${from}"\n`, `\nname = "${name}"\n`)}`;
}

let count = 0;
const json = (path, content) => ({ method: "POST", path, headers: { Host: host, "Content-Type": "application/json" }, body: JSON.stringify(content) });
const phone = (i) => `+3363998${String(4_000 + i)}`;
const asPhone = (digits) => `+${digits}`;
const same = (person) => person;

/** A signed request of one support file, as it comes to our channel. */
const moved = (request, path = request.path) => ({ ...request, path, headers: { ...request.headers, Host: host } });
const metas = (name) => async (body) => moved(await meta.signed(body, { path: `/hooks/${name}` }));

/**
 * @typedef {object} Wire
 * @property {string} name       of the channel, its gateway where there is one channel of it
 * @property {string} gateway    in the registry
 * @property {(test) => Promise<object>} start      the gateway's API on a loopback port, as 'peer'
 * @property {(folder: string, peer: object) => string} section   its channel in the configuration
 * @property {(i: number) => *} person               what the gateway calls the i-th person…
 * @property {(person) => string} user               …and what we do
 * @property {(words: string, person, peer, at?: number) => object|Promise<object>} [says]   a signed webhook, new each time;
 *                                                   absent: nothing comes in by this channel
 * @property {(message, peer) => void} [bring]       where we ask for it: puts what 'says' made where it is found
 * @property {(answer: object) => Array} [inline]    the replies that stand in the answer to it
 * @property {(peer, person) => Array<{text: string}>} [shows]   what the person's phone shows, the oldest first
 * @property {(message, segments: number) => Array} [delivered]  the receipts of one of these; absent: there are none
 * @property {(peer, words: string) => void} [spoil]  makes a peer that speaks no HTTP refuse everything, in these words
 * @property {boolean} [tellsTime]                   the webhook says when the person wrote: 'at', cut to 'grain' ms
 */

/** @type {Wire[]} */
export const wires = [
  {
    name: "simulator", gateway: "simulator", person: phone, user: same, start: async () => ({ url: "" }),
    section: () => '[[channel]]\nname = "simulator"\ngateway = "simulator"\n',
    says: (text, from) => json("/hooks/simulator", { id: `s${++count}`, from, text }),
    inline: (answer) => JSON.parse(answer.body).replies,
    delivered: ({ ref }) => [json("/hooks/simulator/status", { ref, state: "delivered" })],
  },
  {
    name: "kannel", gateway: "kannel", person: phone, user: same, start: kannel.SendSms.start, tellsTime: true, grain: 1_000,
    section: (folder, peer) => section(kannel.configuration(peer.url), "kannel", "kannel"),
    says: (text, from, peer, at) => kannel.text(text, from, { host, at }),
    shows: (peer, person) => peer.of(person),
    delivered: (message) => kannel.reports(message, "1", { host }),
  },
  {
    name: "smsgate", gateway: "smsgate", person: phone, user: same, start: smsgate.Phone.start, tellsTime: true, grain: 1,
    section: (folder, peer) => section(smsgate.configuration(folder, peer, { mode: "server" }), "smsgate", "phone"),
    says: (text, from, peer, at = Date.now()) => moved(smsgate.signed(smsgate.received(text, from, { at: new Date(at) })), "/hooks/smsgate"),
    shows: (peer, person) => peer.of(person).map((one) => ({ ...one, text: one.textMessage.text })),
    delivered: ({ id, phoneNumbers: [recipient] }, segments) => Array.from({ length: segments }, () => {
      const payload = { messageId: id, sender: null, recipient, phoneNumber: recipient, simNumber: 1, deliveredAt: new Date().toISOString() };
      return moved(smsgate.signed(smsgate.event("sms:delivered", payload)), "/hooks/smsgate");
    }),
  },
  ...[["telegram", telegram.byWebhook], ["telegram-polling", 'receive = "polling"\n']].map(([name, channel]) => ({
    name, gateway: "telegram", person: (i) => 9_000_000 + i, user: String, start: telegram.BotApi.start, tellsTime: true, grain: 1_000,
    section: (folder, peer) => section(telegram.configuration(folder, peer, { channel }), name, "telegram"),
    says: (text, from, peer, at = Date.now()) => {
      const update = peer.message(from, { text, date: Math.floor(at / 1000) });
      if (name === "telegram-polling") return update;
      const request = json("/hooks/telegram", update);
      request.headers["X-Telegram-Bot-Api-Secret-Token"] = telegram.secret;
      return request;
    },
    ...(name === "telegram-polling" && { bring: (update, peer) => peer.queue(update) }),
    shows: (peer, person) => peer.sent.filter(({ chat }) => chat === person),
  })),
  ...[["twilio", "inline"], ["twilio-api", "api"]].map(([name, reply]) => ({
    name, gateway: "twilio", person: phone, user: same, start: TwilioApi.start,
    section: (folder, peer) => section(twilio.configuration(folder, { apiUrl: peer.url, channel: `reply = "${reply}"` }), name, "sms"),
    says: (text, from) => moved(twilio.signed(twilio.message(text, { from }), { path: `/hooks/${name}` })),
    ...(reply === "inline"
      ? { inline: (answer) => twilio.readTwiml(answer, { path: `/hooks/${name}` }) }
      : { shows: (peer, person) => peer.accepted.filter(({ to }) => to === person) }),
    delivered: ({ callback, statusPath: path = new URL(callback).pathname + new URL(callback).search, ...more }) =>
      [moved(twilio.signed(twilio.status("delivered", { sid: more.sid, To: more.to }), { path }))],
  })),
  {
    name: "whatsapp", gateway: "whatsapp", person: (i) => phone(i).slice(1), user: asPhone, start: whatsapp.startGraph, tellsTime: true, grain: 1_000,
    section: (folder, peer) => section(whatsapp.configuration(peer.url), "whatsapp", "chat"),
    says: (text, from, peer, at) => metas("whatsapp")(whatsapp.text(text, { from, at })),
    shows: (peer, person) => peer.accepted.filter(({ body }) => body.to === person).map((one) => ({ ...one, text: whatsapp.words(one) })),
    delivered: (message) => [metas("whatsapp")(whatsapp.status(message, "delivered"))],
  },
  {
    name: "messenger", gateway: "messenger", person: (i) => String(5_400_000_000_700_000 + i), user: same, start: messenger.startGraph, tellsTime: true, grain: 1,
    section: (folder, peer) => section(messenger.configuration(peer.url), "messenger", "chat"),
    says: (text, from, peer, at = Date.now()) => {
      const body = messenger.text(text, { from });
      body.entry[0].messaging[0].timestamp = at;
      return metas("messenger")(body);
    },
    shows: (peer, person) => peer.accepted.filter(({ body }) => body.recipient.id === person).map((one) => ({ ...one, text: one.body.message.text })),
    delivered: (message) => [metas("messenger")(messenger.delivery(message))],
  },
  {
    name: "viber", gateway: "viber", person: (i) => Buffer.from(`phone ${i}`).toString("base64"), user: same, start: viber.Viber.start, tellsTime: true, grain: 1,
    section: (folder, peer) => section(viber.configuration(peer.url), "viber", "viber"),
    says: (text, from, peer, timestamp = Date.now()) => moved(viber.signed(viber.text(text, { from, timestamp }))),
    shows: (peer, person) => peer.accepted.filter(({ body }) => body.receiver === person).map((one) => ({ ...one, text: one.body.text })),
    delivered: ({ body, token }) => [moved(viber.signed(viber.callback("delivered", { message_token: token, user_id: body.receiver })))],
  },
  {
    name: "vonage-sms", gateway: "vonage", person: phone, user: same, start: vonage.Gateway.start, tellsTime: true, grain: 1_000,
    section: (folder, peer) => section(vonage.configuration(folder, peer), "vonage-sms", "texts"),
    says: (text, from, peer, at = Date.now()) => {
      const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
      return moved(vonage.carried(vonage.sign(vonage.text(text, from, { "message-timestamp": time })), "form", "/hooks/vonage-sms"));
    },
    shows: (peer, person) => peer.of(person),
    delivered: ({ ids, ref }) => ids.map((id) =>
      moved(vonage.carried(vonage.sign(vonage.receipt(id, ref, "delivered")), "form", "/hooks/vonage-sms/status"))),
  },
  {
    name: "vonage-messages", gateway: "vonage", person: phone, user: same, start: vonage.Gateway.start, tellsTime: true, grain: 1,
    section: (folder, peer) => section(vonage.configuration(folder, peer), "vonage-messages", "messages"),
    says: (text, from, peer, at = Date.now()) =>
      moved(vonage.bearing({ ...vonage.message(text, from), timestamp: new Date(at).toISOString() }), "/hooks/vonage-messages"),
    shows: (peer, person) => peer.of(person),
    delivered: (message) => [moved(vonage.bearing(vonage.status(message, "delivered")), "/hooks/vonage-messages/status")],
  },
  {
    name: "generic", gateway: "generic", person: phone, user: same, start: described.Peer.start, tellsTime: true, grain: 1,
    section: (folder, peer) => section(described.configuration(folder, described.block(peer.url),
      { api_key: described.apiKey, signing_key: described.key, old_signing_key: described.oldKey }), "generic", "sms"),
    says: (words, from, peer, at = Date.now()) => {
      const text = { kind: "text", number: `w${++count}`, who: from.slice(1), words, when: new Date(at).toISOString() };
      return moved(described.webhook([text]), "/hooks/generic");
    },
    shows: (peer, person) => peer.of(person).map((one) => ({ ...one, text: one.body.content.words })),
    delivered: ({ body, number }) => [moved(described.webhook([{ kind: "fate", mark: body.mark, number: String(number), fate: "arrived" }]), "/hooks/generic")],
  },
  {
    name: "smtp", gateway: "smtp", person: (i) => `person${i}@example.com`, user: same,
    start: (test) => mail.MailServer.start(test, { options: { allowInsecureAuth: true } }),
    section: (folder, peer) => section(mail.configuration(folder, peer, 'tls = "none"\n'), "smtp", "mail"),
    shows: (peer, person) => peer.mails.filter(({ to }) => to === person).map((one) => ({ ...one, text: one.mail.text.replaceAll("\r\n", "\n").trimEnd() })),
    spoil: (peer, words) => void (peer.script = (step) => ({ step, code: 550, text: `5.7.1 ${words}` })),
  },
  {
    name: "gammu", gateway: "gammu", person: phone, user: same, start: (test) => gammu.Smsd.start(test, temporaryFolder(test)),
    section: (folder, peer) => section(gammu.configuration(peer.spool), "gammu", "modem"),
    says: (text, from) => ({ text, from }),
    bring: ({ text, from }, peer) => peer.arrives(from, text, { parts: text.match(/[^]{1,60}/gu), at: new Date() }),
    shows: (peer, person) => peer.sentTo(person),
  },
  ...["signal", "signal-webhook"].map((name) => ({
    name, gateway: "signal", person: (i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`, user: same, start: signal.SignalApi.start, tellsTime: true, grain: 1,
    section: (folder, peer) => section(signal.configuration(folder, peer, {
      channel: `username = "proxy"\npassword = "signal-fiction-0123"\n${name === "signal-webhook" ? signal.byWebhook : ""}`,
    }), name, "signal"),
    says: (text, from, peer, stamp = Date.now()) => {
      const content = signal.received(from, text, { stamp });
      return name === "signal" ? content : json(`/hooks/${name}/${signal.secret}`, { jsonrpc: "2.0", method: "receive", params: content });
    },
    ...(name === "signal" && { bring: (content, peer) => peer.queue(content) }),
    shows: (peer, person) => peer.sent.filter(({ to }) => to === person),
    ...(name === "signal-webhook" && { delivered: ({ to, stamp }) =>
      [json(`/hooks/${name}/${signal.secret}`, { jsonrpc: "2.0", method: "receive", params: signal.receipt(to, "delivered", stamp) })] }),
  })),
];

/** Brings what 'says' made, again while a busy server asks for that. @returns the answer; where we ask ourselves, there is none to see */
export async function bring(wire, server, message, peer, options) {
  if (wire.bring) {
    wire.bring(message, peer);
    return { status: 200, body: "" };
  }
  for (const begun = performance.now(); ; await pause(100)) {
    const answer = await send(server.port, message, options);
    if (answer.status !== 503 || performance.now() - begun > 30_000) return answer;
  }
}

export const wireOf = (name) => wires.find((wire) => wire.name === name);

/**
 * The configuration of one server with all these channels. The secrets of each are in a folder of its own. There is no
 * public_url, which the simulator refuses to stand beside: each channel tells its own.
 */
export function configuration(folder, peers, { server = "" } = {}) {
  const sections = [...peers].map(([{ name, section: write }, peer]) => {
    mkdirSync(join(folder, name), { recursive: true });
    const text = write(join(folder, name), peer).replaceAll(/(_file = ")/g, `$1${name}/`);
    return name === "simulator" ? text : text.replace("[[channel]]\n", `[[channel]]\ncallback_url = "${publicUrl}/hooks/${name}"\n`);
  });
  return `
[server]
admin_listen = "127.0.0.1:0"
hosts = ["${host}"]
${server}
[association]
dir = "config/associations/demo"
[limits]
flood = 0
${sections.join("\n")}`;
}

/** Each wire's peer, started. */
export async function startPeers(test, some = wires) {
  const peers = new Map();
  for (const wire of some) peers.set(wire, await wire.start(test));
  return peers;
}

/** The gateways that the program knows, in its own words. */
export async function registry(folder, write) {
  const file = join(folder, "no_gateway.toml");
  write(file, '[[channel]]\nname = "x"\ngateway = "none-of-them"\n');
  const { stdout, stderr } = await run(["check", "--config", file]);
  const listed = /there is no gateway 'none-of-them'; one of: (.*)$/m.exec(stdout + stderr);
  assert.ok(listed, stdout + stderr);
  return listed[1].split(", ");
}
