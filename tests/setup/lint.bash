# shellcheck shell=bash
# What the scripts of tests/lint share. Each takes the tree to look at as an argument, so that
# tests/lint/can_fail can hand it a tree with a fault in it; without one it looks at this checkout.
set -euo pipefail
shopt -s inherit_errexit # a tool that is missing or breaks is no clean tree

# enter_tree [ROOT]: the tree becomes the working directory.
enter_tree() {
    cd -- "${1-.}"
    offences=0
}

# files NAME...: the files of the project with such a name (find's patterns), sorted, one a line
files() {
    local pattern names=()
    for pattern in "$@"; do
        names+=(-o -name "$pattern")
    done
    find . \( -path ./build -o -path ./quickstart -o -name .git \) -type d -prune -o \
        -type f \( "${names[@]:1}" \) -print | sed 's|^\./||' | LC_ALL=C sort
}

# scripts: the files of the project that name a shell as their interpreter
scripts() {
    files '*' | tr '\n' '\0' | LC_ALL=C xargs -0 awk 'FNR == 1 && /^#!.*(^|[^[:alnum:]_])(ba|da)?sh([^[:alnum:]_]|$)/ {
            print FILENAME
        }
        { nextfile }'
}

# code_only FILE...: the C of the files without comments and without what stands in quotes, each
# line as FILE:LINE:TEXT
code_only() {
    awk '
    FNR == 1 { comment = 0 }
    {
        rest = $0
        code = ""
        while (rest != "") {
            if (comment) {
                at = index(rest, "*/")
                rest = at ? substr(rest, at + 2) : ""
                comment = !at
            } else if (match(rest, /\/\*|\/\/|"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047/)) {
                code = code substr(rest, 1, RSTART - 1)
                start = substr(rest, RSTART, 2)
                rest = start == "//" ? "" : substr(rest, RSTART + RLENGTH)
                comment = start == "/*"
            } else {
                code = code rest
                rest = ""
            }
        }
        printf "%s:%d:%s\n", FILENAME, FNR, code
    }' "$@" /dev/null
}

# matches GREP_ARGUMENT...: grep, for which finding nothing is no failure
matches() {
    grep "$@" || [ $? -eq 1 ]
}

# count_offences COMMAND...: prints and counts the lines that the command writes
count_offences() {
    local found
    found=$("$@")
    if [ -n "$found" ]; then
        printf '%s\n' "$found"
        offences=$((offences + $(wc -l <<<"$found")))
    fi
}

# finish WHAT: how many offences there were; the exit code of the test
finish() {
    echo "$1: $offences offences"
    [ "$offences" -eq 0 ]
}
