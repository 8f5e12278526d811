// The floor that Surety is measured against: the least that a CoAP server can do. Takes up to 64 datagrams in one system call, turns each
// into its 2.05 response in place, and sends them in one.
//
// usage: coap_floor PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, SIZE = 2048 };

static unsigned char buffers[BATCH][SIZE];
static struct mmsghdr messages[BATCH];
static struct iovec vectors[BATCH];
static struct sockaddr_in peers[BATCH];

// ACK 2.05 with the request's token, Content-Format 0, payload "hello".
static int respond(unsigned char *message)
{
    int token = message[0] & 15;
    message[0] = 0x60 | token;
    message[1] = 0x45;
    memcpy(message + 4 + token, "\xC0\xFFhello", 7);
    return 4 + token + 7;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: coap_floor PORT\n");
        return 2;
    }

    int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(fd, (void *)&local, sizeof local)) {
        perror("bind");
        return 1;
    }

    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            vectors[i] = (struct iovec){ buffers[i], SIZE };
            messages[i].msg_hdr = (struct msghdr){ .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &vectors[i], .msg_iovlen = 1 };
        }

        int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < count; i++)
            vectors[i].iov_len = messages[i].msg_len >= 4 ? respond(buffers[i]) : 0;
        for (int sent = 0; sent < count;) {
            int result = sendmmsg(fd, messages + sent, count - sent, 0);
            sent += result > 0 ? result : 1;
        }
    }
}
