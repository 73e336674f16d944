-- Rows that were staged before the relation was fetched anew.
DELETE FROM :"stage" WHERE tenant = :'tenant' AND stage_order < :order;
