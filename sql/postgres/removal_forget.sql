-- Removals that were staged before the relation was fetched anew.
DELETE FROM stage_removal
WHERE tenant = :'tenant' AND relation = :'relation' AND stage_order < :order;
