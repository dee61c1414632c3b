// Plays an operator: an SMSC by npm smpp, which shares no code with Kannel or us, and the phones behind it.
import assert from "node:assert/strict";
import smpp from "smpp";

const utf16 = (text) => Buffer.from(text, "utf16le").swap16();

/** The parts of a text as a phone sends them: [{udh, body, coding}]. GSM letters as they are, all else as UCS-2, cut anywhere. */
function partsOf(text, ref) {
  const plain = /^[ -Z a-z\n]*$/.test(text);
  const bytes = plain ? Buffer.from(text) : utf16(text);
  const coding = plain ? 0 : 8;
  const size = plain ? 153 : 134;
  if (bytes.length <= (plain ? 160 : 140)) return [{ body: bytes, coding }];
  const total = Math.ceil(bytes.length / size);
  return Array.from({ length: total }, (_, i) =>
    ({ udh: Buffer.from([5, 0, 3, ref, total, i + 1]), body: bytes.subarray(i * size, (i + 1) * size), coding }));
}

export class Smsc {
  user = "passerelle";
  password = "fiction1"; // SMPP has room for eight
  binds = [];
  /** Every submit_sm that was taken: {id, to, from, coding, esm, registered, octets, ref, total, number, text}. */
  parts = [];
  /** Of a part and the count of attempts: "take", "throttle", or a status of SMPP's as its number. */
  script = () => "take";
  /** Of a part: the state in its receipt and the code, or nothing for no receipt. */
  fate = () => ({ stat: "DELIVRD", err: "000" });
  submitted = 0;
  #session = null;
  #ref = 0;

  static async start(test) {
    const smsc = new Smsc();
    smsc.server = smpp.createServer((session) => smsc.#serve(session));
    await new Promise((settle) => smsc.server.listen(0, "127.0.0.1", settle));
    smsc.port = smsc.server.address().port;
    test.after(() => {
      smsc.#session?.destroy();
      return new Promise((settle) => smsc.server.close(settle));
    });
    return smsc;
  }

  #serve(session) {
    session.on("error", () => {});
    session.on("bind_transceiver", (pdu) => {
      this.binds.push(pdu);
      const known = pdu.system_id === this.user && pdu.password === this.password;
      session.send(pdu.response(known ? { system_id: "smsc" } : { command_status: smpp.ESME_RBINDFAIL }));
      if (known) this.#session = session;
    });
    session.on("enquire_link", (pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on("submit_sm", (pdu) => this.#submit(session, pdu));
  }

  #submit(session, pdu) {
    const { udh, message } = pdu.short_message;
    const [, , ref, total, number] = udh?.find(([kind]) => kind === 0) ?? [0, 3, 0, 1, 1];
    const octets = pdu.data_coding === 8 ? message.length * 2 : message.length;
    const part = { to: pdu.destination_addr, from: pdu.source_addr, coding: pdu.data_coding, registered: pdu.registered_delivery, octets,
      header: udh ? 6 : 0, ref, total, number, text: message };
    const what = this.script(part, ++this.submitted);
    if (what === "throttle") return session.send(pdu.response({ command_status: smpp.ESME_RTHROTTLED }));
    if (typeof what === "number") return session.send(pdu.response({ command_status: what }));
    part.id = `f1c-${this.submitted.toString(16).padStart(8, "0")}`;
    this.parts.push(part);
    session.send(pdu.response({ message_id: part.id }));
    const fate = this.fate(part);
    if (fate && part.registered & 1) this.#report(pdu, part, fate);
  }

  #report(pdu, { id, text }, { stat, err }) {
    const date = "2703250900";
    const words = `id:${id} sub:001 dlvrd:00${stat === "DELIVRD" ? 1 : 0} submit date:${date} done date:${date} stat:${stat} err:${err} text:`;
    this.#session.deliver_sm({ source_addr: pdu.destination_addr, destination_addr: pdu.source_addr, esm_class: 4, data_coding: 0,
      short_message: Buffer.concat([Buffer.from(words), Buffer.from(text.slice(0, 20), "latin1")]) });
  }

  /** Somebody sends a text. Settled when Kannel has acknowledged each part. @returns in how many parts it came */
  async say(from, to, text) {
    const parts = partsOf(text, ++this.#ref);
    for (const { udh, body, coding } of parts) {
      await new Promise((settle) => this.#session.deliver_sm({
        source_addr: from.replace("+", ""), source_addr_ton: 1, source_addr_npi: 1, destination_addr: to.replace("+", ""), dest_addr_ton: 1, dest_addr_npi: 1,
        data_coding: coding, esm_class: udh ? 0x40 : 0, short_message: udh ? Buffer.concat([udh, body]) : body,
      }, (answer) => {
        assert.equal(answer.command_status, 0);
        settle();
      }));
    }
    return parts.length;
  }

  /** Whole texts that a phone shows, in the order of their last parts: {text, parts}. */
  of(phone) {
    const texts = new Map();
    for (const part of this.parts.filter(({ to }) => `+${to.replace("+", "")}` === phone)) {
      const key = part.total === 1 ? part.id : `${part.ref} ${part.total}`;
      texts.set(key, [...(texts.get(key) ?? []), part]);
    }
    return [...texts.values()].filter((parts) => parts.length === parts[0].total)
      .map((parts) => ({ parts, text: [...parts].sort((a, b) => a.number - b.number).map(({ text }) => text).join("") }));
  }
}
