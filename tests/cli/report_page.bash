# shellcheck shell=bash
# What the tests of `report` share: a page is well-formed XML, and is asked as such.
# shellcheck disable=SC2154 # lib.bash sets these

# at XPATH: what it gives of the page, as text
at() {
    xmllint --xpath "string($1)" "$page"
}

# tile NAME: the first number of the tile
tile() {
    at "//article[1]//li[span[1] = '$1']//data/@value"
}

# table HEADING [PLACE]: the rows of the card's table with that heading, cells apart by |, without
# pictures, and with numbers as programs read them
table() {
    { xmllint --xpath "(//section[*[self::h2 or self::h3] = '$1'])[1]/descendant::table[${2:-1}]/tbody/tr" \
        "$page" 2>/dev/null || true; } |
        sed -E 's|<ul.*</ul>||; s|<svg.*</svg>||g; s|<data value="([^"]*)">[^<]*</data>|\1|g; s|</t[hd]><t[hd][^>]*>|\||g;
            s|<small[^>]*>.*</small>||; s|<[^>]*>||g; s|\xe2\x80\xaf||g; /^$/d'
}
