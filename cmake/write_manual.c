/* Writes what is installed beside the program and made from its own tables:
 *   write_manual FOLDER
 * makes uemsync.1, uemsync.bash and _uemsync in it. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/completion.h"
#include "cli/manual.h"

enum { MANUAL_CEILING = 1024 * 1024, MANUAL_MODE = 0644 };

static void write_manual(struct buffer *out)
{
    manual_write(out, UEMSYNC_VERSION);
}

static const struct {
    const char *name;
    void (*write)(struct buffer *out);
} files[] = {
    {"uemsync.1", write_manual},
    {"uemsync.bash", completion_write_bash},
    {"_uemsync", completion_write_zsh},
};

int main(int argc, char **argv)
{
    struct error err = {0};
    bool ok = argc == 2;

    for (size_t i = 0; ok && i < sizeof files / sizeof *files; i++) {
        char path[4096];
        struct buffer text;

        buffer_init(&text, MANUAL_CEILING);
        files[i].write(&text);
        (void)snprintf(path, sizeof path, "%s/%s", argv[1], files[i].name);
        ok = buffer_ok(&text) && file_replace(path, buffer_view(&text), MANUAL_MODE, &err);
        buffer_release(&text);
    }
    if (!ok) {
        (void)fprintf(stderr, "write_manual: %s\n", argc == 2 ? err.text : "which folder?");
    }
    return ok ? 0 : 1;
}
