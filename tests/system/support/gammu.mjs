// Gammu's own SMS daemon (Debian's gammu-smsd) with its dummy modem: a text that arrives is a file in the modem's
// memory, and what is sent goes nowhere.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const utf16 = (text) => Buffer.from(text, "utf16le").swap16();
const hex = (text) => utf16(text).toString("hex").toUpperCase();

/** A file as the daemon writes what has arrived, or as it wants what shall be sent. */
export const marked = (text) => Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(text)]);
export const unmarked = (bytes) => Buffer.from(bytes.subarray(2)).swap16().toString("utf16le");

export function configuration(spool) {
  return `
[server]
admin_listen = "127.0.0.1:0"
log_level = "debug"
[association]
dir = "config/associations/demo"
[limits]
flood = 0
[[channel]]
name = "modem"
gateway = "gammu"
spool = "${spool}"
`;
}

export class Smsd {
  #slot = 0;
  #reference = 0;
  #seen = new Map();  // by name: {text, sent}, of all that was ever in the outbox

  static async start(test, folder) {
    const smsd = new Smsd();
    smsd.folder = folder;
    smsd.spool = join(folder, "spool");
    for (const name of ["inbox", "outbox", "sent", "error"]) mkdirSync(join(smsd.spool, name), { recursive: true });
    const modem = ["fs", "note", "todo", "calendar", "alarm", ...["ME", "SM", "MC", "RC", "DC"].map((name) => `pbk/${name}`), ...[1, 2, 3, 4, 5].map((i) => `sms/${i}`)];
    for (const name of modem) mkdirSync(join(folder, "modem", name), { recursive: true });
    writeFileSync(join(folder, "smsdrc"), `
[gammu]
device = ${folder}/modem/
connection = none
model = dummy
synchronizetime = no
[smsd]
service = files
logfile = ${folder}/smsd.log
debuglevel = 0
inboxpath = ${smsd.spool}/inbox/
outboxpath = ${smsd.spool}/outbox/
sentsmspath = ${smsd.spool}/sent/
errorsmspath = ${smsd.spool}/error/
inboxformat = unicode
transmitformat = auto
CommTimeout = 1
ReceiveFrequency = 1
LoopSleep = 1
StatusFrequency = 0
MultipartTimeout = 600
`);
    test.after(() => smsd.down());
    smsd.up();
    const looking = setInterval(() => smsd.#look(), 50);
    test.after(() => clearInterval(looking));
    return smsd;
  }

  up() {
    const { LC_ALL, LANG, ...env } = process.env;
    this.child = spawn("gammu-smsd", ["-c", join(this.folder, "smsdrc")], { env: { ...env, LC_ALL: "C.UTF-8" }, stdio: "ignore" });
    this.end = new Promise((settle) => this.child.once("exit", settle));
    this.child.once("error", (error) => (this.error = error));
  }

  async down() {
    if (this.error) throw this.error;
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill("SIGTERM");
      await this.end;
    }
  }

  get log() {
    const file = join(this.folder, "smsd.log");
    return existsSync(file) ? readFileSync(file, "utf8").slice(-2000) : "";
  }

  /** A text arrives at the modem; a long one in parts, each with a moment of its own. 'at': in the network's time. */
  arrives(from, text, { parts = [text], at = new Date(2026, 10, 22, 0, 30) } = {}) {
    const reference = (++this.#reference % 256).toString(16).padStart(2, "0");
    parts.forEach((part, i) => {
      const udh = parts.length === 1 ? "" : `UDH = 050003${reference}${[parts.length, i + 1].map((n) => n.toString(16).padStart(2, "0")).join("")}\n`;
      const moment = new Date(at.getTime() + i * 2_000);
      const [day, time] = [[moment.getFullYear(), moment.getMonth() + 1, moment.getDate()], [moment.getHours(), moment.getMinutes(), moment.getSeconds()]]
        .map((numbers) => numbers.map((number) => String(number).padStart(2, "0")).join(""));
      const file = join(this.folder, "modem", `.${++this.#slot}`);
      writeFileSync(file, `[SMSBackup000]
PDU = Deliver
SMSC = "+41790000000"
DateTime = ${day}T${time}
State = UnRead
Number = "${from}"
NumberUnicode = ${hex(from)}
Name = ""
Text00 = ${hex(part)}
Coding = Unicode_No_Compression
Folder = 1
Length = ${part.length}
Class = -1
ReplySMSC = False
RejectDuplicates = False
ReplaceMessage = 0
MessageReference = 0
${udh}`);
      renameSync(file, join(this.folder, "modem/sms/1", String(this.#slot)));
    });
  }

  /** What the modem has sent to somebody, in its order. Asked for often: the server takes away what was sent. */
  sentTo(number) {
    this.#look();
    return [...this.#seen].filter(([name, { sent }]) => sent && name.includes(`_${number}_`)).map(([, { text }]) => ({ text }));
  }

  #look() {
    for (const folder of ["outbox", "sent"]) {
      for (const name of this.names(folder)) {
        if (!this.#seen.has(name)) {
          try {
            this.#seen.set(name, { text: unmarked(readFileSync(join(this.spool, folder, name))), sent: false });
          } catch (error) {
            if (error.code !== "ENOENT") throw error;  // it moves on while we look
          }
        }
      }
    }
    const waiting = new Set(this.names("outbox"));
    for (const [name, one] of this.#seen) one.sent ||= !waiting.has(name);
  }

  names(folder) {
    const path = join(this.spool, folder);
    return existsSync(path) ? readdirSync(path).filter((name) => !name.startsWith(".")).sort() : [];
  }
}
