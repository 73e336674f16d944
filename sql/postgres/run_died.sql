-- Whoever has the tenant's lock knows that no other run of it goes on. Nobody knows when one died.
UPDATE :"relation"
SET outcome = 'failed',
    message = 'ended without a word: it was killed, or lost the database, or the machine went down'
WHERE tenant = :'tenant' AND outcome = 'running';
