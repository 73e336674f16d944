-- Rows into the stage, in binary: no text to write and to read again.
COPY :"stage" (:columns, stage_order) FROM STDIN (FORMAT binary);
