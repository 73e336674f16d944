-- Rows that a listing of all of them lacks.
DELETE FROM :"relation" AS r
WHERE r.tenant = :'tenant'
  AND NOT EXISTS (SELECT FROM :"stage" AS s WHERE s.tenant = :'tenant' AND :same_key);
