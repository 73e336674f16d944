# Run at build time by embed(); see embed.cmake.
set(arrays "")
set(rows "")
set(number 0)
foreach(name ${FILES})
    file(READ ${FOLDER}/${name} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND arrays "static const unsigned char file_${number}[] = {${bytes}0};\n")
    string(APPEND rows
        "    {\"${name}\", (const char *)file_${number}, sizeof file_${number} - 1},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include \"base/embedded.h\"\n\n${arrays}\n"
    "const struct embedded_file ${TABLE}[] = {\n${rows}    {0, 0, 0},\n};\n")
