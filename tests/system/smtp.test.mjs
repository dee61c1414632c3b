// E-mail through the real binary and a mail server that is not ours (npm smtp-server), in clear, by STARTTLS and by TLS; what
// arrives is read by npm postal-mime.
import assert from "node:assert/strict";
import { test } from "node:test";
import { query } from "./support/database.mjs";
import { eventually, office } from "./support/gateway.mjs";
import { certificate, configuration, MailServer, password, username } from "./support/mail.mjs";
import { questions } from "./support/sentences.mjs";
import { Server, temporaryFolder } from "./support/server.mjs";

const monday = ["--clock", "2027-03-22T09:00:00Z"];
const utf8 = (hex) => Buffer.from(hex, "hex").subarray(4).toString();  // after its key id: store/sealed.hpp

async function start(suite, { tls, options, channel, trust = tls?.file } = {}) {
  const folder = temporaryFolder(suite);
  const mail = await MailServer.start(suite, { tls, options });
  const server = await Server.start({ folder, args: monday, config: configuration(folder, mail, channel), env: trust ? { SSL_CERT_FILE: trust } : {} });
  suite.after(() => server.close());
  const send = (to, text, language = "fr") => office(server, "send", { to: `mail:${to}`, text, language });
  const stateOf = (text) => query(server.data, "SELECT state, why, hex(text) FROM outbound ORDER BY id")
    .filter(([, , hex]) => utf8(hex) === text).map(([state, why]) => (why && state !== "sent" ? `${state} ${why}` : state)).join();
  const becomes = (text, state) => eventually(() => stateOf(text) === state || `${stateOf(text)}\n${server.text.stderr.slice(-1500)}`);
  return { mail, server, send, becomes, stateOf };
}

const channelOf = async (server) => (await office(server, "channel.list")).channels[0];
const stops = (server, why) => eventually(async () => {
  const row = await channelOf(server);
  return (row.paused && row.why === why) || `${JSON.stringify(row)}\n${server.text.stderr.slice(-1500)}`;
});

test("mails by STARTTLS", async (suite) => {
  const tls = certificate(temporaryFolder(suite));
  const { mail, server, send, becomes } = await start(suite, { tls });

  for (const language of ["fr", "en", "ar", "ti", "uk", "fa-AF"]) {
    await suite.test(`a text in ${language} arrives letter by letter`, async () => {
      const text = `${questions[language][1]}\n1 = 😀\n. a dot\n`;
      const { ref } = await send(`person-${language.toLowerCase()}@example.com`, text, language);
      await eventually(() => mail.mails.at(-1)?.to.startsWith(`person-${language.toLowerCase()}@`) || server.text.stderr.slice(-1500));
      const { mail: read, ...envelope } = mail.mails.at(-1);
      assert.equal(read.text.replaceAll("\r\n", "\n").trimEnd(), text.trimEnd());
      assert.deepEqual([envelope.from, envelope.secure, envelope.user], ["bot@asso.example", true, username]);
      assert.deepEqual([read.from.address, read.from.name], ["bot@asso.example", "Maison du Pont – بيت"]);
      assert.deepEqual(read.to.map((one) => one.address), [envelope.to]);
      assert.equal(read.subject, "Un message pour vous · رسالة");
      assert.equal(read.messageId, `<${ref}@asso.example>`);
      assert.equal(new Date(read.date).toISOString(), "2027-03-22T09:00:00.000Z");
      const header = (name) => read.headers.find((one) => one.key === name)?.value;
      assert.deepEqual([header("content-language"), header("auto-submitted")], [language, "auto-generated"]);
      await becomes(text.trimEnd(), "sent");
    });
  }

  await suite.test("an address beyond ASCII is written as it is", async () => {
    await send("амина@пример.example", "Bonjour");
    await eventually(() => mail.mails.at(-1)?.mail.text.startsWith("Bonjour") || server.text.stderr.slice(-1500));
    assert.equal(mail.mails.at(-1).mail.to[0].address, "амина@пример.example");
  });

  await suite.test("neither the password nor an address or a text is in the log", async () => {
    const end = await server.stop();
    assert.ok(end.stderr.includes("evt=outbound"));
    for (const word of [password, Buffer.from(`\0${username}\0${password}`).toString("base64"), "person-", "example.com", "Bonjour"]) {
      assert.ok(!(end.stdout + end.stderr).includes(word), word);
    }
  });
});

test("a server that speaks TLS from the first byte, knows LOGIN only and no eight bits", async (suite) => {
  const tls = certificate(temporaryFolder(suite));
  const { mail, send, becomes } = await start(suite, { tls, channel: 'tls = "implicit"\n',
    options: { secure: true, authMethods: ["LOGIN"], hide8BITMIME: true, hideSMTPUTF8: true, hideSize: true } });
  await send("amina@example.com", "ሰላም\n.");
  await becomes("ሰላም\n.", "sent");
  assert.match(mail.mails[0].raw, /Content-Transfer-Encoding: base64/);
  assert.equal(mail.mails[0].mail.text.replaceAll("\r\n", "\n").trimEnd(), "ሰላም\n.");
  assert.ok(!/[^\x00-\x7f]/.test(mail.mails[0].raw), "all of it is ASCII");
  await send("амина@пример.example", "Bonjour");
  await becomes("Bonjour", "failed no_smtputf8");
});

test("what the server says decides what becomes of a mail", async (suite) => {
  const tls = certificate(temporaryFolder(suite));
  const { mail, server, send, becomes, stateOf } = await start(suite, { tls });

  await suite.test("no such mailbox, or spam: refused for good", async () => {
    mail.script = (step, to) => (to === "nobody@example.com" ? { step: "to", code: 550, text: "5.1.1 no such user" } : { step: "data", code: 554, text: "5.7.1 spam" });
    await send("nobody@example.com", "Personne");
    await send("full@example.com", "Publicite");
    await becomes("Personne", "failed 550_5.1.1");
    await becomes("Publicite", "failed 554_5.7.1");
    assert.equal((await channelOf(server)).paused, false);
  });

  await suite.test("greylisted, or in trouble after the dot: again later, with the same Message-ID", async () => {
    const asked = [];
    mail.script = (step, to) => {
      if (step === "to") asked.push(to);
      if (step === "to" && asked.length === 1) return { step, code: 450, text: "4.2.0 greylisted" };
      return step === "data" && asked.length === 2 ? { step, code: 451, text: "4.3.0 later" } : undefined;
    };
    const { ref } = await send("amina@example.com", "Encore");
    await becomes("Encore", "queued 450_4.2.0");
    await office(server, "clock", { time: "2027-03-22T09:30:00Z" });
    await becomes("Encore", "sent");
    assert.equal(asked.length, 3);
    assert.deepEqual(mail.mails.map((one) => one.mail.messageId), [`<${ref}@asso.example>`]);
  });

  await suite.test("gone after the text was read: uncertain, and no machine sends it again", async () => {
    mail.script = (step) => (step === "data" ? "drop" : undefined);
    const before = mail.texts;
    await send("amina@example.com", "Perdu");
    await eventually(() => stateOf("Perdu").startsWith("uncertain") || stateOf("Perdu"));
    await office(server, "clock", { time: "2027-03-22T11:00:00Z" });
    assert.equal(mail.texts, before + 1);
    mail.script = () => undefined;
  });

  await suite.test("not an address: refused without a word to the server", async () => {
    const before = mail.signedIn;
    await send("+41791234567", "Mauvaise adresse");
    await becomes("Mauvaise adresse", "failed address");
    assert.equal(mail.signedIn, before);
  });
});

test("a wrong password stops the channel, and the mail leaves when it is mended", async (suite) => {
  const tls = certificate(temporaryFolder(suite));
  let good = false;
  const { mail, server, send, becomes, stateOf } = await start(suite, { tls, options: {
    onAuth: (auth, session, done) => done(good ? null : Object.assign(new Error("no"), { responseCode: 535 }), { user: "bot" }) } });
  await send("amina@example.com", "Patience");
  await stops(server, "535");
  assert.match(stateOf("Patience"), /^queued/);
  good = true;
  await office(server, "channel.resume", { name: "mail" });
  await becomes("Patience", "sent");
  assert.equal(mail.mails.length, 1);
});

test("a server without STARTTLS hears neither password nor text", async (suite) => {
  const { mail, server, send, stateOf } = await start(suite, { options: { hideSTARTTLS: true, allowInsecureAuth: true } });
  await send("amina@example.com", "Secret");
  await stops(server, "no_starttls");
  assert.deepEqual([mail.signedIn, mail.texts], [0, 0]);
  assert.match(stateOf("Secret"), /^queued/);
});

test("a certificate that nobody vouches for is not spoken to", async (suite) => {
  const tls = certificate(temporaryFolder(suite));
  const other = certificate(temporaryFolder(suite));
  const { mail, send, becomes } = await start(suite, { tls, trust: other.file });
  await send("amina@example.com", "Secret");
  await becomes("Secret", "queued tls");
  assert.deepEqual([mail.signedIn, mail.texts], [0, 0]);
});

test("a server on this machine may be spoken to in clear", async (suite) => {
  const { mail, send, becomes } = await start(suite, { channel: 'tls = "none"\n', options: { allowInsecureAuth: true } });
  await send("amina@example.com", "Ici");
  await becomes("Ici", "sent");
  assert.equal(mail.mails[0].secure, false);
});
