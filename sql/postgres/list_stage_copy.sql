-- Lists into the stage, in binary.
COPY :"stage" (:columns, items, stage_order) FROM STDIN (FORMAT binary);
