-- A column that a mapping file names and the table lacks. It is empty until the next run.
ALTER TABLE :"relation" ADD COLUMN :"column" :type;
