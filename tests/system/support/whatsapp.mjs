// Plays WhatsApp: webhooks of the Cloud API with messages and statuses, and its Graph API (graph.mjs) on a loopback port.
import * as meta from "./graph.mjs";

export const numberId = "109000000000001";
export const scopedId = "FR.13491208655302741918";
let count = 0;
export const newPhone = () => `336399${String(80_000 + ++count)}`;
export const newId = () => `wamid.${Buffer.from(`in ${process.pid} ${++count}`).toString("base64")}`;

export const configuration = (apiUrl) => meta.configuration("whatsapp", apiUrl, `phone_number_id = "${numberId}"`);

export const startGraph = (test) => meta.Graph.start(test, {
  path: `/${meta.version}/${numberId}/messages`, prefix: "wamid.OUT",
  success: (id, { to }) => ({ messaging_product: "whatsapp", contacts: [{ input: to, wa_id: to }], messages: [{ id }] }),
});

export const batch = (...values) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "208000000000001", changes: values.map((part) => ({
    field: "messages",
    value: { messaging_product: "whatsapp", metadata: { display_phone_number: "33639980099", phone_number_id: numberId }, ...part },
  })) }],
});
/** 'at' in milliseconds; WhatsApp tells whole seconds. */
export const said = (words, { from, id = newId(), scoped, at = Date.now() }) => ({
  ...(from && { from }), ...(scoped && { from_user_id: scoped }), id, timestamp: String(Math.floor(at / 1000)), type: "text", text: { body: words },
});
/** The id that Meta gives to whoever has this number. */
export const scopedOf = (from) => `FR.${from}${"0".repeat(6)}`;
export const text = (words, who) => batch({
  contacts: [{ profile: { name: "Amina" }, ...(who.from && { wa_id: who.from }), user_id: who.scoped ?? (who.from ? scopedOf(who.from) : scopedId) }],
  messages: [said(words, who)],
});
/** The words of a message of ours, with or without answers to press. */
export const words = ({ body }) => body.interactive?.body.text ?? body.text.body;
export const status = (message, state, more = {}) => batch({ statuses: [{
  id: message.id, status: state, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: message.body.to,
  biz_opaque_callback_data: message.body.biz_opaque_callback_data, ...more,
}] });
