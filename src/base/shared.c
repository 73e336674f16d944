#include "base/shared.h"

#include <sys/mman.h>

void *shared_new(size_t size, struct error *err)
{
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (made == MAP_FAILED) {
        (void)error_memory(err);
        made = NULL;
    }
    return made;
}

void shared_free(void *memory, size_t size)
{
    if (memory != NULL) {
        (void)munmap(memory, size);
    }
}
