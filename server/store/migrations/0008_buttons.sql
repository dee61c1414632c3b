-- What a message shows to press, and which of it was pressed. See 0001 for the rules of the columns.

ALTER TABLE outbound ADD COLUMN buttons BLOB;  -- sealed JSON; NULL: none
ALTER TABLE inbound ADD COLUMN payload TEXT;   -- of the button of ours that was pressed; NULL: none
