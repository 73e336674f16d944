# Prometheus' text format, strictly: for each metric a HELP and a TYPE, and then all of its samples,
# no series twice; names, labels, escapes and numbers as the format has them. Says what is wrong, and
# prints each series with its value otherwise: NAME{LABELS} VALUE.
function wrong(why) {
    printf "line %d: %s: %s\n", NR, why, $0 >"/dev/stderr"
    failed = 1
}
function is_name(text) {
    return text ~ /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
}
# The labels of a sample, in braces; returns the rest behind them, or "?".
function behind_labels(text,    name) {
    text = substr(text, 2)
    while (text !~ /^}/) {
        if (!match(text, /^[a-zA-Z_][a-zA-Z0-9_]*="/))
            return "?"
        name = substr(text, 1, RLENGTH - 2)
        if (name in labels)
            return "?"
        labels[name] = 1
        text = substr(text, RLENGTH + 1)
        # Up to the quotation mark: anything but marks and backslashes, or one of three escapes.
        if (!match(text, /^([^"\\]|\\\\|\\"|\\n)*"/))
            return "?"
        text = substr(text, RLENGTH + 1)
        if (text ~ /^,[^}]/)
            text = substr(text, 2)
        else if (text !~ /^}/)
            return "?"
    }
    return substr(text, 2)
}
/^# HELP / {
    if (!is_name($3) || NF < 4 || ($3 in helped))
        wrong("a HELP that is wrong, or the second of its metric")
    helped[$3] = 1
    metric = $3
    next
}
/^# TYPE / {
    if ($3 != metric || ($3 in typed) || NF != 4 || $4 !~ /^(counter|gauge|untyped)$/)
        wrong("a TYPE that is wrong, or not behind its HELP")
    typed[$3] = 1
    next
}
{
    match($0, /^[a-zA-Z_:][a-zA-Z0-9_:]*/)
    name = substr($0, 1, RLENGTH)
    rest = substr($0, RLENGTH + 1)
    split("", labels)
    if (rest ~ /^{/)
        rest = behind_labels(rest)
    if (name != metric || !(name in typed))
        wrong("a sample that is not behind its TYPE")
    else if (rest !~ /^ -?[0-9]+(\.[0-9]+)?$/)
        wrong("labels or a value that are none")
    else {
        series = substr($0, 1, length($0) - length(rest))
        if (series in seen)
            wrong("a series for the second time")
        seen[series] = 1
        print series rest
        samples++
    }
}
END {
    if (!samples) {
        print "no samples" >"/dev/stderr"
        failed = 1
    }
    exit failed
}
