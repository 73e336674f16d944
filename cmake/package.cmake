# The Debian package: `cpack -G DEB` in the folder of a release build. What `cmake --install` leaves out
# is the component `debian`; cmake/package_files.cmake puts the rest where Debian has it.
set(UEMSYNC_MAINTAINER "The uemsync authors <uemsync@example.invalid>" CACHE STRING
    "Who answers for the Debian package: a name and an address")

set(docs share/doc/uemsync)
set(debian COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES packaging/systemd/uemsync.service packaging/systemd/uemsync.timer
    DESTINATION /lib/systemd/system ${debian})
install(FILES packaging/systemd/sysusers.conf RENAME uemsync.conf
    DESTINATION lib/sysusers.d ${debian})
install(DIRECTORY DESTINATION /etc/uemsync ${debian})
install(FILES packaging/debian/copyright DESTINATION ${docs} ${debian})
install(FILES packaging/debian/changelog RENAME changelog.Debian DESTINATION ${docs} ${debian})
install(FILES CHANGELOG.md RENAME changelog DESTINATION ${docs} ${debian})
install(FILES packaging/systemd/credentials.conf DESTINATION ${docs}/examples ${debian})
install(FILES packaging/cron/uemsync RENAME uemsync.cron DESTINATION ${docs}/examples ${debian})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME uemsync)
set(CPACK_PACKAGE_CONTACT ${UEMSYNC_MAINTAINER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "copies the inventory of UEM servers into PostgreSQL or CSV")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "uemsync reads the devices, apps, certificates, users and groups of
Ivanti/MobileIron UEM servers, Cloud and Core, and keeps a copy of them in
PostgreSQL tables or CSV snapshots, for reports on compliance. It changes
nothing on the server, keeps within the documented limits of calls, and
fetches only what is new.
.
A service and a timer for every night come with it; none is enabled.")
set(CPACK_INSTALL_CMAKE_PROJECTS
    "${PROJECT_BINARY_DIR};uemsync;Unspecified;/" "${PROJECT_BINARY_DIR};uemsync;debian;/")
set(CPACK_SET_DESTDIR ON) # for what lies beside /usr
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_files.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/debian/postinst
    ${PROJECT_SOURCE_DIR}/packaging/debian/prerm ${PROJECT_SOURCE_DIR}/packaging/debian/postrm)
include(CPack)
