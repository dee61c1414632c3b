-- A gateway that takes our messages and tells of none of them any more. See 0001 for the rules of the columns.

ALTER TABLE channel_state ADD COLUMN overdue INTEGER NOT NULL DEFAULT 0;  -- people of whose messages nothing was told in time, since the last receipt
ALTER TABLE channel_state ADD COLUMN overdue_at INTEGER;                  -- the newest of them; NULL: there was none
ALTER TABLE channel_state ADD COLUMN overdue_address INTEGER;             -- whom it was for
