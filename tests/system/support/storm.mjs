// Webhooks that come more than once and overtake each other, in an order that a seed repeats.
import http from "node:http";

/** What people write in a storm: every road through the first dialogs, in several languages. */
export const words = ["Bonjour, une question", "1", "Hello, I have a question", "2", "مرحبا، عندي سؤال", "RAPPEL", "ሰላም፡ ሕቶ ኣለኒ", "STOP",
  "Добрий день", "START"];

/** Numbers from 0 to 1, the same in every run with the same seed (mulberry32, by Tommy Ettinger). */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each message one to five times, in the order of 'at' plus up to 'late' ms for each copy; without 'at', in any order. */
export function scattered(messages, { seed, late = 1 }) {
  const throws = dice(seed);
  const copies = messages.flatMap((message, i) => Array.from({ length: 1 + (i % 5) }, () => [(message.at ?? 0) + throws() * late, message]));
  return copies.sort((a, b) => a[0] - b[0]).map(([, message]) => message);
}

/** Many connections work through a list, each taking the next. 'one' may put something back: it is called with the list. */
export async function hurl(list, one, { connections = 32 } = {}) {
  const queue = [...list].reverse();
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  await Promise.all(Array.from({ length: connections }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await one(next, agent, queue);
  }));
  agent.destroy();
}
