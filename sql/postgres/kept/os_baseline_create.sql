-- The user's own: which versions of operating systems are asked for. What cannot be compared is refused,
-- as it would judge nobody and seem to find all well.
CREATE TABLE :"relation" (
    :definitions,
    PRIMARY KEY (:key),
    CHECK (os IN ('ANDROID', 'IOS', 'OSX', 'WINDOWS')),
    CHECK (os_version IS NOT NULL AND os_version ~ '^[ ]*[vV]?[0-9]{1,18}([.][0-9]{1,18})*$')
);
