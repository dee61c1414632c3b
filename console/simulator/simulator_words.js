// What the page says: French stands in index.html and here, English here. Keys of the server keep their own name when
// there is no word for them.
const french = {
  no_language: "pas encore connue", chosen: "choisie par la personne", guessed: "pas choisie par la personne",
  none: "rien", no_task: "Aucune tâche.", no_case: "Aucun dossier.", no_appointment: "Aucun rendez-vous.",
  no_coming: "Rien n’est prévu.", no_question: "Aucune question n’attend de réponse.",
  yes: "oui", no: "non",
  when: "Quand", answer: "Réponse", cancelled: "annulé", language: "Langue", consent: "Accord", waits: "Question",
  asks: "Phrase", until: "Attend jusqu’au", misses: "Réponses pas comprises", told: "Réponses gardées", code: "Mot convenu",
  safe_hours: "Heures sûres", paused: "Messages suspendus", opened: "Ouverte le", last: "Dernier message", gives_up: "Continue seule", offered: "Choix montrés", callers: "Appelée par",
  dialog: "Question ouverte", case: "Dossier ouvert", task: "Tâche ouverte", latin: "Lettres latines seules",
  segment: "segment", segments: "segments", missed_call: "Appel manqué", you: "La personne", us: "Nous",
  said: "Nous avons dit", sent: "messages envoyés", silence: "Nous n’avons rien dit.",
  began: "Début", person: "La personne écrit", rings: "La personne appelle et raccroche", staff_did: "L’équipe", time: "Le temps passe",
  stuck: "Le tour a échoué : une personne lira le message.",
  reloaded: "Les contenus ont changé depuis le début de cette conversation.", again: "Recommencer avec les nouveaux",
  gone: "Cette conversation n’est plus gardée. Commencez-en une autre.",
  unreachable: "Le serveur ne répond pas. Essayez encore.", refused: "Le serveur refuse :",
  "consent.open": "tout est permis", "consent.reminders_only": "rappels seulement", "consent.stopped": "STOP",
  "response.none": "pas encore", "response.coming": "vient", "response.declined": "ne vient pas", "response.call_me": "veut être appelé",
  "readers.unknown": "on ne sait pas", "readers.own": "la personne seule", "readers.shared": "d’autres aussi",
  "task.person": "Répondre à la personne", "task.call_back": "Rappeler la personne", "task.danger": "DANGER",
  "task.stuck": "Lire un message resté en panne", "task.flood": "Beaucoup de messages d’un coup",
  "task.private": "Lire en privé (contact discret)", "task.call_or_letter": "Appeler ou écrire une lettre",
  "coming.remind.two_days": "rappel, deux jours avant", "coming.remind.two_hours": "rappel, deux heures avant",
  "coming.question": "une question n’attend plus", "coming.": "un message attend de partir",
  "change.dialog": "question", "change.language": "langue", "change.latin_only": "lettres latines seules", "change.consent": "accord",
  "change.appointment": "rendez-vous", "change.answer": "réponse", "change.readers": "qui lit ce téléphone", "change.discreet": "discret",
  "change.safe_hours": "heures sûres", "change.paused": "messages suspendus", "change.task": "tâche ouverte", "change.case": "dossier ouvert",
};

const english = {
  title: "Simulator", skip: "Go to the message",
  about: "A phone and a team to try things with. Nothing is sent and nothing is kept: the time, the messages and the tasks here exist in this tab only.",
  draft: "The translations are drafts: nobody has reviewed them yet.", page_language: "Language of the page",
  phone: "The phone", message: "Message of the person", enter: "Enter sends, Shift + Enter begins a new line.", send: "Send", ring: "Missed call",
  new_phone: "Another phone", person_language: "Language known to the team", detected: "none, it is guessed", number: "Number",
  latin_only: "Shows latin letters only", begin: "Begin anew", staff: "What the team sees", tasks: "Open tasks", appointment: "Appointment",
  appoint: "Make an appointment", day: "Day", hour: "Hour", place: "Place", with: "With (a first name)", bring: "To bring", make: "Make",
  move: "Move", cancel: "Cancel the appointment", contact: "Contact", readers: "Who reads this phone?", readers_unknown: "not known",
  readers_own: "the person alone", readers_shared: "others too", discreet: "Discreet contact: neutral words only", cases: "Cases",
  other_action: "Another action, as in a transcript", do: "Do", session: "Time and session", pass: "Let time pass",
  next_reminder: "Next reminder", next_due: "Next thing due", plus_hour: "+ 1 hour", plus_day: "+ 1 day", coming: "What is coming",
  state: "Where the conversation stands", log: "The log", save: "Save the conversation",
  save_hint: "“passerelle dialogs test” replays the file.",
  no_language: "not known yet", chosen: "chosen by the person", guessed: "not chosen by the person",
  none: "nothing", no_task: "No task.", no_case: "No case.", no_appointment: "No appointment.", no_coming: "Nothing is planned.",
  no_question: "No question waits for an answer.", yes: "yes", no: "no",
  when: "When", answer: "Answer", cancelled: "cancelled", language: "Language", consent: "Consent", waits: "Question",
  asks: "Sentence", until: "Waits until", misses: "Answers not understood", told: "Answers kept", code: "Code word",
  safe_hours: "Safe hours", paused: "Messages paused", opened: "Opened", last: "Last message", gives_up: "Goes on by itself", offered: "Choices shown", callers: "Called by",
  dialog: "Open question", case: "Case opened", task: "Task opened", latin: "Latin letters only",
  segment: "segment", segments: "segments", missed_call: "Missed call", you: "The person", us: "Us",
  said: "We said", sent: "messages sent", silence: "We said nothing.",
  began: "Beginning", person: "The person writes", rings: "The person rings and hangs up", staff_did: "The team", time: "Time passes",
  stuck: "The turn failed: a person will read the message.",
  reloaded: "The content has changed since this conversation began.", again: "Begin anew with the new one",
  gone: "This conversation is not kept any more. Begin another one.",
  unreachable: "The server does not answer. Try again.", refused: "The server refuses:",
  "consent.open": "everything is allowed", "consent.reminders_only": "reminders only", "consent.stopped": "STOP",
  "response.none": "not yet", "response.coming": "comes", "response.declined": "does not come", "response.call_me": "wants a call",
  "readers.unknown": "not known", "readers.own": "the person alone", "readers.shared": "others too",
  "task.person": "Answer the person", "task.call_back": "Call the person back", "task.danger": "DANGER",
  "task.stuck": "Read a message that got stuck", "task.flood": "Many messages at once",
  "task.private": "Read in private (discreet contact)", "task.call_or_letter": "Call or post a letter",
  "coming.remind.two_days": "reminder, two days before", "coming.remind.two_hours": "reminder, two hours before",
  "coming.question": "a question stops waiting", "coming.": "a message waits to leave",
  "change.dialog": "question", "change.language": "language", "change.latin_only": "latin letters only", "change.consent": "consent",
  "change.appointment": "appointment", "change.answer": "answer", "change.readers": "who reads this phone", "change.discreet": "discreet",
  "change.safe_hours": "safe hours", "change.paused": "messages paused", "change.task": "task opened", "change.case": "case opened",
};

export const inEnglish = new URLSearchParams(location.search).get("lang") === "en";
const words = inEnglish ? english : french;

/** The word for a key; a key that has none is its own. */
export const word = (key, fallback = key) => words[key] ?? fallback;

/** "task.call_back" as people read it, else "call_back". */
export const named = (kind, name) => word(`${kind}.${name}`, name);

/** Puts the words of another language in the place of those in index.html. */
export function translatePage() {
  if (!inEnglish) return;
  document.documentElement.lang = "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word, element.textContent);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  const link = document.getElementById("other_language");
  link.textContent = "Français";
  link.lang = link.hreflang = "fr";
  link.href = "?lang=fr";
}
