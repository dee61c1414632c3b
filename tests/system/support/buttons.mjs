// Answers to press, as each gateway shows them and brings a press: one row for each wire (wires.mjs) that has any.
import * as messenger from "./messenger.mjs";
import * as meta from "./graph.mjs";
import { secret } from "./telegram.mjs";
import * as viber from "./viber.mjs";
import * as whatsapp from "./whatsapp.mjs";
import { publicUrl } from "./wires.mjs";

const host = new URL(publicUrl).host;
const ofMeta = async (name, body) => {
  const request = await meta.signed(body, { path: `/hooks/${name}` });
  return { ...request, headers: { ...request.headers, Host: host } };
};

/**
 * @typedef {object} Shows
 * @property {(message: object) => Array<{label: string, payload: string}>} buttons  of a message, as 'shows' of its wire gives it
 * @property {(message: object, button: object, person, at: number) => object|Promise<object>} press  a signed webhook, new each time
 */

/** @type {Object<string, Shows>} */
export const shows = {
  whatsapp: {
    buttons: ({ body: { interactive } }) => {
      if (interactive?.type === "button") return interactive.action.buttons.map(({ reply }) => ({ label: reply.title, payload: reply.id, kind: "button_reply" }));
      const rows = interactive?.action.sections[0].rows ?? [];
      return rows.map(({ id, title, description }) => ({ label: description ?? title, payload: id, title, description, kind: "list_reply" }));
    },
    press: (message, { label, payload, title = label, description, kind }, from, at) => ofMeta("whatsapp", whatsapp.batch({
      contacts: [{ profile: { name: "Amina" }, wa_id: from }],
      messages: [{ context: { from: "0", id: message.id }, from, id: whatsapp.newId(), timestamp: String(Math.floor(at / 1000)),
        type: "interactive", interactive: { type: kind, [kind]: { id: payload, title, description } } }],
    })),
  },
  messenger: {
    buttons: ({ body: { message } }) => (message.quick_replies ?? []).map(({ title, payload }) => ({ label: title, payload })),
    press: (message, { label, payload }, from, at) => {
      const body = messenger.text(label, { from, quick_reply: { payload } });
      body.entry[0].messaging[0].timestamp = at;
      return ofMeta("messenger", body);
    },
  },
  telegram: {
    buttons: ({ keyboard }) => (keyboard?.inline_keyboard ?? []).flat().map(({ text, callback_data: payload }) => ({ label: text, payload })),
    press: (message, { payload }, from, at, peer) => ({
      method: "POST", path: "/hooks/telegram", body: JSON.stringify(peer.pressUnder(from, message, payload)),
      headers: { Host: host, "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret },
    }),
  },
  viber: {
    buttons: ({ body: { keyboard } }) => (keyboard?.Buttons ?? []).map(({ Text: label, ActionBody: payload }) => ({ label, payload })),
    press: ({ body: { tracking_data } }, { payload }, from, timestamp) => {
      const request = viber.signed(viber.text(payload, { from, timestamp, message: { type: "text", text: payload, tracking_data } }));
      return { ...request, path: "/hooks/viber", headers: { ...request.headers, Host: host } };
    },
  },
};
