/*
 * DTLS 1.2 by wolfSSL: wolfssl_peer role=client|server port=N [suite=NAME] [psk=HEX identity=TEXT] [ca=FILE cert=FILE key=FILE] [tickets=0|1]
 * [mtu=N]. What comes is printed; lines of standard input are sent, but "close" ends the session, and "resume" ends it and, as a client,
 * begins another that resumes it.
 */
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>

#include "peer.h"

static WOLFSSL_CTX *context;
static WOLFSSL_SESSION *resumption;

static void check(const char *what, int result)
{
    if (result != WOLFSSL_SUCCESS)
        fail(what, result);
}

static unsigned int give_key(WOLFSSL *ssl, const char *hint, char *identity, unsigned int room, unsigned char *key, unsigned int key_room)
{
    (void)ssl;
    (void)hint;
    strncpy(identity, option("identity"), room);
    return (unsigned)bytes("psk", key, key_room);
}

static unsigned int find_key(WOLFSSL *ssl, const char *identity, unsigned char *key, unsigned int room)
{
    (void)ssl;
    return strcmp(identity, option("identity")) == 0 ? (unsigned)bytes("psk", key, room) : 0;
}

static void configure(int is_server)
{
    wolfSSL_Init();
    context = wolfSSL_CTX_new(is_server ? wolfDTLSv1_2_server_method() : wolfDTLSv1_2_client_method());
    wolfSSL_CTX_set_verify(context, WOLFSSL_VERIFY_NONE, NULL);
    if (option("suite") != NULL)
        check("suite", wolfSSL_CTX_set_cipher_list(context, option("suite")));
    if (option("psk") != NULL && is_server)
        wolfSSL_CTX_set_psk_server_callback(context, find_key);
    else if (option("psk") != NULL)
        wolfSSL_CTX_set_psk_client_callback(context, give_key);
    if (option("ca") != NULL) {
        check("ca", wolfSSL_CTX_load_verify_locations(context, option("ca"), NULL));
        check("cert", wolfSSL_CTX_use_certificate_chain_file(context, option("cert")));
        check("key", wolfSSL_CTX_use_PrivateKey_file(context, option("key"), WOLFSSL_FILETYPE_PEM));
        wolfSSL_CTX_set_verify(context, WOLFSSL_VERIFY_PEER | WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    }
}

static void shake_hands(WOLFSSL *ssl, int s, int is_server)
{
    while ((is_server ? wolfSSL_accept(ssl) : wolfSSL_connect(ssl)) != WOLFSSL_SUCCESS) {
        int error = wolfSSL_get_error(ssl, WOLFSSL_FATAL_ERROR);
        if (error != WOLFSSL_ERROR_WANT_READ && error != WOLFSSL_ERROR_WANT_WRITE)
            fail("handshake", error);
        if (!wait_for(s, 1000 * wolfSSL_dtls_get_current_timeout(ssl)) && wolfSSL_dtls_got_timeout(ssl) != WOLFSSL_SUCCESS)
            fail("time-out", wolfSSL_get_error(ssl, WOLFSSL_FATAL_ERROR));
    }
    say("established %s%s", wolfSSL_get_cipher_name(ssl), wolfSSL_session_reused(ssl) ? " resumed" : "");
    WOLFSSL_X509 *peer = wolfSSL_get_peer_certificate(ssl);
    if (peer != NULL) {
        char name[256];
        say("peer %s", wolfSSL_X509_NAME_oneline(wolfSSL_X509_get_subject_name(peer), name, sizeof name));
        wolfSSL_X509_free(peer);
    }
}

/* 1: there is to be another session. */
static int talk(int is_server)
{
    int goes_on = -1, s = open_socket(is_server);
    struct sockaddr_in peer;
    socklen_t length = sizeof peer;
    WOLFSSL *ssl = wolfSSL_new(context);
    getpeername(s, (struct sockaddr *)&peer, &length);
    check("peer", wolfSSL_dtls_set_peer(ssl, &peer, length));
    check("fd", wolfSSL_set_fd(ssl, s));
    wolfSSL_dtls_set_using_nonblock(ssl, 1);
    if (!is_server && number("tickets", 0))
        check("tickets", wolfSSL_UseSessionTicket(ssl));
    if (resumption != NULL)
        check("resumption", wolfSSL_set_session(ssl, resumption));
    shake_hands(ssl, s, is_server);
    while (goes_on < 0) {
        char line[1024], data[20000];
        int result = wait_for_line(s, line, sizeof line);
        if (result < 0)
            goes_on = 0;
        else if (result > 0 && strcmp(line, "close\n") == 0)
            goes_on = 0;
        else if (result > 0 && strcmp(line, "resume\n") == 0)
            goes_on = 1;
        else if (result > 0 && wolfSSL_write(ssl, line, (int)strlen(line)) != (int)strlen(line))
            fail("write", wolfSSL_get_error(ssl, WOLFSSL_FATAL_ERROR));
        while ((result = wolfSSL_read(ssl, data, sizeof data)) > 0) {
            fwrite(data, 1, (size_t)result, stdout);
            fflush(stdout);
        }
        int error = wolfSSL_get_error(ssl, result);
        if (error == WOLFSSL_ERROR_ZERO_RETURN) {
            say("closed by peer");
            goes_on = is_server;
        } else if (error != WOLFSSL_ERROR_WANT_READ && error != WOLFSSL_ERROR_WANT_WRITE) {
            fail("read", error);
        }
    }
    if (!is_server && goes_on)
        resumption = wolfSSL_get1_session(ssl);
    wolfSSL_shutdown(ssl);
    wolfSSL_free(ssl);
    close(s);
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
