-- Readers may read the relation.
GRANT SELECT ON :"relation" TO :"role";
