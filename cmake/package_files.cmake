# Run by cpack before it packs: pages and changelogs are compressed, and what zsh completes goes where
# Debian's zsh looks for what packages have.
set(share ${CPACK_TEMPORARY_DIRECTORY}/usr/share)

file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
file(RENAME ${share}/zsh/site-functions/_uemsync ${share}/zsh/vendor-completions/_uemsync)
file(REMOVE_RECURSE ${share}/zsh/site-functions)
execute_process(COMMAND gzip -9n ${share}/man/man1/uemsync.1 ${share}/doc/uemsync/changelog
    ${share}/doc/uemsync/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)
