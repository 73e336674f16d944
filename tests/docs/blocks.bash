# shellcheck shell=bash
# Code blocks of a Markdown file.

# block FILE COMMENT: the lines of the first code block behind the line <!-- COMMENT -->; fails
# where there is none
block() {
    awk -v comment="<!-- $2 -->" '
        $0 == comment { wanted = 1; next }
        wanted && /^```/ { if (inside) exit; inside = 1; next }
        wanted && inside { print; count++ }
        END { exit count == 0 }' "$1"
}

# blocks FILE KIND FOLDER: each block of that kind ("yaml") becomes FOLDER/1, FOLDER/2 and so on
blocks() {
    mkdir -p -- "$3"
    awk -v kind="$2" -v folder="$3" '
        /^```/ && inside { inside = 0; close(file); next }
        /^```/ { other = !other }
        $0 == "```" kind && other { inside = 1; other = 0; file = folder "/" ++count; next }
        inside { print >file }' "$1"
}

# each_block FILE FOLDER: every code block, in its order: FOLDER/001.text and so on, with its kind in
# FOLDER/001.kind (which may be empty) and, in FOLDER/001.label, the comment on the line before it
each_block() {
    mkdir -p -- "$2"
    awk -v folder="$2" '
        /^```/ && !inside {
            inside = 1
            path = sprintf("%s/%03d", folder, ++count)
            printf "" >(path ".text")
            print substr($0, 4) >(path ".kind")
            print before >(path ".label")
            close(path ".kind"); close(path ".label")
            next
        }
        /^```/ { inside = 0; before = ""; close(path ".text"); next }
        inside { print >(path ".text"); next }
        { before = match($0, /^<!-- .* -->$/) ? substr($0, 6, length($0) - 9) : "" }' "$1"
}
