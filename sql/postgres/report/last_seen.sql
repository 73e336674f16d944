-- When devices were last seen, as counts of six kinds; the last is of those that never were since
-- they were registered, which count by that.
SELECT count(*) FILTER (WHERE days_unseen < 1), count(*) FILTER (WHERE days_unseen BETWEEN 1 AND 6),
       count(*) FILTER (WHERE days_unseen BETWEEN 7 AND 29),
       count(*) FILTER (WHERE days_unseen BETWEEN 30 AND 89),
       count(*) FILTER (WHERE days_unseen >= 90), count(*) FILTER (WHERE days_unseen IS NULL),
       count(*) FILTER (WHERE last_check_in_at IS NULL AND days_unseen IS NOT NULL)
FROM report_last_seen
WHERE tenant = :'tenant';
