#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ceilings.h"

bool secret_init(struct secret *secret, struct str text, struct error *err)
{
    bool ok = true;

    *secret = (struct secret){.bytes = malloc(text.size + 1), .size = text.size};
    if (secret->bytes == NULL) {
        secret->size = 0;
        ok = error_memory(err);
    } else {
        if (text.size > 0) {
            memcpy(secret->bytes, text.data, text.size);
        }
        secret->bytes[text.size] = '\0';
    }
    return ok;
}

static ssize_t secret_read(int file, char *bytes, size_t size)
{
    size_t done = 0;
    ssize_t got = 1;

    while (got > 0 && done < size) {
        got = read(file, bytes + done, size - done);
        if (got > 0) {
            done += (size_t)got;
        } else if (got < 0 && errno == EINTR) {
            got = 1;
        }
    }
    return got < 0 ? -1 : (ssize_t)done;
}

static size_t secret_line_size(const char *bytes, size_t size)
{
    if (size > 0 && bytes[size - 1] == '\n') {
        size--;
    }
    if (size > 0 && bytes[size - 1] == '\r') {
        size--;
    }
    return size;
}

bool secret_init_file(struct secret *secret, const char *path, bool is_text, struct error *err)
{
    bool ok = true;
    char *bytes = malloc(CEILING_SECRET + 1);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = -1;

    *secret = (struct secret){NULL, 0};
    if (bytes == NULL) {
        ok = error_memory(err);
    } else if (file >= 0) {
        size = secret_read(file, bytes, CEILING_SECRET + 1);
    }
    if (ok && size < 0) {
        ok = error_set(err, ERROR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    } else if (ok && size > CEILING_SECRET) {
        ok = error_set(err, ERROR_CONFIG, "%s is larger than %d bytes", path, CEILING_SECRET);
    } else if (ok && is_text && memchr(bytes, '\0', (size_t)size) != NULL) {
        ok = error_set(err, ERROR_CONFIG, "%s holds a NUL byte", path);
    } else if (ok) {
        size_t used = is_text ? secret_line_size(bytes, (size_t)size) : (size_t)size;

        ok = secret_init(secret, (struct str){bytes, used}, err);
    }
    if (file >= 0) {
        (void)close(file);
    }
    if (bytes != NULL) {
        OPENSSL_cleanse(bytes, CEILING_SECRET + 1);
    }
    free(bytes);
    return ok;
}

void secret_release(struct secret *secret)
{
    if (secret->bytes != NULL) {
        OPENSSL_cleanse(secret->bytes, secret->size);
    }
    free(secret->bytes);
    *secret = (struct secret){NULL, 0};
}
