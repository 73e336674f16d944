-- States end whose row is gone, or differs in what is kept. A state lasts a millisecond at least,
-- whatever the clock says, so that the next one begins after it.
UPDATE :"relation" AS h
SET valid_to = greatest(:'started_at', h.valid_from + interval '1 millisecond')
WHERE h.tenant = :'tenant'
  AND h.valid_to IS NULL
  AND NOT EXISTS (SELECT FROM :"current" AS r
                  WHERE r.tenant = :'tenant' AND r.:"owner" = h.:"owner":same_state);
