-- Each row without a present state gets one, which begins where its last one ended, or later. The
-- order in which that is looked for is the key's, so that no other index can seem to do.
INSERT INTO :"relation" (tenant, :"owner", valid_from:kept)
SELECT r.tenant, r.:"owner",
       greatest(:'started_at', (SELECT h.valid_to FROM :"relation" AS h
                                WHERE h.tenant = :'tenant' AND h.:"owner" = r.:"owner"
                                ORDER BY h.valid_from DESC
                                LIMIT 1)):current_kept
FROM :"current" AS r
WHERE r.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"relation" AS h
                  WHERE h.tenant = :'tenant' AND h.valid_to IS NULL AND h.:"owner" = r.:"owner");
