// Requests with something wrong in them, each followed by a good one on the same connection: what a parser takes for the
// end of the first decides what it takes for the second.
const pick = (random, list) => list[Math.floor(random() * list.length)];

/** The two requests of a case, well formed: head lines and body. 'id' stands in both, followed by a or b. */
function pair(random, { hook, host, from }, id) {
  const words = `Bonjour ${"x".repeat(20 + Math.floor(random() * 60))}`;
  const form = (which) => new URLSearchParams({ id: `${id}${which}`, text: words, from }).toString();
  const common = [`Host: ${host}`, "User-Agent: gateway/1.0", "Accept: */*"];
  const posting = random() < 0.6;
  const first = posting
    ? { lines: [`POST ${hook} HTTP/1.1`, ...common, "Content-Type: application/x-www-form-urlencoded", `Content-Length: ${form("a").length}`], body: form("a") }
    : { lines: [`GET ${hook}?${form("a")} HTTP/1.1`, ...common], body: "" };
  const second = `GET ${hook}?${form("b")} HTTP/1.1\r\n${common.join("\r\n")}\r\nConnection: close\r\n\r\n`;
  return { ...first, second, end: "\r\n" };
}

const lengths = (n) => [`+${n}`, `-${n}`, ` ${n} `, `\t${n}`, `0${n}`, `0x${n.toString(16)}`, `${n}, ${n}`, `${n},`, `${n};`, `${n} ${n}`, `${n}.0`, `${n}e0`, "",
  "-0", `${n - 1}`, `${n + 1}`, `${n + 40}`, "0", "4", "99999999999999999999", "18446744073709551617", `${n}\0`, `${n}\x0b`, `"${n}"`, `${n}\xa0`];
const codings = ["chunked", " chunked", "\tchunked", "Chunked", "CHUNKED ", "xchunked", "chunked, chunked", "chunked, identity", "identity", "identity, chunked",
  "gzip, chunked", "chunked;q=1", "\x0bchunked", "chunked\0", "\"chunked\"", "", ",chunked", "chunked,"];
const names = ["Content-Length ", " Content-Length", "Content_Length", "Content-Length\x0b", "content-length", "CONTENT-LENGTH", "Content-Length\0", "Content-Length\t",
  "Transfer-Encoding ", "Transfer_Encoding", "X-Content-Length", "Transfer-Encoding\x0b"];
const versions = ["HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "http/1.1", "HTTP/01.1", "HTTP/1.1 ", "HTTP/1.10", "HTTP/1,1", "HTTPS/1.1", "HTTP /1.1", "", "ICAP/1.0"];
const methods = ["post", "PoST", "PUT", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "P OST", "GET\0", "", "POSTPOST", "\r\nPOST", "\nGET", " GET", "G\tT"];
const hosts = ["", "evil.example", "sms.example.org:", "sms.example.org:x", "sms.example.org@evil.example", "sms.example.org, evil.example", "[::1", "sms.example.org.", "sms.example.org/x", "\x00"];
const odd = ["\0", "\x01", "\x0b", "\x0c", "\r", "\n", "\r\r\n", "\n\r", "\t", " ", "\x7f", "\x80", "\xff", ":", "\\", "\"", "%", "#", "?"];
const chunk = (text, more = "") => `${text.length.toString(16)}${more}\r\n${text}\r\n`;

/** Replaces a field's value, wherever it stands; adds the field where there is none. */
function set(request, name, value) {
  const at = request.lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  if (at > 0) request.lines[at] = `${name}:${value}`;
  else request.lines.push(`${name}:${value}`);
}
const insert = (text, at, piece) => text.slice(0, at) + piece + text.slice(at);
const firstLine = (change) => (request, random) => {
  const parts = request.lines[0].split(" ");
  change(parts, random);
  request.lines[0] = parts.join(" ");
};
const anyLine = (change) => (request, random) => {
  const at = Math.floor(random() * request.lines.length);
  request.lines[at] = change(request.lines[at], random);
};

/** What can be wrong. Each changes the first request; several may come together. */
const wrongs = [
  (request, random) => set(request, "Content-Length", ` ${pick(random, lengths(request.body.length))}`),
  (request, random) => request.lines.push(`Content-Length: ${pick(random, lengths(request.body.length))}`),
  (request, random) => request.lines.push(`Transfer-Encoding: ${pick(random, codings)}`),
  (request, random) => request.lines.splice(1, 0, `Transfer-Encoding:${pick(random, codings)}`),
  (request, random) => request.lines.push(`${pick(random, names)}: ${pick(random, [request.body.length, 0, 7, "chunked"])}`),
  (request, random) => { // a body in chunks, announced or not
    const more = pick(random, ["", ";x=1", " ", ";", `;${"e".repeat(300)}`]);
    request.body = `${chunk(request.body, more)}0\r\n${pick(random, ["", "X-T: t\r\n", "Content-Length: 9\r\n"])}\r\n`;
    if (random() < 0.8) request.lines.push("Transfer-Encoding: chunked");
    if (random() < 0.5) request.lines = request.lines.filter((line) => !line.startsWith("Content-Length"));
  },
  firstLine((parts, random) => (parts[2] = pick(random, versions))),
  firstLine((parts, random) => (parts[0] = pick(random, methods))),
  firstLine((parts, random) => (parts[1] = pick(random, [`http://sms.example.org${parts[1]}`, `//evil.example${parts[1]}`, `*`, "/", `${parts[1]}#x`, `/x/..${parts[1]}`, `/.${parts[1]}`,
    `${parts[1]} x`, `${parts[1]}\t`, insert(parts[1], Math.floor(random() * parts[1].length), pick(random, odd))]))),
  (request, random) => set(request, "Host", ` ${pick(random, hosts)}`),
  (request, random) => request.lines.push(`Host: ${pick(random, ["sms.example.org", ...hosts])}`),
  (request) => (request.lines = request.lines.filter((line) => !line.startsWith("Host"))),
  anyLine((line, random) => insert(line, Math.floor(random() * (line.length + 1)), pick(random, odd))),
  anyLine((line, random) => insert(line, Math.floor(random() * (line.length + 1)), String.fromCharCode(Math.floor(random() * 256)))),
  anyLine((line, random) => { const at = Math.floor(random() * line.length); return line.slice(0, at) + line.slice(at + 1); }),
  anyLine((line) => line.replace(":", " :")),
  anyLine((line) => line.replace(/: ?/, "")),
  anyLine((line) => `${line}\r\n folded`),
  anyLine((line) => `${line}\r\n\tfolded: 1`),
  anyLine((line, random) => `${line}${pick(random, ["\n", "\r", "\r\r", "\n\n", "\0"])}`),
  (request, random) => request.lines.splice(1 + Math.floor(random() * request.lines.length), 0, pick(random, ["", " ", ":", ": x", "X", "X:", "\t", "GET / HTTP/1.1", "Connection: close", "Connection: keep-alive, x",
    "Connection: Content-Length", "Expect: 100-continue", "Expect: x", "Upgrade: h2c", "Upgrade: websocket", "Trailer: Host", "TE: trailers", "Content-Encoding: gzip", "Max-Forwards: 0"])),
  (request, random) => request.lines.push(`X-Long: ${"x".repeat(pick(random, [4_000, 9_000, 30_000]))}`),
  (request, random) => request.lines.push(...Array.from({ length: pick(random, [50, 99, 150, 1_000]) }, (_, i) => `X-${i}: y`)),
  (request, random) => (request.end = pick(random, ["\n", "\r", "\r\n\r\n", "", " \r\n", "\0\r\n"])),
  (request, random) => (request.lines[0] = pick(random, ["\r\n", "\n", "\r\n\r\n", " ", "\0"]) + request.lines[0]),
  (request, random) => (request.body = request.body.slice(0, Math.floor(random() * request.body.length))),
  (request, random) => (request.body += pick(random, ["\r\n", "\n", "x", "GET / HTTP/1.1\r\n\r\n", "0\r\n\r\n"])),
  (request, random) => (request.separator = pick(random, ["\n", "\r"])),
];

const noise = (random, length) => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));

/** No HTTP/1 at all. */
const foreign = [
  (random) => Buffer.concat([Buffer.from("16030100a1010000990303", "hex"), noise(random, Math.floor(random() * 200))]),
  (random) => Buffer.concat([Buffer.from(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${"\0".repeat(9)}`), noise(random, Math.floor(random() * 60))]),
  (random) => noise(random, 1 + Math.floor(random() * 3_000)),
  (random) => Buffer.concat([noise(random, 64), Buffer.from("\r\n\r\n")]),
  (random) => Buffer.alloc(1 + Math.floor(random() * 40_000), pick(random, ["\0", "\r\n", "A", " ", "GET "])),
  () => Buffer.from("EHLO x\r\nMAIL FROM:<a@b>\r\n"),
];

/** @returns {{id: string, bytes: Buffer}} the i-th case of a run */
export function malformed(random, i, peer) {
  const id = `n${String(i).padStart(5, "0")}x`; // of one length: another one that has lost a digit is not taken for it
  if (random() < 0.04) return { id, bytes: pick(random, foreign)(random) };
  const request = pair(random, peer, id);
  const times = 1 + Math.floor(random() * random() * 4);
  for (let k = 0; k < times; ++k) pick(random, wrongs)(request, random);
  const head = request.lines.join(request.separator ?? "\r\n") + (request.separator ?? "\r\n") + request.end;
  return { id, bytes: Buffer.from(head + request.body + request.second, "latin1") };
}

/**
 * Where two parsers took the same bytes apart differently.
 * @param {Map<string, {text: string, raw: string}>} ours, theirs  what each took, by id; raw: all that it took with it
 */
export function differences(ours, theirs) {
  const found = [];
  for (const [id, { text }] of ours) {
    const other = theirs.get(id);
    if (other && other.text !== text) found.push(`${id}: we read "${text}", nginx "${other.text}"`);
    for (const [name, { raw }] of swallowers(theirs, id)) found.push(`${id} is a request to us, and a part of ${name} to nginx: ${raw}`);
  }
  for (const id of theirs.keys()) {
    for (const [name, { raw }] of swallowers(ours, id)) found.push(`${id} is a request to nginx, and a part of ${name} to us: ${raw}`);
  }
  return found;
}

/** Whichever other request of the same connection holds this id inside itself. */
function swallowers(taken, id) {
  const other = id.slice(0, -1) + (id.endsWith("a") ? "b" : "a");
  return [[other, taken.get(other)]].filter(([, request]) => request?.raw.includes(`id=${id}`));
}
