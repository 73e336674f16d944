-- Removals of the relation that the run has staged so far.
DELETE FROM stage_removal WHERE tenant = :'tenant' AND relation = :'relation';
