-- Owners that were listed before the relation was fetched anew.
DELETE FROM stage_replace
WHERE tenant = :'tenant' AND relation = :'relation' AND stage_order < :order;
