-- What people showed us, fetched from the gateway, and the other names of an account. See 0001 for the rules of the columns.

-- One row for each attachment of a message, in its order. Where it is at the gateway stands in inbound.attachments. The
-- file is attachments/<ref> in the data folder, sealed; nothing of it tells what the person called it.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,
  inbound INTEGER NOT NULL REFERENCES inbound,
  number INTEGER NOT NULL,       -- from 0
  address INTEGER NOT NULL REFERENCES address,  -- of the message
  channel TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',  -- waiting, kept, lost, erased (by staff; its file goes soon after)
  why TEXT,                      -- of lost, or of the wait: a code, for staff
  attempt INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,      -- waiting: not before then
  not_after INTEGER NOT NULL,    -- waiting: from then on it is lost
  type TEXT,                     -- kept: by its bytes, whatever the gateway called it: image/jpeg
  bytes INTEGER,                 -- kept, and erased while the file is there
  digest TEXT,                   -- kept: SHA-256 in hex
  state_at INTEGER NOT NULL,
  UNIQUE (inbound, number)
) STRICT;
CREATE INDEX attachment_waiting ON attachment (channel, next_at, id) WHERE state = 'waiting';
CREATE INDEX attachment_kept ON attachment (address, bytes) WHERE state = 'kept';
CREATE INDEX attachment_erased ON attachment (id) WHERE state = 'erased' AND bytes IS NOT NULL;

-- Names of one account, as its gateway told them together: a telephone number, and an id that stays. store/alias.hpp says
-- what is made of them.
CREATE TABLE alias (
  channel TEXT NOT NULL,
  user BLOB NOT NULL,            -- sealed for search
  address INTEGER NOT NULL REFERENCES address,
  told_at INTEGER NOT NULL,      -- when last, by the gateway's clock
  PRIMARY KEY (channel, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_of ON alias (address);

-- Two addresses of one account that both had a conversation before the gateway told so: in both directions.
CREATE TABLE twin (
  address INTEGER NOT NULL REFERENCES address,
  other INTEGER NOT NULL REFERENCES address,
  PRIMARY KEY (address, other)
) STRICT, WITHOUT ROWID;
