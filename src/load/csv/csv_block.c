#include "load/csv/csv_block.h"

#include <stdint.h>
#include <string.h>

/* A row is the size of its end, and the end: quoted text may hold any byte. */

bool csv_block_fits(const struct buffer *block, struct str end)
{
    return block->size == 0 || block->size + sizeof(uint32_t) + end.size <= CSV_BLOCK_SIZE;
}

void csv_block_append(struct buffer *block, struct str end)
{
    uint32_t size = (uint32_t)end.size;

    buffer_append(block, &size, sizeof size);
    buffer_append_str(block, end);
}

struct str csv_block_next(struct str *block)
{
    uint32_t size = 0;
    struct str end = {block->data + sizeof size, 0};

    memcpy(&size, block->data, sizeof size);
    end.size = size;
    block->data += sizeof size + size;
    block->size -= sizeof size + size;
    return end;
}
