# embed(OUTPUT TABLE FOLDER PATTERN): a C file with every file below FOLDER that matches PATTERN,
# as `const struct embedded_file TABLE[]`, names relative to FOLDER, ended by a NULL name.
# See src/base/embedded.h.
function(embed output table folder pattern)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/${pattern})
    list(SORT files)
    set(paths ${files})
    list(TRANSFORM paths PREPEND ${folder}/)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DTABLE=${table} -DFOLDER=${folder}
            "-DFILES=${files}" -P ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
        DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake
        VERBATIM)
endfunction()
