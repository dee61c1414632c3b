// The simulator page: asks the server for everything, and shows its answer as text. No markup is ever made of a text.
import { inEnglish, named, translatePage, word } from "./simulator_words.js";

const at = (id) => document.getElementById(id);
const remembered = "passerelle.simulator"; // of this tab only
const lookEvery = 5000;

let id = sessionStorage.getItem(remembered) ?? "";
let shown = 0; // messages on the phone
let choices = null;
let turn = Promise.resolve(); // one request after another

/** make("li", {class: "us"}, "text", child…): texts become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const fill = (place, ...children) => at(place).replaceChildren(...children);
const listOr = (rows, nothing) => (rows.length ? rows : [make("li", { class: "nothing" }, word(nothing))]);
const pair = (name, ...value) => [make("dt", {}, name), make("dd", {}, ...value)];
const yesNo = (yes) => word(yes ? "yes" : "no");
const person = (text) => make("q", { dir: "auto" }, text);

// --- what the server is asked ---

class Refused extends Error {}

async function request(operation, given) {
  let response;
  try {
    response = await fetch(`/simulator/${operation}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given), cache: "no-store",
    });
  } catch {
    throw new Refused(word("unreachable"));
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  if (response.status === 404) throw new Refused(word("gone"));
  throw new Refused(answer ? `${word("refused")} ${answer.where ? `${answer.where}: ` : ""}${answer.error}` : word("unreachable"));
}

/** Shows what has become of it. @returns {Promise<boolean>} whether it was done */
function ask(operation, given = {}) {
  turn = turn.then(async () => {
    document.body.setAttribute("aria-busy", "true");
    try {
      show(await request(operation, operation === "begin" ? given : { id, ...given }));
      at("error").textContent = "";
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      at("error").textContent = error.message;
      return false;
    } finally {
      document.body.removeAttribute("aria-busy");
    }
  });
  return turn;
}

async function begin() {
  const done = await ask("begin", {
    ...(id ? { instead: id } : {}),
    ...(at("language").value ? { language: at("language").value } : {}),
    ...(at("number").value.trim() ? { number: at("number").value.trim() } : {}),
    latin_only: at("latin_only").checked,
  });
  if (done) at("screen").scrollTop = 0;
}

// --- what the page shows ---

function show(page) {
  if (page.id !== id || page.messages.length < shown) {
    shown = 0;
    at("messages").replaceChildren();
  }
  id = page.id;
  sessionStorage.setItem(remembered, id);
  if (choices === null) showChoices(page);
  showMessages(page.messages);
  showStaff(page);
  showSession(page);
  showLog(page.log);
  showReloaded(page.current);
}

function showChoices(page) {
  choices = page.choices;
  at("association").textContent = choices.association;
  for (const language of choices.languages) at("language").append(make("option", { value: language.code, lang: language.code }, language.name));
  for (const place of choices.places) at("place").append(make("option", { value: place.id }, place.name));
  fill("bring", ...choices.bring.map((item) =>
    make("label", { class: "check" }, make("input", { type: "checkbox", name: "bring", value: item.id }), " ", make("span", { lang: choices.site_language }, item.text))));
  const [day, month, year] = page.now.split(" ")[0].split(".").map(Number);
  at("day").value = new Date(Date.UTC(year, month - 1, day + 3)).toISOString().slice(0, 10);
}

/** "28.03. 14:30": the year stands beside the clock. */
const short = (moment) => moment.slice(0, 6) + moment.slice(10);

function bubble(message) {
  const who = make("span", { class: "who" }, word(message.us ? "us" : "you"));
  if (message.rings) return make("li", { class: "person rings" }, who, make("p", { class: "text" }, word("missed_call")), make("p", { class: "meta" }, short(message.at)));
  if (!message.us) return make("li", { class: "person" }, who, make("p", { class: "text", dir: "auto" }, message.text), make("p", { class: "meta" }, short(message.at)));
  const cost = `${message.encoding} · ${message.segments} ${word(message.segments === 1 ? "segment" : "segments")} · ${message.lang}`;
  return make("li", { class: "us" }, who, make("p", { class: "text", lang: message.lang, dir: message.dir }, message.text),
    message.gloss ? make("p", { class: "gloss", lang: message.gloss_lang, dir: "auto" }, message.gloss) : null,
    make("p", { class: "meta" }, `${short(message.at)} · ${cost}`));
}

function showMessages(messages) {
  const fresh = messages.slice(shown).map(bubble);
  shown = messages.length;
  if (!fresh.length) return;
  at("messages").append(...fresh);
  at("screen").scrollTop = at("screen").scrollHeight;
}

function answersOf(answers) {
  return Object.entries(answers).map(([name, value]) => make("div", {}, `${name}: `, person(value)));
}

function showStaff(page) {
  fill("tasks", ...listOr(page.tasks.map((task) => make("li", { class: task.kind === "danger" ? "urgent" : "" },
    make("strong", {}, named("task", task.kind)), make("p", { class: "meta" }, `${word("opened")} ${task.opened}`),
    task.text ? make("p", {}, person(task.text)) : null,
    task.last ? make("p", {}, `${word("last")}: `, person(task.last)) : null,
    ...(task.notes ?? []).flatMap(answersOf))), "no_task"));
  const appointment = page.appointment;
  if (appointment === null) fill("appointment", make("div", { class: "nothing" }, make("dt", {}, word("no_appointment")), make("dd", {}, "—")));
  else fill("appointment", ...pair(word("when"), appointment.cancelled ? `${appointment.at} (${word("cancelled")})` : appointment.at),
    ...pair(word("answer"), named("response", appointment.answer)));
  const contact = page.contact;
  for (const radio of document.getElementsByName("readers")) radio.checked = radio.value === contact.readers;
  at("discreet").checked = contact.discreet;
  fill("contact_more", ...(contact.safe_hours ? pair(word("safe_hours"), contact.safe_hours) : []),
    ...(contact.code ? pair(word("code"), contact.code) : []), ...(contact.paused ? pair(word("paused"), word("yes")) : []));
  fill("cases", ...listOr(page.cases.map((file) => make("li", {}, make("strong", {}, file.kind),
    make("p", { class: "meta" }, file.opened), ...answersOf(file.answers))), "no_case"));
}

const row = (name, ...value) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, ...value));

function showSession({ now, zone, session, coming }) {
  at("now").textContent = now;
  at("zone").textContent = zone;
  fill("coming", ...listOr(coming.map((each) => make("li", {}, `${each.at} — ${named("coming", each.kind)}`)), "no_coming"));
  const language = session.language ? `${session.language} (${word(session.chosen ? "chosen" : "guessed")})` : word("no_language");
  const questions = session.questions.flatMap((question) => [
    make("tr", { class: "question" }, make("th", { scope: "row" }, word("waits")), make("td", {}, make("code", {}, `${question.dialog}/${question.step}`))),
    row(word("asks"), make("code", {}, question.asks || "—")),
    row(word("until"), question.until),
    ...(question.gives_up ? [row(word("gives_up"), question.gives_up)] : []),
    ...(question.offered.length ? [row(word("offered"), make("code", {}, question.offered.join(" ")))] : []),
    ...(question.callers.length ? [row(word("callers"), make("code", {}, question.callers.join(" → ")))] : []),
    ...(question.misses ? [row(word("misses"), String(question.misses))] : []),
    ...(Object.keys(question.answers).length ? [row(word("told"), ...answersOf(question.answers))] : []),
  ]);
  fill("session", row(word("language"), language), row(word("latin"), yesNo(session.latin_only)),
    row(word("consent"), named("consent", session.consent)),
    ...(questions.length ? questions : [row(word("waits"), word("no_question"))]));
}

function valueOf(name, value) {
  if (value === "-") return word("none");
  if (["latin_only", "discreet", "paused"].includes(name)) return yesNo(value === "yes");
  return named({ consent: "consent", answer: "response", readers: "readers", task: "task" }[name], value);
}

function entry(item) {
  const title = item.kind === "staff" ? word("staff_did") : word(item.kind);
  const lines = item.changes.map((change) => make("li", {},
    `${named("change", change.name)}: ${change.before === "-" ? "" : `${valueOf(change.name, change.before)} → `}${valueOf(change.name, change.after)}`));
  if (item.keys.length) lines.unshift(make("li", {}, `${word("said")}: `, make("code", {}, item.keys.join(" "))));
  else if (item.messages) lines.unshift(make("li", {}, `${word("sent")}: ${item.messages}`));
  else if (item.kind === "person" || item.kind === "rings") lines.unshift(make("li", {}, word("silence")));
  if (item.stuck) lines.push(make("li", { class: "urgent" }, word("stuck")));
  return make("li", {}, make("strong", {}, title), " ", item.what ? make("code", {}, item.what) : null,
    make("span", { class: "meta" }, ` ${item.at}`), lines.length ? make("ul", {}, ...lines) : null);
}

function showLog(log) {
  fill("log", ...log.map(entry));
  at("log").scrollTop = at("log").scrollHeight;
}

function showReloaded(current) {
  const place = at("reloaded");
  if (current) return place.replaceChildren();
  if (place.childElementCount) return undefined;
  const button = make("button", { type: "button" }, word("again"));
  button.addEventListener("click", begin);
  return place.replaceChildren(make("p", {}, word("reloaded")), button);
}

// --- what people do ---

function appointmentLine(action) {
  const options = [at("place").value ? ` site=${at("place").value}` : "", at("with").value ? ` with=${at("with").value}` : ""];
  const bring = Array.from(document.querySelectorAll("input[name=bring]:checked"), (box) => box.value).join(",");
  if (bring && action === "appointment") options.push(` bring=${bring}`);
  return `${action} ${at("day").value} ${at("hour").value}${options.join("")}`;
}

const onSubmit = (form, act) => at(form).addEventListener("submit", (event) => {
  event.preventDefault();
  act();
});
const onClick = (button, act) => at(button).addEventListener("click", act);

async function say() {
  if (await ask("say", { text: at("text").value })) at("text").value = "";
  at("text").focus();
}

async function save() {
  try {
    const { transcript } = await request("transcript", { id });
    const link = make("a", { href: URL.createObjectURL(new Blob([transcript], { type: "text/plain" })), download: "conversation.transcript" });
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    at("error").textContent = error.message;
  }
}

/** The banner only: what somebody is writing or reading stays as it is. */
async function look() {
  if (document.hidden || !id) return;
  const page = await request("state", { id }).catch(() => null);
  if (page && page.id === id) showReloaded(page.current);
}

onSubmit("say", say);
at("text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say();
});
onClick("ring", () => ask("ring"));
onSubmit("begin", begin);
onSubmit("appoint", () => ask("act", { action: appointmentLine("appointment") }));
onClick("move", () => at("appoint").reportValidity() && ask("act", { action: appointmentLine("move") }));
onClick("cancel", () => ask("act", { action: "cancel" }));
onSubmit("act", async () => {
  if (await ask("act", { action: at("action").value })) at("action").value = "";
});
onSubmit("contact", () => {});
at("contact").addEventListener("change", ({ target }) =>
  ask("act", { action: target.id === "discreet" ? `contact discreet=${target.checked ? "yes" : "no"}` : `contact readers=${target.value}` }));
for (const button of document.querySelectorAll("[data-pass]")) button.addEventListener("click", () => ask("pass", { to: button.dataset.pass }));
onClick("save", save);

translatePage();
if (inEnglish) document.title = word("title");
if (!id || !(await ask("state"))) await begin();
setInterval(look, lookEvery);
