// Datagrams from many addresses of the loopback device, 127.1.x.y, one a simulated device, in batches and over one socket.
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

enum { LOOPBACK_BATCH = 64, LOOPBACK_SIZE = 2048 };

struct loopback {
    int fd, out_count;
    struct mmsghdr out_messages[LOOPBACK_BATCH], in_messages[LOOPBACK_BATCH];
    struct iovec out_vectors[LOOPBACK_BATCH], in_vectors[LOOPBACK_BATCH];
    struct sockaddr_in server, in_peers[LOOPBACK_BATCH];
    _Alignas(struct cmsghdr) uint8_t out_control[LOOPBACK_BATCH][64], in_control[LOOPBACK_BATCH][128];
    uint8_t out[LOOPBACK_BATCH][LOOPBACK_SIZE], in[LOOPBACK_BATCH][LOOPBACK_SIZE];
};

static inline uint32_t loopback_address(int device) { return 0x7F010001u + device / 250 * 256 + device % 250; }

// The device that a datagram of the last batch is for; -1 when there is none.
static inline int loopback_device(struct loopback *l, int index)
{
    struct msghdr *header = &l->in_messages[index].msg_hdr;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(header); c; c = CMSG_NXTHDR(header, c))
        if (c->cmsg_type == IP_PKTINFO) {
            uint32_t offset = ntohl(((struct in_pktinfo *)CMSG_DATA(c))->ipi_addr.s_addr) - 0x7F010001u;
            return offset / 256 * 250 + offset % 256;
        }
    return -1;
}

static inline void loopback_flush(struct loopback *l)
{
    for (int sent = 0; sent < l->out_count;) {
        int result = sendmmsg(l->fd, l->out_messages + sent, l->out_count - sent, 0);
        if (result > 0)
            sent += result;
        else if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
            perror("sendmmsg");
            exit(1);
        }
    }
    l->out_count = 0;
}

static inline void loopback_send(struct loopback *l, int device, const void *bytes, int length)
{
    if (l->out_count == LOOPBACK_BATCH)
        loopback_flush(l);
    int i = l->out_count++;
    memcpy(l->out[i], bytes, length);
    l->out_vectors[i].iov_len = length;
    struct in_pktinfo *info = (void *)CMSG_DATA((struct cmsghdr *)l->out_control[i]);
    info->ipi_spec_dst.s_addr = htonl(loopback_address(device));
}

// Waits up to 5 ms for the first datagram of a batch.
static inline int loopback_receive(struct loopback *l)
{
    for (int i = 0; i < LOOPBACK_BATCH; i++) {
        l->in_messages[i].msg_hdr.msg_controllen = sizeof l->in_control[i];
        l->in_messages[i].msg_hdr.msg_namelen = sizeof l->in_peers[i];
    }
    int count = recvmmsg(l->fd, l->in_messages, LOOPBACK_BATCH, MSG_WAITFORONE, NULL);
    return count > 0 ? count : 0;
}

static inline void loopback_open(struct loopback *l, uint16_t port)
{
    l->fd = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 4 << 20, on = 1;
    struct timeval wait = { 0, 5000 };
    struct sockaddr_in local = { .sin_family = AF_INET };
    setsockopt(l->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    setsockopt(l->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
    setsockopt(l->fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(l->fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (setsockopt(l->fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) || bind(l->fd, (void *)&local, sizeof local)) {
        perror("a socket on the loopback device");
        exit(1);
    }
    l->server = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    for (int i = 0; i < LOOPBACK_BATCH; i++) {
        l->out_vectors[i].iov_base = l->out[i];
        l->out_messages[i].msg_hdr = (struct msghdr){ .msg_name = &l->server, .msg_namelen = sizeof l->server, .msg_iov = &l->out_vectors[i], .msg_iovlen = 1,
                                                      .msg_control = l->out_control[i], .msg_controllen = CMSG_SPACE(sizeof(struct in_pktinfo)) };
        struct cmsghdr *header = (void *)l->out_control[i];
        header->cmsg_level = IPPROTO_IP;
        header->cmsg_type = IP_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
        l->in_vectors[i] = (struct iovec){ l->in[i], LOOPBACK_SIZE };
        l->in_messages[i].msg_hdr = (struct msghdr){ .msg_name = &l->in_peers[i], .msg_namelen = sizeof l->in_peers[i], .msg_iov = &l->in_vectors[i], .msg_iovlen = 1,
                                                     .msg_control = l->in_control[i], .msg_controllen = sizeof l->in_control[i] };
    }
}
