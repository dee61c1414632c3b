-- A person's addresses in the order in which they are tried, and what a message goes elsewhere for. See 0001 for the
-- rules of the columns.

-- Staff have said that these are one person's, and that what cannot be told to one may be told to the next.
CREATE TABLE channel_order (
  address INTEGER PRIMARY KEY REFERENCES address,
  person INTEGER NOT NULL REFERENCES person,
  place INTEGER NOT NULL,        -- from 0: the first is tried first
  UNIQUE (person, place)
) STRICT;

-- When a person last wrote from there, by the gateway's clock: WhatsApp and Messenger let us answer for 24 hours.
ALTER TABLE address ADD COLUMN last_heard_at INTEGER;
UPDATE address SET last_heard_at = heard.at
  FROM (SELECT address, max(sent_at) AS at FROM inbound GROUP BY address) AS heard WHERE heard.address = address.id;

ALTER TABLE outbound ADD COLUMN instead_of INTEGER REFERENCES address;  -- where the same was to go, or went in vain
ALTER TABLE outbound ADD COLUMN because TEXT;                           -- failed, receipt_stalled, window_closed, drained

ALTER TABLE channel_state ADD COLUMN drained_at INTEGER;                -- NULL: it takes what we start
