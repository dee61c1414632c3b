// Judges a history: what people wrote and staff sent, what we keep, and what phones show (nemesis.mjs).

const isNote = (text) => /^Note \d+\.$/.test(text);

/** Whether 'part' comes out of 'whole' by leaving some out. */
function isSubsequence(part, whole) {
  let at = 0;
  for (const one of whole) if (at < part.length && part[at] === one) ++at;
  return at === part.length;
}

function judgePerson({ name, wrote, rows, shown }, inbound, found) {
  const user = name.slice(name.indexOf(":") + 1);
  const kept = inbound.filter((one) => one.user === user);
  if (JSON.stringify(kept.map(({ text }) => text)) !== JSON.stringify(wrote))
    found.push(`${name} wrote ${JSON.stringify(wrote)}, all acknowledged; we keep ${JSON.stringify(kept.map(({ text }) => text))}`);
  for (const { text, state } of kept) if (state !== "processed") found.push(`${name}: "${text}" is ${state}`);
  const replies = rows.filter(({ cause }) => cause.startsWith("in:"));
  const seen = shown.filter((text) => !isNote(text));
  // What is at the phone is ours, once, and in our order.
  if (!isSubsequence(seen, replies.map(({ text }) => text))) found.push(`${name}: the phone shows answers twice, in another order, or of somebody else: ${JSON.stringify(seen)}`);
  const sure = rows.filter(({ state }) => ["sent", "delivered", "read"].includes(state)).map(({ text }) => text);
  const left = [...shown];
  for (const text of sure) {
    const at = left.indexOf(text);
    if (at < 0) found.push(`${name}: "${text}" is sent, and the phone does not show it`);
    else left.splice(at, 1);
  }
  // What is there beyond that was uncertain.
  const uncertain = rows.filter(({ state }) => state === "uncertain").map(({ text }) => text);
  for (const text of left) if (!uncertain.includes(text)) found.push(`${name}: the phone shows "${text}", which is neither sent nor uncertain`);
}

function judgeNotes({ people, notes }, found) {
  const phones = people.flatMap(({ name, shown }) => shown.filter(isNote).map((token) => ({ name, token })));
  for (const { name, token } of phones) {
    const note = notes.find((one) => one.token === token);
    if (note?.to !== name) found.push(`${token} was for ${note?.to}, and ${name} has it`);
    if (note?.afterStop) found.push(`${token} reached ${name} after a STOP`);
  }
  const times = phones.reduce((all, { token }) => all.set(token, (all.get(token) ?? 0) + 1), new Map());
  for (const [token, count] of times) if (count > 1) found.push(`${token} is ${count} times at the phone`);
  const kept = new Set(people.flatMap(({ rows }) => rows.map(({ text }) => text)));
  const stopped = new Set(people.filter(({ wrote }) => wrote.includes("STOP")).map(({ name }) => name));
  for (const note of notes) if (note.withheld && !stopped.has(note.to)) found.push(`${note.token} was withheld, and ${note.to} has not stopped us`);
  for (const note of notes) if (note.kept && !note.afterStop && !kept.has(note.token)) found.push(`${note.token} was promised to staff and is lost`);
}

/** @returns {string[]} what must not have happened */
export function violations(history) {
  const found = [];
  if (history.sound !== "ok") found.push(`the database: ${history.sound}`);
  for (const row of history.uneven) found.push(`not one turn a message: ${row}`);
  for (const row of history.mixed) found.push(`an answer to somebody else: ${row}`);
  for (const person of history.people) judgePerson(person, history.inbound, found);
  judgeNotes(history, found);
  return found;
}
