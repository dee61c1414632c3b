-- The first schema. A later change is a new file with the next number; this one never changes once released.
--
-- Instants are INTEGER milliseconds UTC. Rowids are for us; 'ref' (128 random bits) is for the world outside.
-- Texts and names of people are BLOBs written by store/sealed: a key id, then the bytes.
-- Every index costs time in every turn: there is none here that the road of a message does not need.

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  name BLOB,                     -- sealed
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE address (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  user BLOB NOT NULL,            -- sealed for search
  created_at INTEGER NOT NULL,
  UNIQUE (channel, user)
) STRICT;

-- Who reads this address: a person has several, and several people may share one.
CREATE TABLE address_person (
  address INTEGER NOT NULL REFERENCES address,
  person INTEGER NOT NULL REFERENCES person,
  since INTEGER NOT NULL,
  PRIMARY KEY (address, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation (
  address INTEGER PRIMARY KEY REFERENCES address,
  version INTEGER NOT NULL,      -- the same as inside 'state': session copies are compared with it
  state BLOB NOT NULL,           -- sealed: domain/conversation's JSON
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE inbound (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  address INTEGER NOT NULL REFERENCES address,
  kind TEXT NOT NULL,            -- text, missed_call, location, media
  text BLOB NOT NULL,            -- sealed
  attachments BLOB,              -- sealed JSON; NULL: none
  sent_at INTEGER NOT NULL,      -- by the gateway's clock
  received_at INTEGER NOT NULL,  -- by ours
  state TEXT NOT NULL DEFAULT 'received',  -- received, processed, stuck
  why TEXT,                      -- stuck: for the operator, without any text of the person
  done_at INTEGER,
  UNIQUE (channel, provider_id)
) STRICT;

-- A message of one segment that is the whole text has no row in 'part': its lease, attempt and provider_id are here.
CREATE TABLE outbound (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  cause TEXT NOT NULL UNIQUE,    -- why it exists: in:<inbound>:<n>, inv:<invitation>:J-2, notice:<id>:<household>
  address INTEGER NOT NULL REFERENCES address,
  locale TEXT NOT NULL,
  encoding TEXT NOT NULL,        -- gsm7, ucs2
  text BLOB NOT NULL,            -- sealed
  segments INTEGER NOT NULL,
  via TEXT NOT NULL,             -- api, inline
  state TEXT NOT NULL,           -- domain/message's Delivery
  created_at INTEGER NOT NULL,
  state_at INTEGER NOT NULL,
  leased_until INTEGER,          -- NULL: nobody is sending it
  attempt INTEGER NOT NULL DEFAULT 0,
  provider_id TEXT
) STRICT;
-- Only what is being sent right now: a start voids these leases without reading the whole table.
CREATE INDEX outbound_leased ON outbound (leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX outbound_provider ON outbound (provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE part (
  outbound INTEGER NOT NULL REFERENCES outbound,
  number INTEGER NOT NULL,       -- from 0
  text BLOB NOT NULL,            -- sealed
  state TEXT NOT NULL,
  leased_until INTEGER,
  attempt INTEGER NOT NULL DEFAULT 0,
  provider_id TEXT,
  PRIMARY KEY (outbound, number)
) STRICT, WITHOUT ROWID;

-- Everything that a gateway ever said about a message, whether it moved its state or not.
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  outbound INTEGER REFERENCES outbound,  -- NULL: we know of no such message (yet)
  channel TEXT NOT NULL,
  ref TEXT,
  provider_id TEXT,
  state TEXT NOT NULL,
  code TEXT,
  moved INTEGER NOT NULL,        -- 1: the message took this state
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE due (
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ref INTEGER NOT NULL,
  PRIMARY KEY (at, kind, ref)
) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,            -- person, call_back, danger, stuck
  address INTEGER REFERENCES address,
  inbound INTEGER REFERENCES inbound,       -- the message that opened it
  last_inbound INTEGER REFERENCES inbound,  -- the newest that belongs to it
  opened INTEGER NOT NULL,
  renewed INTEGER NOT NULL,                 -- when that newest one came
  closed INTEGER
) STRICT;
CREATE UNIQUE INDEX task_open ON task (address, kind) WHERE closed IS NULL;

CREATE TABLE case_file (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  address INTEGER NOT NULL REFERENCES address,
  state TEXT NOT NULL DEFAULT 'open',
  answers BLOB NOT NULL,         -- sealed JSON object
  opened INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: a number is never given twice, even after an erasure, because the console resumes from it.
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  ref INTEGER,
  detail BLOB                    -- sealed JSON
) STRICT;

CREATE TABLE content_version (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,            -- dialog
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,            -- ours, not a person's
  created_at INTEGER NOT NULL,
  UNIQUE (kind, hash, name)
) STRICT;
