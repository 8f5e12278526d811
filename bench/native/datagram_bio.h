// A BIO of libssl over datagrams: what is read is the datagram in hand, once; what is written is for the program to send.
#pragma once
#include <openssl/bio.h>
#include <string.h>

// The datagram that came last, until it was read.
static const unsigned char *datagram;
static int datagram_length;

static int datagram_read(BIO *bio, char *bytes, int length)
{
    BIO_clear_retry_flags(bio);
    if (!datagram) {
        BIO_set_retry_read(bio);
        return -1;
    }
    int count = datagram_length < length ? datagram_length : length;
    memcpy(bytes, datagram, count);
    datagram = NULL;
    return count;
}

static long datagram_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    switch (command) {
    case BIO_CTRL_FLUSH: return 1;
    case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD: return 28;
    default: return 0;
    }
}

static int datagram_create(BIO *bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

// WRITE is the same in all calls; DATA, whose datagrams these are, is for it to find with BIO_get_data.
static BIO *datagram_bio_new(int (*write)(BIO *, const char *, int), void *data)
{
    static BIO_METHOD *method;
    if (!method) {
        method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams");
        BIO_meth_set_write(method, write);
        BIO_meth_set_read(method, datagram_read);
        BIO_meth_set_ctrl(method, datagram_control);
        BIO_meth_set_create(method, datagram_create);
    }
    BIO *bio = BIO_new(method);
    BIO_set_data(bio, data);
    return bio;
}
