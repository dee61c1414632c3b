// R3: no acknowledgement leaves before the sync of the database's log that made its message durable.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Server, sanitized, temporaryFolder } from "./support/server.mjs";
import * as twilio from "./support/twilio.mjs";

const webhooks = Number(process.env.WEBHOOKS ?? 200);  // the release figure is 1,000 (script/soak)
// strace pads a short process id with blanks ("912   fdatasync(…"), as small containers have them.
const syncs = /^\d+ +(?:fdatasync|fsync)\(\d+<[^>]*-wal>\) = 0|^\d+ +(?:fdatasync|fsync)\(\d+<[^>]*-wal> <unfinished/;
const sends = /^\d+ +(?:send|sendto|sendmsg|write|writev)\(/;

/** What strace saw, in its order: 'request' when its bytes were read, 'sync' when a sync was over, 'ok' when a 2xx began to leave. */
function story(trace) {
  const pending = new Map();
  const seen = [];
  for (const line of trace.split("\n")) {
    const thread = line.slice(0, line.indexOf(" "));
    if (syncs.test(line)) {
      if (line.includes("<unfinished")) pending.set(thread, "sync");
      else seen.push("sync");
    } else if (/<\.\.\. f(?:data)?sync resumed>\) += 0/.test(line) && pending.get(thread) === "sync") {
      pending.delete(thread);
      seen.push("sync");
    } else if (sends.test(line) && line.includes("HTTP/1.1 2")) {
      seen.push("ok");
    } else if (/recv|read/.test(line) && line.includes("POST /hooks/")) {
      seen.push("request");
    }
  }
  return seen;
}

test(`each of ${webhooks} acknowledgements follows a sync that followed its request`, async (t) => {
  const probe = spawnSync("strace", ["-f", "-e", "trace=fdatasync", "true"], { encoding: "utf8" });
  if (probe.status !== 0) return t.skip(`strace cannot attach here: ${probe.error?.message ?? probe.stderr.trim()}`);
  const folder = temporaryFolder(t);
  const file = join(folder, "trace");
  const calls = "fdatasync,fsync,sendto,sendmsg,write,writev,recvfrom,recvmsg,read,readv";
  const before = ["strace", "-f", "-y", "-s", "48", "-e", `trace=${calls}`, "-o", file];
  const env = sanitized ? { ASAN_OPTIONS: "detect_leaks=0" } : {};  // the leak check cannot work under a tracer
  const server = await Server.start({ folder, config: twilio.configuration(folder), before, env });
  t.after(() => server.close());
  for (let i = 0; i < webhooks; ++i) {
    twilio.readTwiml(await twilio.text(server.port, "Bonjour", { from: `+4179${1_000_000 + i}` }));
  }
  await server.stop();

  const seen = story(readFileSync(file, "utf8"));
  const rounds = seen.join(" ").split("request").slice(1).map((round) => round.trim().split(" "));
  assert.equal(rounds.length, webhooks, "every request was seen");
  rounds.forEach((round, i) => {
    assert.ok(round.includes("ok"), `webhook ${i} was acknowledged: ${round}`);
    assert.equal(round[0], "sync", `webhook ${i}: acknowledged before a sync: ${round}`);
  });
});

test("the reader of the trace would notice an acknowledgement that comes too early", () => {
  const good = [
    '7 recvmsg(9<TCP:[1]>, {msg_iov=[{iov_base="POST /hooks/sms HTTP/1.1\\r\\n"...}]}, 0) = 300',
    "8 fdatasync(5</srv/x/data/a.db-wal> <unfinished ...>", "7 write(2</dev/null>, \"x\", 1) = 1",
    "8 <... fdatasync resumed>) = 0", '7 sendmsg(9<TCP:[1]>, {msg_iov=[{iov_base="HTTP/1.1 200 OK\\r\\n"...}]}, 0) = 90',
  ];
  assert.deepEqual(story(good.join("\n")), ["request", "sync", "ok"]);
  const early = [good[0], good[1], good[4], good[3]];
  assert.deepEqual(story(early.join("\n")), ["request", "ok", "sync"]);
  const failed = [good[0], good[1], "8 <... fdatasync resumed>) = -1 EIO (Input/output error)", good[4]];
  assert.deepEqual(story(failed.join("\n")), ["request", "ok"]);
  const elsewhere = [good[0], "8 fdatasync(5</srv/x/other.log>) = 0", good[4]];
  assert.deepEqual(story(elsewhere.join("\n")), ["request", "ok"]);
});
