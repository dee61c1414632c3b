-- What a message shows to press, which of it was pressed, and the approved text (WhatsApp's template) that one leaves as. See 0001 for the rules of the columns.

ALTER TABLE outbound ADD COLUMN buttons BLOB;  -- sealed JSON; NULL: none
ALTER TABLE outbound ADD COLUMN approved BLOB; -- sealed JSON: the approved text that it leaves as; NULL: as it is
ALTER TABLE inbound ADD COLUMN payload TEXT;   -- of the button of ours that was pressed; NULL: none
