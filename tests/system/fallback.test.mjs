// People who read another language than theirs, because nobody has translated a page yet, are counted.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exchange } from "./support/raw.mjs";
import { repository, Server, temporaryFolder } from "./support/server.mjs";
import { send } from "./support/twilio.mjs";

test("a page that is told in French for want of Tigrinya is in the metrics", async (t) => {
  const folder = temporaryFolder(t);
  const association = join(folder, "association");
  cpSync(join(repository, "config/associations/demo"), association, { recursive: true });
  const page = join(association, "pages/laundry.yaml");
  writeFileSync(page, readFileSync(page, "utf8").replace(/ {2}ti:\n( {4}.*\n)+/, ""));
  const server = await Server.start({ folder, config: `
[server]
admin_listen = "127.0.0.1:0"
[association]
dir = "${association}"
[limits]
flood = 0
[[channel]]
name = "phone"
gateway = "simulator"` });
  t.after(() => server.close());

  let id = 0;
  const say = async (text) => {
    const answer = await send(server.port, {
      method: "POST", path: "/hooks/phone", body: JSON.stringify({ id: `m${++id}`, from: "+41790001001", text }),
      headers: { Host: `localhost:${server.port}`, "Content-Type": "application/json" },
    });
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body).replies.map((reply) => reply.text).join("\n");
  };
  const counted = async () => {
    const answer = await exchange(server.adminPort, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return answer.text.match(/^# TYPE passerelle_sentence_fallback_total counter\n((?:passerelle_sentence_fallback_total\{.*\n)*)/m)[1];
  };

  assert.match(await say("ሰላም፡ ቤት ጽሕፈት መዓስ ከም ዝኽፈት ክፈልጥ ደልየ ኣለኹ"), /\p{Script=Ethiopic}/u);
  await say("1");
  await say("5");
  assert.equal(await counted(), "", "so far everything was told in Tigrinya");
  assert.match(await say("1"), /machine à laver est au sous-sol/);
  assert.equal(await counted(), 'passerelle_sentence_fallback_total{locale="ti",told="fr"} 1\n');
});
