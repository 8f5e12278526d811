// The yardstick of a handshake: what the primitives of libcrypto cost that a DTLS 1.2 server needs for one, bare, one after the other and
// without anything around them. Prints microseconds of processor time, "name value" on each line; the sums are "ecdsa" and "psk".
//
// usage: dtls_primitives [ROUNDS]
//
// Mutual ECDHE-ECDSA on P-256: a key pair, its public key written, a signature (ServerKeyExchange), one verification with the authority's key
// (the device's certificate), one with a key that comes with the handshake (CertificateVerify), one agreement with a public key that comes
// with it. Both kinds: two MACs (cookies), four times the PRF (master secret, key block, two Finished), four hashes of the messages, 32 random
// bytes, one record each way.
#define _GNU_SOURCE
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static EVP_PKEY *own, *peer;
static unsigned char peer_point[65], hash[32], signature[80], bytes[4096];
static size_t signature_length;
static EVP_MD *sha256;
static EVP_CIPHER *ccm;
static EVP_MAC_CTX *hmac;
static EVP_CIPHER_CTX *record_out, *record_in;

static void check(int ok)
{
    if (!ok) {
        fprintf(stderr, "libcrypto refused\n");
        exit(1);
    }
}

// On P-256; that the point is on the curve is checked as it is set.
static EVP_PKEY *import(void)
{
    EVP_PKEY *key = EVP_PKEY_new();
    check(EVP_PKEY_copy_parameters(key, own) == 1 && EVP_PKEY_set1_encoded_public_key(key, peer_point, sizeof peer_point) == 1);
    return key;
}

static void generate(void)
{
    unsigned char *point;
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    check(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_keygen(context, &key) == 1 && EVP_PKEY_get1_encoded_public_key(key, &point) == 65);
    EVP_PKEY_CTX_free(context);
    OPENSSL_free(point);
    EVP_PKEY_free(key);
}

static void agree(void)
{
    unsigned char secret[32];
    size_t length = sizeof secret;
    EVP_PKEY *key = import();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    check(EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer_ex(context, key, 0) == 1 && EVP_PKEY_derive(context, secret, &length) == 1);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
}

static void sign(void)
{
    unsigned char result[80];
    size_t length = sizeof result;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    check(EVP_PKEY_sign_init(context) == 1 && EVP_PKEY_sign(context, result, &length, hash, sizeof hash) == 1);
    EVP_PKEY_CTX_free(context);
}

static void verify_with(EVP_PKEY *key)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    check(EVP_PKEY_verify_init(context) == 1 && EVP_PKEY_verify(context, signature, signature_length, hash, sizeof hash) == 1);
    EVP_PKEY_CTX_free(context);
}

static void verify_known(void) { verify_with(peer); }

static void verify_new(void)
{
    EVP_PKEY *key = import();
    verify_with(key);
    EVP_PKEY_free(key);
}

static void mac(const unsigned char *key, size_t key_length, const unsigned char *data, size_t length, unsigned char *result)
{
    check(EVP_MAC_init(hmac, key, key_length, NULL) == 1 && EVP_MAC_update(hmac, data, length) == 1 && EVP_MAC_final(hmac, result, NULL, 32) == 1);
}

static void cookie(void)
{
    unsigned char result[32];
    mac(bytes, 32, bytes + 100, 150, result);
}

static void prf(int length)
{
    unsigned char a[32 + 77], block[32];
    memcpy(a + 32, bytes, 77);
    mac(bytes, 48, a + 32, 77, a);
    for (int done = 0;; ) {
        mac(bytes, 48, a, sizeof a, block);
        if ((done += 32) >= length)
            return;
        mac(bytes, 48, a, 32, a);
    }
}

static void key_schedule(void)
{
    prf(48);
    prf(40);
    prf(12);
    prf(12);
}

static void hash_messages(void)
{
    unsigned char result[32];
    static const int lengths[] = { 700, 1100, 1200, 1300 };
    for (int i = 0; i < 4; i++)
        check(EVP_Digest(bytes, lengths[i], result, NULL, sha256, NULL) == 1);
}

static void hash_few_messages(void)
{
    unsigned char result[32];
    static const int lengths[] = { 280, 310, 340 };
    for (int i = 0; i < 3; i++)
        check(EVP_Digest(bytes, lengths[i], result, NULL, sha256, NULL) == 1);
}

static void random_bytes(void)
{
    unsigned char result[32];
    check(RAND_bytes(result, sizeof result) == 1);
}

static void records(void)
{
    unsigned char text[24], tag[8], nonce[12] = { 0 }, none[16];
    int length;
    check(EVP_CipherInit_ex2(record_out, NULL, bytes, nonce, 1, NULL) == 1 && EVP_CipherUpdate(record_out, NULL, &length, NULL, sizeof text) == 1
          && EVP_CipherUpdate(record_out, NULL, &length, bytes, 13) == 1 && EVP_CipherUpdate(record_out, text, &length, bytes, sizeof text) == 1
          && EVP_CipherFinal_ex(record_out, none, &length) == 1 && EVP_CIPHER_CTX_ctrl(record_out, EVP_CTRL_AEAD_GET_TAG, sizeof tag, tag) == 1);
    check(EVP_CIPHER_CTX_ctrl(record_in, EVP_CTRL_AEAD_SET_TAG, sizeof tag, tag) == 1 && EVP_CipherInit_ex2(record_in, NULL, bytes, nonce, 0, NULL) == 1
          && EVP_CipherUpdate(record_in, NULL, &length, NULL, sizeof text) == 1 && EVP_CipherUpdate(record_in, NULL, &length, bytes, 13) == 1
          && EVP_CipherUpdate(record_in, text, &length, text, sizeof text) == 1);
}

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b) { return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b); }

// The median of some rounds.
static double measure(const char *name, void operation(void), int count, int rounds)
{
    double results[100];
    for (int round = 0; round < rounds; round++) {
        double start = now_us();
        for (int i = 0; i < count; i++)
            operation();
        results[round] = (now_us() - start) / count;
    }
    qsort(results, rounds, sizeof *results, compare);
    printf("%s %.2f\n", name, results[rounds / 2]);
    return results[rounds / 2];
}

static EVP_CIPHER_CTX *open_record(int encrypt)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    check(EVP_CipherInit_ex2(context, ccm, NULL, NULL, encrypt, NULL) == 1 && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL) == 1
          && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 8, NULL) == 1);
    return context;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    unsigned char *point;
    if (rounds < 1 || rounds > 100)
        return 2;
    own = EVP_EC_gen("P-256");
    peer = EVP_EC_gen("P-256");
    check(EVP_PKEY_get1_encoded_public_key(peer, &point) == sizeof peer_point);
    memcpy(peer_point, point, sizeof peer_point);
    OPENSSL_free(point);
    RAND_bytes(bytes, sizeof bytes);
    RAND_bytes(hash, sizeof hash);
    EVP_PKEY_CTX *signing = EVP_PKEY_CTX_new(peer, NULL);
    signature_length = sizeof signature;
    check(EVP_PKEY_sign_init(signing) == 1 && EVP_PKEY_sign(signing, signature, &signature_length, hash, sizeof hash) == 1);
    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    ccm = EVP_CIPHER_fetch(NULL, "AES-128-CCM", NULL);
    OSSL_PARAM digest[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end() };
    hmac = EVP_MAC_CTX_new(EVP_MAC_fetch(NULL, "HMAC", NULL));
    check(EVP_MAC_init(hmac, bytes, 32, digest) == 1);
    record_out = open_record(1);
    record_in = open_record(0);

    double keys = measure("generate", generate, 500, rounds) + measure("agree", agree, 200, rounds) + measure("sign", sign, 500, rounds)
        + measure("verify-known", verify_known, 200, rounds) + measure("verify-new", verify_new, 200, rounds);
    double common = 2 * measure("cookie", cookie, 5000, rounds) + measure("key-schedule", key_schedule, 2000, rounds)
        + measure("random", random_bytes, 5000, rounds) + measure("records", records, 5000, rounds);
    printf("ecdsa %.2f\n", keys + common + measure("hash", hash_messages, 5000, rounds));
    printf("psk %.2f\n", common + measure("hash-few", hash_few_messages, 5000, rounds));
    return 0;
}
