-- All figures of a report are of one moment, whatever runs publish meanwhile; and nothing is written.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
