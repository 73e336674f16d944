/* The beginning of a server's own error message, made fit to be printed. */
#ifndef UEMSYNC_HTTP_EXCERPT_H
#define UEMSYNC_HTTP_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/secret.h"

enum { HTTP_EXCERPT_SIZE = 201 }; /* 200 bytes and a NUL */

/* Overwrites what a server sent back of the user's secret by '*': the password itself, and user
 * and password as basic authentication sends them. `is_cut`: more came than `size` bytes, so that
 * the secret's beginning at the very end is masked too. `username` and `password` may be NULL. */
void http_excerpt_mask(
    char *body, size_t size, bool is_cut, const char *username, const struct secret *password);

/* The text of a JSON, XML, HTML or plain body on one line: without tags, scripts and styles, runs
 * of blanks and of what is not printable ASCII made one. "" when nothing is left. */
void http_excerpt_read(const char *body, char text[HTTP_EXCERPT_SIZE]);

#endif
