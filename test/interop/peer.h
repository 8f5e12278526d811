/* What the peers have in common: arguments of the form name=value, lines from standard input, a UDP socket on the loopback address. */
#ifndef SURETY_PEER_H
#define SURETY_PEER_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int argument_count;
static char **arguments;

static void say(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    putchar('\n');
    fflush(stdout);
}

static void fail(const char *what, int code)
{
    say("failed: %s %d (-0x%04x)", what, code, (unsigned)-code);
    exit(1);
}

static void start(int count, char **values)
{
    argument_count = count;
    arguments = values;
    setvbuf(stdin, NULL, _IONBF, 0);
}

static const char *option(const char *name)
{
    size_t length = strlen(name);
    for (int i = 1; i < argument_count; i++)
        if (strncmp(arguments[i], name, length) == 0 && arguments[i][length] == '=')
            return arguments[i] + length + 1;
    return NULL;
}

static int number(const char *name, int otherwise)
{
    const char *value = option(name);
    return value == NULL ? otherwise : atoi(value);
}

/* The bytes of an option in hexadecimal; 0: it is not there. */
static size_t bytes(const char *name, unsigned char *destination, size_t room)
{
    const char *value = option(name);
    size_t length = 0;
    unsigned byte;
    for (; value != NULL && length < room && sscanf(value, "%2x", &byte) == 1; value += 2)
        destination[length++] = (unsigned char)byte;
    return length;
}

static struct sockaddr_in loopback(int port)
{
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons((unsigned short)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* A client's socket is connected at once; a server's to whoever says something first. */
static int open_socket(int is_server)
{
    struct sockaddr_in address = loopback(number("port", 0));
    socklen_t length = sizeof address;
    int one = 1, s = socket(AF_INET, SOCK_DGRAM, 0);
    if (is_server) {
        char byte;
        setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(s, (struct sockaddr *)&address, length) != 0)
            fail("bind", 0);
        say("listening");
        if (recvfrom(s, &byte, 1, MSG_PEEK, (struct sockaddr *)&address, &length) < 0)
            fail("recvfrom", 0);
    }
    if (connect(s, (struct sockaddr *)&address, length) != 0)
        fail("connect", 0);
    fcntl(s, F_SETFL, O_NONBLOCK);
    return s;
}

static int wait_for(int s, int milliseconds)
{
    struct pollfd waiting = {s, POLLIN, 0};
    return poll(&waiting, 1, milliseconds) > 0;
}

/* Waits for a line of standard input or a datagram. 1: a line is there; 0: look at the socket; -1: the input has ended. */
static int wait_for_line(int s, char *line, int room)
{
    struct pollfd waiting[2] = {{STDIN_FILENO, POLLIN, 0}, {s, POLLIN, 0}};
    poll(waiting, 2, 100);
    if (waiting[0].revents == 0)
        return 0;
    return fgets(line, room, stdin) == NULL ? -1 : 1;
}

#endif
