#include <string.h>

#include "config/parts.h"

enum { URL_PORT_DIGITS = 5, URL_PORT_MAX = 65535 };

static const char *const url_loopback[] = {"127.0.0.1", "[::1]", "localhost"};

static bool url_is_loopback(struct str host)
{
    bool found = false;

    for (size_t i = 0; i < sizeof url_loopback / sizeof *url_loopback; i++) {
        found = found || str_is_caseless(host, url_loopback[i]);
    }
    return found;
}

static bool url_is_letter_or_digit(char c)
{
    return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'z');
}

/* A name, an IPv4 address, or an IPv6 address in brackets. */
static bool url_is_host(struct str host)
{
    bool is_v6 = host.size > 2 && host.data[0] == '[' && host.data[host.size - 1] == ']';
    bool ok = host.size > 0;

    if (is_v6) {
        host = (struct str){host.data + 1, host.size - 2};
    }
    for (size_t i = 0; i < host.size && ok; i++) {
        char c = host.data[i];

        ok = is_v6 ? str_hex_digit(c) >= 0 || c == ':' || c == '.'
                   : url_is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
    }
    return ok;
}

static bool url_is_port(struct str port)
{
    int number = 0;
    bool ok = port.size > 0 && port.size <= URL_PORT_DIGITS;

    for (size_t i = 0; i < port.size && ok; i++) {
        ok = str_is_digit(port.data[i]);
        number = number * 10 + (port.data[i] - '0');
    }
    return ok && number > 0 && number <= URL_PORT_MAX;
}

/* Splits "host:port"; the port of what has none is "443", which is one. */
static void url_split(struct str authority, struct str *host, struct str *port)
{
    size_t size = authority.size;

    while (size > 0 && str_is_digit(authority.data[size - 1])) {
        size--;
    }
    *host = authority;
    *port = str_of("443");
    if (size > 0 && authority.data[size - 1] == ':') {
        *host = (struct str){authority.data, size - 1};
        *port = (struct str){authority.data + size, authority.size - size};
    }
}

/* Plain segments, each behind one slash: the path is sent as it is. */
static bool url_is_path(const char *path)
{
    bool ok = true;

    while (ok && *path == '/') {
        size_t size = strcspn(path + 1, "/");
        struct str segment = {path + 1, size};

        ok = size > 0 && !str_is(segment, ".") && !str_is(segment, "..");
        for (size_t i = 0; i < size && ok; i++) {
            ok = url_is_letter_or_digit(segment.data[i]) ||
                 strchr("-._~%!$&'()*+,;=:@", segment.data[i]) != NULL;
        }
        path += size + 1;
    }
    return ok;
}

bool config_check_url(char *url, const char **why)
{
    bool is_https = strncmp(url, "https://", 8) == 0;
    bool is_http = strncmp(url, "http://", 7) == 0;
    const char *rest = url + (is_https ? 8 : is_http ? 7 : 0);
    struct str authority = {rest, strcspn(rest, "/?#")};
    struct str host;
    struct str port;

    for (size_t size = strlen(url); size > 0 && url + size > rest && url[size - 1] == '/'; size--) {
        url[size - 1] = '\0';
    }
    url_split(authority, &host, &port);
    *why = NULL;
    if (!is_https && !is_http) {
        *why = "must begin with https://";
    } else if (memchr(authority.data, '@', authority.size) != NULL) {
        *why = "must not hold a user or password; see `username` and `password_file`";
    } else if (strpbrk(rest, "?#") != NULL) {
        *why = "must not hold a query (?) or fragment (#)";
    } else if (!url_is_host(host)) {
        *why = "has no valid host name";
    } else if (!url_is_port(port)) {
        *why = "has no valid port";
    } else if (is_http && !url_is_loopback(host)) {
        *why = "must begin with https://; http:// is for 127.0.0.1, ::1 and localhost alone";
    } else if (!url_is_path(rest + authority.size)) {
        *why = "has no valid path";
    }
    return *why == NULL;
}

bool config_url_is_loopback(const char *url)
{
    const char *after = strstr(url, "://");
    struct str authority = str_of(after != NULL ? after + 3 : url);
    struct str host;
    struct str port;

    authority.size = strcspn(authority.data, "/");
    url_split(authority, &host, &port);
    return url_is_loopback(host);
}
