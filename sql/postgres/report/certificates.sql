-- The certificates that end next, each once however many devices have it; the last column says how
-- many of them end within 90 days. No subject: that of a user's certificate is the user. An identity
-- that signed itself has the same name as its issuer.
SELECT CASE WHEN bool_or(identity AND subject_cn IS NOT DISTINCT FROM issuer_cn) THEN NULL
            ELSE left(issuer_cn, 200) END,
       bool_or(identity), bool_or(identity AND subject_cn IS NOT DISTINCT FROM issuer_cn),
       left(thumbprint, 200), to_char(not_after AT TIME ZONE 'UTC', 'YYYY-MM-DD'), min(days_left),
       count(DISTINCT device_id), count(*) OVER ()
FROM report_certificate_end
WHERE tenant = :'tenant' AND days_left BETWEEN 0 AND 89
GROUP BY thumbprint, issuer_cn, not_after
ORDER BY not_after, count(DISTINCT device_id) DESC, thumbprint, issuer_cn
LIMIT 20;
