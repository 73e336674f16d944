-- Are there rows and no state of any? So it is after an upgrade from a schema without the history.
SELECT EXISTS (SELECT FROM :"current" WHERE tenant = :'tenant')
       AND NOT EXISTS (SELECT FROM :"relation" WHERE tenant = :'tenant' AND valid_to IS NULL);
