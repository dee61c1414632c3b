// Plays Messenger: webhooks of a page with messages and deliveries, and its Graph API (graph.mjs) on a loopback port.
import * as meta from "./graph.mjs";

export const page = "101000000000001";
let count = 0;
export const configuration = (apiUrl) => meta.configuration("messenger", apiUrl, `page = "${page}"`);

export const startGraph = (test) => meta.Graph.start(test, {
  path: `/${meta.version}/${page}/messages`, prefix: "m_OUT",
  success: (id, { recipient }) => ({ recipient_id: recipient.id, message_id: id }),
});

export const newPerson = () => String(5_400_000_000_000_000 + ++count);
export const newMid = () => `m_in-${process.pid}_${++count}`;

export const batch = (...events) => ({ object: "page", entry: [{ id: page, time: Date.now(), messaging: events }] });
export const event = (sender, content) => ({ sender: { id: sender }, recipient: { id: page }, timestamp: Date.now(), ...content });
export const text = (words, { from, mid = newMid(), ...more }) => batch(event(from, { message: { mid, text: words, ...more } }));
export const delivery = (...sent) => batch({ sender: { id: sent[0].body.recipient.id }, recipient: { id: page }, delivery: { mids: sent.map(({ id }) => id), watermark: Date.now() } });
export const echo = ({ id, body }) => batch({ sender: { id: page }, recipient: body.recipient, timestamp: Date.now(), message: { mid: id, is_echo: true, app_id: 1, ...body.message } });

