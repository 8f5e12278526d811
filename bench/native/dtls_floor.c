// What Surety is measured against over DTLS: the least that a CoAP server on libssl can do. One thread, one socket, up to 64 datagrams in
// one system call each way, an SSL object for each peer; every request is answered 2.05 "hello". DTLS 1.2 with CCM_8, and a cookie exchange.
//
// usage: dtls_floor PORT [CERTIFICATES]
//
// With CERTIFICATES (ca.crt, server.crt, server.key), clients must have a certificate of the authority; else bytes 0 to 15 are every client's
// pre-shared key.
#define _GNU_SOURCE
#include "datagram_bio.h"
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, SIZE = 2048, BUCKETS = 1 << 18, COOKIE = 16, KEY = 16 };

struct peer { struct sockaddr_in address; SSL *ssl; struct peer *next; };

static struct peer *table[BUCKETS];
static SSL_CTX *context;
static unsigned char cookie_key[KEY];
static int fd;

static unsigned char in[BATCH][SIZE], out[BATCH][SIZE];
static struct mmsghdr in_messages[BATCH], out_messages[BATCH];
static struct iovec in_vectors[BATCH], out_vectors[BATCH];
static struct sockaddr_in in_peers[BATCH], out_peers[BATCH];
static int out_count;

static void flush_out(void)
{
    for (int sent = 0; sent < out_count;) {
        int result = sendmmsg(fd, out_messages + sent, out_count - sent, 0);
        sent += result > 0 ? result : 1;
    }
    out_count = 0;
}

static int bio_write(BIO *bio, const char *bytes, int length)
{
    BIO_clear_retry_flags(bio);
    if (out_count == BATCH)
        flush_out();
    struct peer *peer = BIO_get_data(bio);
    memcpy(out[out_count], bytes, length);
    out_vectors[out_count].iov_len = length;
    out_peers[out_count++] = peer->address;
    return length;
}

static int make_cookie(SSL *ssl, unsigned char *cookie, unsigned *length)
{
    struct peer *peer = BIO_get_data(SSL_get_rbio(ssl));
    unsigned char mac[EVP_MAX_MD_SIZE], address[6];
    memcpy(address, &peer->address.sin_addr, 4);
    memcpy(address + 4, &peer->address.sin_port, 2);
    HMAC(EVP_sha256(), cookie_key, sizeof cookie_key, address, sizeof address, mac, NULL);
    memcpy(cookie, mac, COOKIE);
    *length = COOKIE;
    return 1;
}

static int check_cookie(SSL *ssl, const unsigned char *cookie, unsigned length)
{
    unsigned char expected[COOKIE];
    unsigned count;
    make_cookie(ssl, expected, &count);
    return length == COOKIE && !CRYPTO_memcmp(cookie, expected, COOKIE);
}

static unsigned pre_shared_key(SSL *ssl, const char *identity, unsigned char *key, unsigned size)
{
    for (int i = 0; i < KEY; i++)
        key[i] = i;
    return KEY;
}

static void begin(struct peer *peer)
{
    SSL_free(peer->ssl);
    peer->ssl = SSL_new(context);
    BIO *bio = datagram_bio_new(bio_write, peer);
    SSL_set_bio(peer->ssl, bio, bio);
    SSL_set_options(peer->ssl, SSL_OP_COOKIE_EXCHANGE | SSL_OP_NO_QUERY_MTU);
    SSL_set_mtu(peer->ssl, 1400);
    SSL_set_accept_state(peer->ssl);
}

static struct peer *find(const struct sockaddr_in *address)
{
    uint32_t hash = (ntohl(address->sin_addr.s_addr) * 0x9E3779B1u ^ address->sin_port * 0x85EBu) % BUCKETS;
    for (struct peer *peer = table[hash]; peer; peer = peer->next)
        if (peer->address.sin_addr.s_addr == address->sin_addr.s_addr && peer->address.sin_port == address->sin_port)
            return peer;
    struct peer *peer = calloc(1, sizeof *peer);
    peer->address = *address;
    peer->next = table[hash];
    table[hash] = peer;
    begin(peer);
    return peer;
}

// Handshake record of epoch 0 with a ClientHello in it.
static int is_client_hello(const unsigned char *bytes, int length) { return length > 25 && bytes[0] == 22 && !bytes[3] && !bytes[4] && bytes[13] == 1; }

static void handle(int index)
{
    struct peer *peer = find(&in_peers[index]);
    datagram = in[index];
    datagram_length = in_messages[index].msg_len;
    if (SSL_is_init_finished(peer->ssl) && is_client_hello(datagram, datagram_length))
        begin(peer);
    if (!SSL_is_init_finished(peer->ssl)) {
        int result = SSL_do_handshake(peer->ssl);
        if (result <= 0 && SSL_get_error(peer->ssl, result) != SSL_ERROR_WANT_READ)
            begin(peer);
        ERR_clear_error();
        return;
    }
    unsigned char bytes[SIZE];
    int length = SSL_read(peer->ssl, bytes, sizeof bytes), token = bytes[0] & 15;
    if (length < 4) {
        ERR_clear_error();
        return;
    }
    bytes[0] = 0x60 | token;
    bytes[1] = 0x45;
    memcpy(bytes + 4 + token, "\xC0\xFFhello", 7);
    SSL_write(peer->ssl, bytes, 4 + token + 7);
}

static void open_context(const char *certificates)
{
    char file[3][512];
    context = SSL_CTX_new(DTLS_server_method());
    SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_cookie_generate_cb(context, make_cookie);
    SSL_CTX_set_cookie_verify_cb(context, check_cookie);
    SSL_CTX_set1_groups_list(context, "P-256");
    RAND_bytes(cookie_key, sizeof cookie_key);
    if (!certificates) {
        SSL_CTX_set_cipher_list(context, "PSK-AES128-CCM8");
        SSL_CTX_set_psk_server_callback(context, pre_shared_key);
        return;
    }
    const char *names[] = { "ca.crt", "server.crt", "server.key" };
    for (int i = 0; i < 3; i++)
        snprintf(file[i], sizeof file[i], "%s/%s", certificates, names[i]);
    SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-CCM8");
    SSL_CTX_set_session_id_context(context, (const unsigned char *)"floor", 5);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    if (!SSL_CTX_load_verify_locations(context, file[0], NULL) || !SSL_CTX_use_certificate_file(context, file[1], SSL_FILETYPE_PEM)
        || !SSL_CTX_use_PrivateKey_file(context, file[2], SSL_FILETYPE_PEM)) {
        ERR_print_errors_fp(stderr);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: dtls_floor PORT [CERTIFICATES]\n");
        return 2;
    }
    open_context(argc > 2 ? argv[2] : NULL);
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(fd, (void *)&local, sizeof local)) {
        perror("bind");
        return 1;
    }
    for (int i = 0; i < BATCH; i++) {
        out_vectors[i].iov_base = out[i];
        out_messages[i].msg_hdr = (struct msghdr){ .msg_name = &out_peers[i], .msg_namelen = sizeof out_peers[i], .msg_iov = &out_vectors[i], .msg_iovlen = 1 };
    }
    puts("ready");
    fflush(stdout);
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            in_vectors[i] = (struct iovec){ in[i], SIZE };
            in_messages[i].msg_hdr = (struct msghdr){ .msg_name = &in_peers[i], .msg_namelen = sizeof in_peers[i], .msg_iov = &in_vectors[i], .msg_iovlen = 1 };
        }
        int count = recvmmsg(fd, in_messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < count; i++)
            handle(i);
        flush_out();
    }
}
