-- Who only reads cannot write by mistake.
SELECT set_config('default_transaction_read_only', 'on', false);
