// CoAP messages, a histogram of latencies, and processor time, for coap_load.c.
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CON, NON, ACK, RST };

struct message { uint8_t *bytes; int length, last_option; };
struct parsed { int type, code, token_length, observe, location_length; uint16_t message_id; const uint8_t *token, *location; };

static inline struct message message_begin(uint8_t *bytes, int type, int code, uint16_t message_id, const uint8_t *token, int token_length)
{
    bytes[0] = 0x40 | type << 4 | token_length;
    bytes[1] = code;
    bytes[2] = message_id >> 8;
    bytes[3] = message_id;
    if (token_length)
        memcpy(bytes + 4, token, token_length);
    return (struct message){ bytes, 4 + token_length, 0 };
}

// Options in ascending order, deltas below 269, values below 269 bytes.
static inline void message_option(struct message *m, int number, const void *value, int length)
{
    int delta = number - m->last_option;
    uint8_t *p = m->bytes + m->length;
    *p++ = (delta < 13 ? delta : 13) << 4 | (length < 13 ? length : 13);
    if (delta >= 13)
        *p++ = delta - 13;
    if (length >= 13)
        *p++ = length - 13;
    memcpy(p, value, length);
    m->last_option = number;
    m->length = p + length - m->bytes;
}

static inline void message_uint(struct message *m, int number, uint32_t value)
{
    uint8_t bytes[4];
    int length = 0;
    for (int shift = 24; shift >= 0; shift -= 8)
        if (length || value >> shift & 255)
            bytes[length++] = value >> shift;
    message_option(m, number, bytes, length);
}

static inline void message_path(struct message *m, const char *path)
{
    while (*path) {
        int length = strcspn(path, "/");
        if (length)
            message_option(m, 11, path, length);
        path += length + (path[length] == '/');
    }
}

static inline void message_payload(struct message *m, const void *payload, int length)
{
    m->bytes[m->length++] = 0xFF;
    memcpy(m->bytes + m->length, payload, length);
    m->length += length;
}

// Of the options, Observe and the second Location-Path are kept.
static inline int message_parse(struct parsed *result, const uint8_t *b, int length)
{
    if (length < 4 || b[0] >> 6 != 1 || 4 + (b[0] & 15) > length)
        return 0;
    *result = (struct parsed){ .type = b[0] >> 4 & 3, .code = b[1], .token_length = b[0] & 15, .observe = -1, .message_id = b[2] << 8 | b[3], .token = b + 4 };
    int locations = 0, number = 0;
    for (int i = 4 + result->token_length; i < length && b[i] != 0xFF;) {
        int delta = b[i] >> 4, size = b[i] & 15;
        i++;
        if (delta == 13 && i < length) delta = 13 + b[i++];
        if (size == 13 && i < length) size = 13 + b[i++];
        if (delta > 268 || size > 268 || i + size > length)
            return 0;
        number += delta;
        if (number == 6) {
            result->observe = 0;
            for (int k = 0; k < size; k++)
                result->observe = result->observe << 8 | b[i + k];
        } else if (number == 8 && ++locations == 2) {
            result->location = b + i;
            result->location_length = size;
        }
        i += size;
    }
    return 1;
}

static inline uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

// Microseconds: exact below 1,024, then 64 steps an octave.
enum { BUCKETS = 4096 };
struct histogram { uint64_t counts[BUCKETS], total; };

static inline void histogram_add(struct histogram *h, uint64_t ns)
{
    uint64_t us = ns / 1000;
    int bucket = us;
    if (us >= 1024) {
        int exponent = 63 - __builtin_clzll(us);
        bucket = 1024 + (exponent - 10) * 64 + (us >> (exponent - 6) & 63);
    }
    h->counts[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    h->total++;
}

static inline uint64_t histogram_percentile(struct histogram *h, double share)
{
    uint64_t wanted = h->total * share, seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += h->counts[i];
        if (seen > wanted || (h->total && i == BUCKETS - 1))
            return i < 1024 ? i : (1ull << (10 + (i - 1024) / 64)) + ((uint64_t)((i - 1024) % 64) << (4 + (i - 1024) / 64));
    }
    return 0;
}

struct snapshot { uint64_t time; double server_us; };

// User and system time of the server so far.
static inline struct snapshot snapshot_take(int pid)
{
    struct snapshot s = { now_ns(), 0 };
    char name[64], text[1024];
    snprintf(name, sizeof name, "/proc/%d/stat", pid);
    FILE *file = pid ? fopen(name, "r") : NULL;
    if (!file)
        return s;
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    unsigned long user, kernel;
    char *end = strrchr(text, ')');
    if (end && sscanf(end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) == 2)
        s.server_us = (user + kernel) * 1e6 / sysconf(_SC_CLK_TCK);
    return s;
}
