-- Messages that leave on our own account, appointments and their reminders. See 0001 for the rules of the columns.

ALTER TABLE outbound ADD COLUMN class INTEGER NOT NULL DEFAULT 1;      -- domain/message's MessageClass: 0 crisis … 4 notice
ALTER TABLE outbound ADD COLUMN channel TEXT;                          -- of the address; NULL: an inline reply
ALTER TABLE outbound ADD COLUMN not_after INTEGER;                     -- NULL: no end
ALTER TABLE outbound ADD COLUMN next_at INTEGER;                       -- not before then: a back-off, or a hold
ALTER TABLE outbound ADD COLUMN requests INTEGER NOT NULL DEFAULT 1;   -- more than 1: one for each part
ALTER TABLE outbound ADD COLUMN resent INTEGER NOT NULL DEFAULT 0;     -- 1: the policy has sent an uncertain one again
ALTER TABLE outbound ADD COLUMN why TEXT;                              -- of its state or its wait: a code, for staff
ALTER TABLE outbound ADD COLUMN stop_at INTEGER;                       -- stopped while it was on its way: does not leave again

-- Only what waits: none of these costs a reply that travels inline anything.
CREATE INDEX outbound_waiting ON outbound (channel, class, next_at, id) WHERE via = 'api' AND state = 'queued';
CREATE INDEX outbound_before ON outbound (address, class, id) WHERE via = 'api' AND state = 'queued';
CREATE INDEX outbound_ending ON outbound (channel, not_after) WHERE via = 'api' AND state = 'queued';
CREATE INDEX outbound_recent ON outbound (created_at) WHERE via = 'api';
-- Receipts that came before we knew the gateway's id.
CREATE INDEX receipt_early ON receipt (channel, provider_id) WHERE outbound IS NULL;
CREATE INDEX receipt_of ON receipt (outbound) WHERE outbound IS NOT NULL;
CREATE INDEX due_of ON due (ref, kind);
CREATE INDEX event_of ON event (ref, kind) WHERE ref IS NOT NULL;

-- Something with a time and a place.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,            -- appointment
  at TEXT NOT NULL,              -- what the clock of the place shows: 2027-03-28 14:30
  zone TEXT NOT NULL,
  starts INTEGER NOT NULL,       -- the same as an instant
  place TEXT,                    -- id of a place of the association
  staff BLOB,                    -- sealed: first name
  bring TEXT,                    -- ids of the phrasebook, separated by commas
  revision INTEGER NOT NULL DEFAULT 0,
  cancelled_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX activity_starts ON activity (starts);

-- Somebody who is invited, and the answer.
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY,
  activity INTEGER NOT NULL REFERENCES activity,
  address INTEGER NOT NULL REFERENCES address,
  person INTEGER REFERENCES person,
  response TEXT NOT NULL DEFAULT 'none',
  responded_at INTEGER
) STRICT;
CREATE INDEX invitation_activity ON invitation (activity);
CREATE INDEX invitation_address ON invitation (address);

-- What staff recorded of an address.
CREATE TABLE contact (
  address INTEGER PRIMARY KEY REFERENCES address,
  readers TEXT NOT NULL,         -- unknown, own, shared
  discreet INTEGER NOT NULL,
  safe_hours TEXT,               -- 09:00-11:30; NULL: always
  paused INTEGER NOT NULL,
  code BLOB,                     -- sealed; NULL: none
  changed_at INTEGER NOT NULL
) STRICT;

-- What a channel has cost in a month of the association's calendar.
CREATE TABLE spending (
  channel TEXT NOT NULL,
  month TEXT NOT NULL,           -- 2027-03
  segments INTEGER NOT NULL,
  micros INTEGER NOT NULL,       -- millionths of the currency that the configuration names
  PRIMARY KEY (channel, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_state (
  channel TEXT PRIMARY KEY,
  paused_at INTEGER,             -- NULL: it sends
  why TEXT,                      -- by whom or what: a word or a code
  caught_up_to INTEGER           -- what reached the gateway before then has been fetched
) STRICT, WITHOUT ROWID;
