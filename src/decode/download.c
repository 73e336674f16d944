#include "decode/download.h"

void download_init(struct download *download, uint64_t ceiling)
{
    *download = (struct download){.file = SCRATCH_CLOSED, .ceiling = ceiling};
}

void download_release(struct download *download)
{
    scratch_close(&download->file);
    download_init(download, download->ceiling);
}

bool download_clear(struct download *download, struct error *err)
{
    download->size = 0;
    return download->file.fd < 0 || scratch_clear(&download->file, err);
}

bool download_add(struct download *download, const char *bytes, size_t size, struct error *err)
{
    bool ok = true;

    if (size > download->ceiling - download->size) {
        ok = error_set(
            err, ERROR_SERVER, "the answer is larger than %ju bytes", (uintmax_t)download->ceiling);
    } else if (download->file.fd < 0 && size > 0) {
        ok = scratch_open(&download->file, err);
    }
    ok = ok && scratch_write(&download->file, download->size, (struct str){bytes, size}, err);
    download->size += ok ? size : 0;
    return ok;
}

ssize_t download_read(const struct download *download, uint64_t offset, void *bytes, size_t size)
{
    return download->file.fd >= 0 ? scratch_read(&download->file, offset, bytes, size) : 0;
}
