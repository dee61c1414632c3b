-- The directory of services, what staff learn of a task, and the site's words beside each message. See 0001 for the rules.

ALTER TABLE task ADD COLUMN note BLOB;      -- sealed JSON: what the dialog or the check knows of it; NULL: nothing
ALTER TABLE task ADD COLUMN subject TEXT;   -- what it is about when that is no address: service:REF, place:ID, page:ID
CREATE UNIQUE INDEX task_subject ON task (kind, subject) WHERE subject IS NOT NULL AND closed IS NULL;

ALTER TABLE outbound ADD COLUMN gloss BLOB; -- sealed: the same in the site's language, for staff; NULL: it is in that language

-- Services that people are shown the way to. Nothing in it is about a person.
CREATE TABLE service (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,      -- its id in the files that are imported and exported
  data TEXT NOT NULL,            -- domain/service's JSON
  changed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE service_need (
  need TEXT NOT NULL,
  service INTEGER NOT NULL REFERENCES service,
  PRIMARY KEY (need, service)
) STRICT, WITHOUT ROWID;
