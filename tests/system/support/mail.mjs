// A mail server on a loopback port (npm smtp-server), which does what a test says; what it took is read by npm postal-mime,
// which shares no code with it or with us.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export const username = "bot";
export const password = "password-of-fiction";

/** A certificate for this machine, and the file that says to trust it. */
export function certificate(folder) {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-keyout", key, "-out", cert,
    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
}

export class MailServer {
  /** What it answers: {step: "from" | "to" | "data", code, text}, "drop" (reads the text, and is gone), or nothing: yes. */
  script = () => undefined;
  mails = [];    // {from, to, mail: as postal-mime reads it, raw, secure, user}
  signedIn = 0;  // how often somebody tried
  texts = 0;     // how often a text was read to its end

  static async start(test, { tls, options = {} } = {}) {
    const server = new MailServer();
    const refuse = (step, what, done) => {
      const told = server.script(step, what);
      if (told?.step !== step) return done();
      done(Object.assign(new Error(told.text ?? "no"), { responseCode: told.code }));
    };
    server.smtp = new SMTPServer({
      ...(tls && { key: tls.key, cert: tls.cert }), disableReverseLookup: true, authOptional: false, logger: false, closeTimeout: 100,
      onAuth: (auth, session, done) => {
        ++server.signedIn;
        const good = auth.username === username && auth.password === password;
        done(good ? null : Object.assign(new Error("no"), { responseCode: 535 }), good ? { user: auth.username } : undefined);
      },
      onMailFrom: (address, session, done) => refuse("from", address.address, done),
      onRcptTo: (address, session, done) => refuse("to", address.address, done),
      onData: (stream, session, done) => server.#take(stream, session, done, refuse),
      ...options,
    });
    server.smtp.on("error", () => {});  // a client that hangs up
    await new Promise((settle) => server.smtp.listen(0, "127.0.0.1", settle));
    server.port = server.smtp.server.address().port;
    test.after(() => server.close());
    return server;
  }

  close() {
    this.#hangUp();
    return new Promise((settle) => this.smtp.close(settle));
  }

  #hangUp() {
    for (const connection of this.smtp.connections) connection._socket.destroy();
  }

  async #take(stream, session, done, refuse) {
    const parts = [];
    for await (const part of stream) parts.push(part);
    ++this.texts;
    const to = session.envelope.rcptTo[0].address;
    if (this.script("data", to) === "drop") return this.#hangUp();
    const raw = Buffer.concat(parts);
    const mail = await PostalMime.parse(raw);
    refuse("data", to, (error) => {
      if (!error) this.mails.push({ from: session.envelope.mailFrom.address, to, mail, raw: raw.toString("utf8"), secure: session.secure, user: session.user });
      done(error);
    });
  }
}

/** A configuration with one channel of mails. */
export function configuration(folder, server, channel = "") {
  writeFileSync(join(folder, "password"), `${password}\n`, { mode: 0o600 });
  return `
[server]
admin_listen = "127.0.0.1:0"
log_level = "debug"
[association]
dir = "config/associations/demo"
[[channel]]
name = "mail"
gateway = "smtp"
host = "127.0.0.1"
port = "${server.port}"
username = "${username}"
password_file = "password"
from = "bot@asso.example"
from_name = "Maison du Pont – بيت"
subject = "Un message pour vous · رسالة"
${channel}`;
}
