-- The latest item there is. Those that this publication adds come after it.
SELECT coalesce(max(item_id), 0) FROM :"relation";
