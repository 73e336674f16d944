#include "base/shared.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void *shared_new(size_t size, struct error *err)
{
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (made == MAP_FAILED) {
        (void)error_memory(err);
        made = NULL;
    }
    return made;
}

static void *shared_map(int file, size_t size, struct error *err)
{
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

    if (made == MAP_FAILED) {
        (void)error_set(err, ERROR_PROCESS, "cannot be mapped: %s", strerror(errno));
        made = NULL;
    }
    return made;
}

/* A hole would end the process once the disk is full. */
void *shared_new_in(int file, size_t size, struct error *err)
{
    void *made = NULL;
    int problem = ftruncate(file, 0) == 0 ? posix_fallocate(file, 0, (off_t)size) : errno;

    if (problem != 0) {
        (void)error_set(err, ERROR_PROCESS, "cannot be filled: %s", strerror(problem));
    } else {
        made = shared_map(file, size, err);
    }
    return made;
}

void *shared_open(int file, size_t least, size_t *size, struct error *err)
{
    void *made = NULL;
    struct stat status;

    if (fstat(file, &status) != 0 || status.st_size < (off_t)least) {
        (void)error_set(err, ERROR_PROCESS, "holds too little");
    } else {
        *size = (size_t)status.st_size;
        made = shared_map(file, *size, err);
    }
    return made;
}

void shared_free(void *memory, size_t size)
{
    if (memory != NULL) {
        (void)munmap(memory, size);
    }
}

bool shared_lock_init(pthread_mutex_t *lock, struct error *err)
{
    pthread_mutexattr_t attributes;
    bool ok = pthread_mutexattr_init(&attributes) == 0;

    if (ok) {
        ok = pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0 &&
             pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0 &&
             pthread_mutex_init(lock, &attributes) == 0;
        (void)pthread_mutexattr_destroy(&attributes);
    }
    return ok || error_memory(err);
}

void shared_lock_take(pthread_mutex_t *lock)
{
    if (pthread_mutex_lock(lock) == EOWNERDEAD) {
        (void)pthread_mutex_consistent(lock);
    }
}

void shared_lock_leave(pthread_mutex_t *lock)
{
    (void)pthread_mutex_unlock(lock);
}
