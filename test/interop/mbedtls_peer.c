/*
 * DTLS 1.2 by mbedTLS: mbedtls_peer role=client|server port=N [suite=NAME] [psk=HEX identity=TEXT] [ca=FILE cert=FILE key=FILE] [tickets=0|1]
 * [ems=0|1] [timeout=MILLISECONDS] [mtu=N] [fragment=512|1024|2048|4096] [debug=0-4]. What comes is printed; lines of standard input are sent, but
 * "close" ends the session, and "resume" ends it and, as a client, begins another that resumes it.
 */
#include "peer.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/debug.h>
#include <mbedtls/entropy.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cache.h>
#include <mbedtls/ssl_cookie.h>
#include <mbedtls/ssl_ticket.h>
#include <mbedtls/timing.h>

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context drbg;
static mbedtls_ssl_config configuration;
static mbedtls_ssl_cookie_ctx cookies;
static mbedtls_ssl_cache_context cache;
static mbedtls_ssl_ticket_context tickets;
static mbedtls_x509_crt authority, certificate;
static mbedtls_pk_context key;
static mbedtls_ssl_session resumption;
static int has_resumption;

static void check(const char *what, int code)
{
    if (code != 0)
        fail(what, code);
}

static void trace(void *nothing, int level, const char *file, int line, const char *text)
{
    (void)nothing;
    (void)level;
    printf("%s:%d: %s", file, line, text);
}

static void configure(int is_server)
{
    static int suites[2];
    unsigned char psk[64];
    size_t psk_length = bytes("psk", psk, sizeof psk);
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&drbg);
    check("seed", mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0));
    mbedtls_ssl_config_init(&configuration);
    check("defaults", mbedtls_ssl_config_defaults(
        &configuration, is_server ? MBEDTLS_SSL_IS_SERVER : MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_DATAGRAM, MBEDTLS_SSL_PRESET_DEFAULT));
    mbedtls_ssl_conf_rng(&configuration, mbedtls_ctr_drbg_random, &drbg);
    mbedtls_ssl_conf_min_version(&configuration, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_handshake_timeout(&configuration, (uint32_t)number("timeout", 1000), 60000);
    mbedtls_debug_set_threshold(number("debug", 0));
    mbedtls_ssl_conf_dbg(&configuration, trace, NULL);
    mbedtls_ssl_conf_extended_master_secret(&configuration, number("ems", 1));
    if (option("suite") != NULL) {
        suites[0] = mbedtls_ssl_get_ciphersuite_id(option("suite"));
        check("suite", suites[0] == 0);
        mbedtls_ssl_conf_ciphersuites(&configuration, suites);
    }
    if (psk_length > 0)
        check("psk", mbedtls_ssl_conf_psk(&configuration, psk, psk_length, (const unsigned char *)option("identity"), strlen(option("identity"))));
    if (option("ca") != NULL) {
        mbedtls_x509_crt_init(&authority);
        mbedtls_x509_crt_init(&certificate);
        mbedtls_pk_init(&key);
        check("ca", mbedtls_x509_crt_parse_file(&authority, option("ca")));
        check("cert", mbedtls_x509_crt_parse_file(&certificate, option("cert")));
        check("key", mbedtls_pk_parse_keyfile(&key, option("key"), NULL));
        mbedtls_ssl_conf_ca_chain(&configuration, &authority, NULL);
        check("own", mbedtls_ssl_conf_own_cert(&configuration, &certificate, &key));
        mbedtls_ssl_conf_authmode(&configuration, MBEDTLS_SSL_VERIFY_REQUIRED);
    }
    if (option("fragment") != NULL) {
        int length = number("fragment", 0);
        check("fragment", mbedtls_ssl_conf_max_frag_len(&configuration, length == 512 ? MBEDTLS_SSL_MAX_FRAG_LEN_512 : length == 1024 ? MBEDTLS_SSL_MAX_FRAG_LEN_1024
            : length == 2048 ? MBEDTLS_SSL_MAX_FRAG_LEN_2048 : MBEDTLS_SSL_MAX_FRAG_LEN_4096));
    }
    if (!is_server) {
        mbedtls_ssl_conf_session_tickets(&configuration, number("tickets", 1));
        return;
    }
    mbedtls_ssl_cookie_init(&cookies);
    check("cookies", mbedtls_ssl_cookie_setup(&cookies, mbedtls_ctr_drbg_random, &drbg));
    mbedtls_ssl_conf_dtls_cookies(&configuration, mbedtls_ssl_cookie_write, mbedtls_ssl_cookie_check, &cookies);
    mbedtls_ssl_cache_init(&cache);
    mbedtls_ssl_conf_session_cache(&configuration, &cache, mbedtls_ssl_cache_get, mbedtls_ssl_cache_set);
    if (number("tickets", 1)) {
        mbedtls_ssl_ticket_init(&tickets);
        check("tickets", mbedtls_ssl_ticket_setup(&tickets, mbedtls_ctr_drbg_random, &drbg, MBEDTLS_CIPHER_AES_256_GCM, 86400));
        mbedtls_ssl_conf_session_tickets_cb(&configuration, mbedtls_ssl_ticket_write, mbedtls_ssl_ticket_parse, &tickets);
    }
}

static void shake_hands(mbedtls_ssl_context *ssl, int s)
{
    int result;
    while ((result = mbedtls_ssl_handshake(ssl)) != 0) {
        if (result == MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) {
            mbedtls_ssl_session_reset(ssl);
            mbedtls_ssl_set_client_transport_id(ssl, (const unsigned char *)"peer", 4);
        } else if (result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE) {
            wait_for(s, 20);
        } else {
            fail("handshake", result);
        }
    }
    say("established %s", mbedtls_ssl_get_ciphersuite(ssl));
    const mbedtls_x509_crt *peer = mbedtls_ssl_get_peer_cert(ssl);
    if (peer != NULL) {
        char name[256];
        mbedtls_x509_dn_gets(name, sizeof name, &peer->subject);
        say("peer %s", name);
    }
}

/* 1: there is to be another session. */
static int talk(int is_server)
{
    int goes_on = -1;
    mbedtls_ssl_context ssl;
    mbedtls_timing_delay_context timer;
    mbedtls_net_context net = {open_socket(is_server)};
    mbedtls_ssl_init(&ssl);
    check("setup", mbedtls_ssl_setup(&ssl, &configuration));
    mbedtls_ssl_set_timer_cb(&ssl, &timer, mbedtls_timing_set_delay, mbedtls_timing_get_delay);
    mbedtls_ssl_set_bio(&ssl, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
    mbedtls_ssl_set_mtu(&ssl, (uint16_t)number("mtu", 1200));
    if (is_server)
        check("transport id", mbedtls_ssl_set_client_transport_id(&ssl, (const unsigned char *)"peer", 4));
    else
        check("host", mbedtls_ssl_set_hostname(&ssl, "localhost"));
    if (has_resumption)
        check("resumption", mbedtls_ssl_set_session(&ssl, &resumption));
    shake_hands(&ssl, net.fd);
    while (goes_on < 0) {
        char line[1024];
        unsigned char data[20000];
        int result = wait_for_line(net.fd, line, sizeof line);
        if (result < 0)
            goes_on = 0;
        else if (result > 0 && strcmp(line, "close\n") == 0)
            goes_on = 0;
        else if (result > 0 && strcmp(line, "resume\n") == 0)
            goes_on = 1;
        else if (result > 0)
            check("write", mbedtls_ssl_write(&ssl, (unsigned char *)line, strlen(line)) != (int)strlen(line));
        while ((result = mbedtls_ssl_read(&ssl, data, sizeof data)) > 0) {
            fwrite(data, 1, (size_t)result, stdout);
            fflush(stdout);
        }
        if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
            say("closed by peer");
            goes_on = is_server;
        } else if (result != MBEDTLS_ERR_SSL_WANT_READ && result != MBEDTLS_ERR_SSL_WANT_WRITE && result != MBEDTLS_ERR_NET_RECV_FAILED) {
            fail("read", result);
        }
    }
    if (!is_server && goes_on) {
        mbedtls_ssl_session_init(&resumption);
        check("session", mbedtls_ssl_get_session(&ssl, &resumption));
        has_resumption = 1;
    }
    mbedtls_ssl_close_notify(&ssl);
    mbedtls_ssl_free(&ssl);
    close(net.fd);
    return goes_on;
}

int main(int argc, char **argv)
{
    start(argc, argv);
    int is_server = option("role") != NULL && strcmp(option("role"), "server") == 0;
    configure(is_server);
    while (talk(is_server)) {
    }
    say("ended");
    return 0;
}
