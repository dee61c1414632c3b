-- What a receipt said of a part and of consent: one that came too early is applied as it came. See 0001 for the rules of
-- the columns.

ALTER TABLE receipt ADD COLUMN part_id TEXT;                           -- the gateway's name for the part; NULL: of the whole
ALTER TABLE receipt ADD COLUMN opted_out INTEGER NOT NULL DEFAULT 0;   -- 1: the person has stopped us at the gateway
ALTER TABLE receipt ADD COLUMN misconfigured INTEGER NOT NULL DEFAULT 0;  -- 1: something is wrong with our account there
