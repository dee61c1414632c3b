-- Inline replies leave the index of what is being sent, which cost every turn an entry that was taken out again a moment
-- later. See 0001 for the rules of the columns.

-- One row: no inline reply up to this id waits to be confirmed (store/outbound.hpp).
CREATE TABLE confirmed_replies (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  up_to INTEGER NOT NULL
) STRICT;
INSERT INTO confirmed_replies (one, up_to) SELECT 1, coalesce(
  (SELECT min(id) - 1 FROM outbound WHERE leased_until IS NOT NULL AND via = 'inline' AND state = 'queued'),
  (SELECT max(id) FROM outbound), 0);

DROP INDEX outbound_leased;
CREATE INDEX outbound_leased ON outbound (leased_until) WHERE leased_until IS NOT NULL AND via = 'api';
