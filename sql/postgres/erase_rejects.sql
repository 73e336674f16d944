-- Records of the device that could not be used: those with its key, and those that hold a word that
-- it is known by. The first word is its device_id.
DELETE FROM :"relation" AS l
USING (SELECT array_agg(word) AS words FROM (VALUES :words) AS one (word)) AS known
WHERE l.tenant::text = :'tenant'
  AND (lower(l.record_key::text) = ANY (known.words)
       OR EXISTS (SELECT FROM unnest(known.words) AS word
                  WHERE strpos(lower(l.payload::text), word) > 0));
