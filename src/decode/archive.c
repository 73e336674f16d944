#include "decode/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/buffer.h"
#include "base/ceilings.h"

enum { ARCHIVE_PIECE = 32 * 1024, ARCHIVE_HEAD = 64, ARCHIVE_MODE_SHIFT = 16 };

struct archive {
    const struct download *download;
    zip_t *zip;
    zip_error_t error; /* of the source */
    uint64_t offset;   /* where the source reads on */
    uint64_t taken;    /* bytes that were read from the download */
    uint64_t most;     /* how many may be until the archive is open */
    bool is_beyond;    /* more were asked for */
    uint64_t unpacked; /* of all entries read so far */
    struct buffer entry;
};

/* What a person makes of libzip's error: the many that say that bytes are wrong are one. */
static const char *archive_reason(const zip_error_t *error)
{
    const char *reason = "is damaged";

    switch (zip_error_code_zip(error)) {
    case ZIP_ER_CRC:
        reason = "does not match its checksum";
        break;
    case ZIP_ER_EOF:
        reason = "is cut short";
        break;
    case ZIP_ER_COMPNOTSUPP:
        reason = "is packed in a way that is not read";
        break;
    case ZIP_ER_ENCRNOTSUPP:
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
        reason = "is encrypted";
        break;
    case ZIP_ER_MULTIDISK:
        reason = "is a part of several";
        break;
    default:
        break;
    }
    return reason;
}

/* A read of our own file that fails is no fault of the archive. */
static bool archive_is_system(const zip_error_t *error)
{
    int code = zip_error_code_zip(error);

    return code == ZIP_ER_READ && zip_error_code_system(error) != 0;
}

static bool archive_error(const struct archive *archive, const zip_error_t *error,
    enum error_kind kind, const char *what, struct error *err)
{
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY) {
        (void)error_memory(err);
    } else if (archive_is_system(error)) {
        (void)error_set(err, ERROR_DESTINATION, "cannot read a temporary file in %s: %s",
            archive->download->file.folder, strerror(zip_error_code_system(error)));
    } else {
        (void)error_set(err, kind, "%s %s", what, archive_reason(error));
    }
    return false;
}

static zip_int64_t archive_source_read(struct archive *archive, void *data, zip_uint64_t size)
{
    ssize_t got = -1;

    archive->is_beyond = archive->is_beyond || size > archive->most - archive->taken;
    if (archive->is_beyond) {
        zip_error_set(&archive->error, ZIP_ER_INCONS, 0);
    } else {
        got = download_read(archive->download, archive->offset, data, size);
        if (got < 0) {
            zip_error_set(&archive->error, ZIP_ER_READ, errno);
        } else {
            archive->offset += (uint64_t)got;
            archive->taken += (uint64_t)got;
        }
    }
    return got;
}

static zip_int64_t archive_source_stat(const struct archive *archive, zip_stat_t *status)
{
    zip_stat_init(status);
    status->size = archive->download->size;
    status->valid |= ZIP_STAT_SIZE;
    return sizeof *status;
}

static zip_int64_t archive_source_seek(struct archive *archive, void *data, zip_uint64_t size)
{
    zip_int64_t offset = zip_source_seek_compute_offset(
        archive->offset, archive->download->size, data, size, &archive->error);

    if (offset >= 0) {
        archive->offset = (uint64_t)offset;
    }
    return offset >= 0 ? 0 : -1;
}

/* What libzip reads the archive through. */
static zip_int64_t archive_source(
    void *context, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct archive *archive = context;
    zip_int64_t result = 0;

    switch (command) {
    case ZIP_SOURCE_OPEN:
        archive->offset = 0;
        break;
    case ZIP_SOURCE_READ:
        result = archive_source_read(archive, data, size);
        break;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        break;
    case ZIP_SOURCE_STAT:
        result = archive_source_stat(archive, data);
        break;
    case ZIP_SOURCE_ERROR:
        result = zip_error_to_data(&archive->error, data, size);
        break;
    case ZIP_SOURCE_SEEK:
        result = archive_source_seek(archive, data, size);
        break;
    case ZIP_SOURCE_TELL:
        result = (zip_int64_t)archive->offset;
        break;
    case ZIP_SOURCE_SUPPORTS:
        result = ZIP_SOURCE_SUPPORTS_SEEKABLE;
        break;
    default:
        zip_error_set(&archive->error, ZIP_ER_OPNOTSUPP, 0);
        result = -1;
        break;
    }
    return result;
}

/* The download holds no archive: what its first bytes look like. */
static const char *archive_looks(const struct download *download)
{
    char head[ARCHIVE_HEAD];
    ssize_t got = download_read(download, 0, head, sizeof head);
    struct str text = str_trim((struct str){head, got > 0 ? (size_t)got : 0});
    const char *looks = "no ZIP archive";

    if (str_starts(text, "\xEF\xBB\xBF")) {
        text = str_trim((struct str){text.data + 3, text.size - 3});
    }
    if (download->size == 0) {
        looks = "empty, and no ZIP archive";
    } else if (str_starts(text, "<")) {
        looks = "HTML or XML, such as a login page, and no ZIP archive";
    } else if (str_starts(text, "{") || str_starts(text, "[")) {
        looks = "JSON and no ZIP archive";
    } else if (str_starts(text, "PK")) {
        looks = "a ZIP archive that is cut short or damaged";
    }
    return looks;
}

static bool archive_open_error(
    const struct archive *archive, const zip_error_t *error, struct error *err)
{
    int code = zip_error_code_zip(error);

    if (archive->is_beyond) {
        (void)error_set(err, ERROR_SERVER, "the ZIP archive's directory is larger than %d bytes",
            CEILING_ARCHIVE_DIRECTORY);
    } else if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS || code == ZIP_ER_EOF) {
        (void)error_set(err, ERROR_SERVER, "the answer is %s", archive_looks(archive->download));
    } else {
        (void)archive_error(archive, error, ERROR_SERVER, "the ZIP archive", err);
    }
    return false;
}

static bool archive_open_zip(struct archive *archive, struct error *err)
{
    zip_error_t error;
    zip_source_t *source;
    bool ok = true;

    zip_error_init(&error);
    source = zip_source_function_create(archive_source, archive, &error);
    if (source != NULL) {
        archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    }
    if (archive->zip == NULL) {
        zip_source_free(source);
        ok = archive_open_error(archive, &error, err);
    } else if (archive_count(archive) > CEILING_ARCHIVE_ENTRIES) {
        ok = error_set(
            err, ERROR_SERVER, "the ZIP archive has more than %d entries", CEILING_ARCHIVE_ENTRIES);
    }
    zip_error_fini(&error);
    return ok;
}

bool archive_open(struct archive **out, const struct download *download, struct error *err)
{
    struct archive *archive = calloc(1, sizeof *archive);
    bool ok = archive != NULL || error_memory(err);

    if (ok) {
        archive->download = download;
        archive->most = CEILING_ARCHIVE_DIRECTORY;
        zip_error_init(&archive->error);
        buffer_init(&archive->entry, CEILING_UNPACKED_ENTRY + 2 * ARCHIVE_PIECE);
        /* libzip would take nothing at all for an archive without entries. */
        ok = download->size > 0
                 ? archive_open_zip(archive, err)
                 : error_set(err, ERROR_SERVER, "the answer is %s", archive_looks(download));
        archive->most = UINT64_MAX;
    }
    if (!ok) {
        archive_close(archive);
        archive = NULL;
    }
    *out = archive;
    return ok;
}

void archive_close(struct archive *archive)
{
    if (archive != NULL) {
        if (archive->zip != NULL) {
            zip_discard(archive->zip);
        }
        buffer_release(&archive->entry);
        zip_error_fini(&archive->error);
        free(archive);
    }
}

uint64_t archive_count(const struct archive *archive)
{
    return (uint64_t)zip_get_num_entries(archive->zip, 0);
}

const char *archive_name(struct archive *archive, uint64_t index)
{
    return zip_get_name(archive->zip, index, 0);
}

uint64_t archive_size(struct archive *archive, uint64_t index)
{
    zip_stat_t status;
    bool known =
        zip_stat_index(archive->zip, index, 0, &status) == 0 && (status.valid & ZIP_STAT_SIZE) != 0;

    return known ? status.size : 0;
}

static bool archive_is_file(struct archive *archive, uint64_t index)
{
    zip_uint8_t system = ZIP_OPSYS_DOS;
    zip_uint32_t attributes = 0;
    uint32_t type = 0;

    if (zip_file_get_external_attributes(archive->zip, index, 0, &system, &attributes) == 0 &&
        system == ZIP_OPSYS_UNIX) {
        type = (attributes >> ARCHIVE_MODE_SHIFT) & S_IFMT;
    }
    return type == 0 || type == S_IFREG;
}

/* Only what is known to be plain is opened. */
static bool archive_check_entry(struct archive *archive, uint64_t index, struct error *err)
{
    zip_stat_t status;
    bool ok = true;

    if (zip_stat_index(archive->zip, index, 0, &status) != 0) {
        ok = archive_error(archive, zip_get_error(archive->zip), ERROR_RECORD, "the entry", err);
    } else if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
               status.encryption_method != ZIP_EM_NONE) {
        ok = error_set(err, ERROR_RECORD, "the entry is encrypted");
    } else if ((status.valid & ZIP_STAT_COMP_METHOD) != 0 && status.comp_method != ZIP_CM_STORE &&
               status.comp_method != ZIP_CM_DEFLATE) {
        ok = error_set(err, ERROR_RECORD, "the entry is packed in a way that is not read");
    } else if (!archive_is_file(archive, index)) {
        ok = error_set(err, ERROR_RECORD, "the entry is no file but a link or a device");
    }
    return ok;
}

/* After each piece: `taken` is what the entry has cost of the archive so far. */
static bool archive_check_bomb(const struct archive *archive, uint64_t taken, struct error *err)
{
    uint64_t size = archive->entry.size;
    bool ok = true;

    if (size > CEILING_UNPACKED_ENTRY) {
        ok = error_set(
            err, ERROR_SERVER, "an entry unpacks to more than %d bytes", CEILING_UNPACKED_ENTRY);
    } else if (archive->unpacked > CEILING_UNPACKED) {
        ok = error_set(
            err, ERROR_SERVER, "the entries unpack to more than %d bytes", CEILING_UNPACKED);
    } else if (size > taken * CEILING_RATIO + CEILING_RATIO_FREE) {
        ok = error_set(
            err, ERROR_SERVER, "an entry unpacks to more than %d times its size", CEILING_RATIO);
    }
    return ok;
}

static bool archive_unpack(struct archive *archive, zip_file_t *file, struct error *err)
{
    struct buffer *bytes = &archive->entry;
    uint64_t before = archive->taken;
    zip_int64_t got = 1;
    bool ok = true;

    while (ok && got > 0) {
        if (!buffer_reserve(bytes, ARCHIVE_PIECE)) {
            ok = error_memory(err);
        } else {
            got = zip_fread(file, bytes->data + bytes->size, ARCHIVE_PIECE);
        }
        if (ok && got > 0) {
            bytes->size += (size_t)got;
            archive->unpacked += (uint64_t)got;
            ok = archive_check_bomb(archive, archive->taken - before, err);
        } else if (ok && got < 0) {
            ok = archive_error(archive, zip_file_get_error(file), ERROR_RECORD, "the entry", err);
        }
    }
    return ok;
}

bool archive_read(struct archive *archive, uint64_t index, struct str *bytes, struct error *err)
{
    zip_file_t *file = NULL;
    bool ok = archive_check_entry(archive, index, err);

    buffer_clear(&archive->entry);
    if (ok) {
        file = zip_fopen_index(archive->zip, index, 0);
        ok = file != NULL ||
             archive_error(archive, zip_get_error(archive->zip), ERROR_RECORD, "the entry", err);
    }
    ok = ok && archive_unpack(archive, file, err);
    *bytes = buffer_view(&archive->entry);
    if (file != NULL) {
        (void)zip_fclose(file);
    }
    return ok;
}
