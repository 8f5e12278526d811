/*
 * DTLS 1.2 as Pelion's device client is built: Mbed TLS, ECDHE-ECDSA-AES128-CCM8, secp256r1, mutual X.509, no look at the server's name.
 * pelion_dtls port=N ca=FILE cert=FILE key=FILE. Each line of standard input is a message in hexadecimal digits, and each that comes is printed so.
 */
#include "peer.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/timing.h>

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context drbg;
static mbedtls_ssl_config configuration;
static mbedtls_x509_crt authority, certificate;
static mbedtls_pk_context key;

static void check(const char *what, int code)
{
    if (code != 0)
        fail(what, code);
}

static void configure(void)
{
    static const int suites[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, 0};
    static const mbedtls_ecp_group_id curves[] = {MBEDTLS_ECP_DP_SECP256R1, MBEDTLS_ECP_DP_NONE};
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&drbg);
    mbedtls_x509_crt_init(&authority);
    mbedtls_x509_crt_init(&certificate);
    mbedtls_pk_init(&key);
    check("seed", mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0));
    mbedtls_ssl_config_init(&configuration);
    check("defaults", mbedtls_ssl_config_defaults(
        &configuration, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_DATAGRAM, MBEDTLS_SSL_PRESET_DEFAULT));
    mbedtls_ssl_conf_rng(&configuration, mbedtls_ctr_drbg_random, &drbg);
    mbedtls_ssl_conf_min_version(&configuration, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_ciphersuites(&configuration, suites);
    mbedtls_ssl_conf_curves(&configuration, curves);
    check("ca", mbedtls_x509_crt_parse_file(&authority, option("ca")));
    check("cert", mbedtls_x509_crt_parse_file(&certificate, option("cert")));
    check("key", mbedtls_pk_parse_keyfile(&key, option("key"), NULL));
    mbedtls_ssl_conf_ca_chain(&configuration, &authority, NULL);
    check("own", mbedtls_ssl_conf_own_cert(&configuration, &certificate, &key));
    mbedtls_ssl_conf_authmode(&configuration, MBEDTLS_SSL_VERIFY_REQUIRED);
}

static void transmit(mbedtls_ssl_context *ssl, const char *line)
{
    unsigned char message[2000];
    int length = 0;
    unsigned byte;
    for (; length < (int)sizeof message && sscanf(line, "%2x", &byte) == 1; line += 2)
        message[length++] = (unsigned char)byte;
    check("write", mbedtls_ssl_write(ssl, message, (size_t)length) != length);
}

static void show(const unsigned char *message, int length)
{
    printf("message ");
    for (int i = 0; i < length; i++)
        printf("%02x", message[i]);
    say("");
}

int main(int argc, char **argv)
{
    mbedtls_ssl_context ssl;
    mbedtls_timing_delay_context timer;
    start(argc, argv);
    configure();
    mbedtls_net_context net = {open_socket(0)};
    mbedtls_ssl_init(&ssl);
    check("setup", mbedtls_ssl_setup(&ssl, &configuration));
    mbedtls_ssl_set_timer_cb(&ssl, &timer, mbedtls_timing_set_delay, mbedtls_timing_get_delay);
    mbedtls_ssl_set_bio(&ssl, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
    for (int result; (result = mbedtls_ssl_handshake(&ssl)) != 0;) {
        if (result != MBEDTLS_ERR_SSL_WANT_READ && result != MBEDTLS_ERR_SSL_WANT_WRITE)
            fail("handshake", result);
        wait_for(net.fd, 20);
    }
    say("established %s", mbedtls_ssl_get_ciphersuite(&ssl));
    for (;;) {
        /* The receive buffer of the client has 1152 bytes; longer is shown whole, for the test to see. */
        unsigned char message[2000];
        char line[2 * sizeof message + 2];
        int result = wait_for_line(net.fd, line, sizeof line);
        if (result < 0)
            break;
        if (result > 0)
            transmit(&ssl, line);
        while ((result = mbedtls_ssl_read(&ssl, message, sizeof message)) > 0)
            show(message, result);
        if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
            break;
        if (result != MBEDTLS_ERR_SSL_WANT_READ && result != MBEDTLS_ERR_SSL_WANT_WRITE && result != MBEDTLS_ERR_NET_RECV_FAILED)
            fail("read", result);
    }
    mbedtls_ssl_close_notify(&ssl);
    return 0;
}
