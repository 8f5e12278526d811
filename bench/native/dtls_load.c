// Loads a CoAP or LwM2M server over DTLS 1.2 on this machine from one thread, and prints what an operation costs the server in processor
// time. Each simulated device has a loopback address of its own, 127.1.x.y, and is a client of libssl.
//
// usage: dtls_load [-s PORT] [-n DEVICES] [-w WINDOW] [-P SERVER-PID] [-c CERTIFICATES] [-p PATH] [-e ENDPOINT-PREFIX] PHASE[:SECONDS] ...
//
//   handshake  full handshakes; the device forgets each session without a word
//   connect    every device makes a session, once, and keeps it
//   visit      every device makes a session, GETs PATH and forgets: the server is left with an idle session each
//   get        Confirmable GETs of PATH over the sessions that were made
//   register   every device registers, once
//   update     registration updates without a change
//
// With -c, ECDHE-ECDSA-AES128-CCM8 and a certificate of its own for each device, of the authority in CERTIFICATES/ca.crt and ca.key; else
// PSK-AES128-CCM8, the device's name as identity and bytes 0 to 15 as key.
// WINDOW operations are outstanding at any time (closed loop). A request is repeated after 2 s and given up after 5 repetitions.
#define _GNU_SOURCE
#include "coap_load.h"
#include "datagram_bio.h"
#include "loopback.h"
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum phase { HANDSHAKE, CONNECT, VISIT, GET, REGISTER, UPDATE };

struct device { SSL *ssl; X509 *certificate; int slot; uint16_t message_id; char location[24]; };
struct operation { int device, repetitions; uint16_t message_id, tag; uint64_t began, last_sent; char active, handshaking; };

static int device_count = 1000, window = 64, server_pid;
static uint16_t port = 5684;
static const char *path = "hello", *prefix = "device", *certificates;
static struct device *devices;
static struct operation *operations;
static struct loopback net;
static SSL_CTX *context;
static X509 *authority;
static EVP_PKEY *authority_key, *device_key;

static enum phase phase;
static uint16_t next_tag;
static int next_device, last_device;   // last_device < 0: round and round
static uint64_t done, repeated, failed;
static struct histogram latencies;

static int bio_write(BIO *bio, const char *bytes, int length)
{
    BIO_clear_retry_flags(bio);
    if (length > LOOPBACK_SIZE)
        return -1;
    loopback_send(&net, (int)(intptr_t)BIO_get_data(bio), bytes, length);
    return length;
}

static unsigned pre_shared_key(SSL *ssl, const char *hint, char *identity, unsigned identity_size, unsigned char *key, unsigned key_size)
{
    snprintf(identity, identity_size, "%s%07d", prefix, (int)(intptr_t)SSL_get_app_data(ssl));
    for (int i = 0; i < 16; i++)
        key[i] = i;
    return 16;
}

static X509 *issue(int device)
{
    static const struct { int id; const char *value; } extensions[] = {
        { NID_basic_constraints, "critical,CA:FALSE" }, { NID_key_usage, "critical,digitalSignature" }, { NID_ext_key_usage, "clientAuth" },
    };
    char name[64];
    int length = snprintf(name, sizeof name, "%s%07d", prefix, device);
    X509 *certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1000 + device);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 365L * 86400);
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_ASC, (void *)name, length, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(authority));
    X509_set_pubkey(certificate, device_key);
    for (unsigned i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, extensions[i].id, extensions[i].value);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(certificate, authority_key, EVP_sha256());
    return certificate;
}

static void forget(struct device *device)
{
    if (!device->ssl)
        return;
    SSL_set_quiet_shutdown(device->ssl, 1);
    SSL_free(device->ssl);
    device->ssl = NULL;
}

static void connect_device(int index)
{
    struct device *device = &devices[index];
    forget(device);
    device->ssl = SSL_new(context);
    BIO *bio = datagram_bio_new(bio_write, (void *)(intptr_t)index);
    SSL_set_bio(device->ssl, bio, bio);
    SSL_set_app_data(device->ssl, (void *)(intptr_t)index);
    SSL_set_options(device->ssl, SSL_OP_NO_QUERY_MTU);
    SSL_set_mtu(device->ssl, 1400);
    if (certificates) {
        SSL_use_certificate(device->ssl, device->certificate);
        SSL_use_PrivateKey(device->ssl, device_key);
    }
    SSL_set_connect_state(device->ssl);
    datagram = NULL;
    SSL_do_handshake(device->ssl);
}

static void request(struct operation *operation)
{
    struct device *device = &devices[operation->device];
    int slot = operation - operations;
    uint8_t token[4] = { slot >> 8, slot, operation->tag >> 8, operation->tag }, bytes[512];
    char query[64];
    static const char links[] = "</>;rt=\"oma.lwm2m\";ct=\"60 110 112 11542 11543\",</1>;ver=1.1,</1/0>,</3>;ver=1.1,</3/0>,</5/0>,</3303/0>";
    struct message m = message_begin(bytes, CON, phase == REGISTER || phase == UPDATE ? 2 : 1, operation->message_id, token, 4);
    switch (phase) {
    case REGISTER:
        message_option(&m, 11, "rd", 2);
        message_uint(&m, 12, 40);
        message_option(&m, 15, query, snprintf(query, sizeof query, "ep=%s%07d", prefix, operation->device));
        message_option(&m, 15, "lt=3600", 7);
        message_option(&m, 15, "lwm2m=1.1", 9);
        message_option(&m, 15, "b=U", 3);
        message_payload(&m, links, sizeof links - 1);
        break;
    case UPDATE:
        message_option(&m, 11, "rd", 2);
        message_option(&m, 11, device->location, strlen(device->location));
        break;
    default:
        message_path(&m, path);
        break;
    }
    if (device->ssl)
        SSL_write(device->ssl, bytes, m.length);
}

static int pick(void)
{
    if (last_device >= 0)
        return next_device <= last_device ? next_device++ : -1;
    for (int i = 0; i < device_count; i++) {
        int device = next_device++;
        if (next_device >= device_count)
            next_device = 0;
        struct operation *operation = &operations[devices[device].slot];
        if (!operation->active || operation->device != device)
            return device;
    }
    return -1;
}

static void start(struct operation *operation, uint64_t now)
{
    int device = pick();
    if (device < 0)
        return;
    *operation = (struct operation){ device, 0, ++devices[device].message_id, ++next_tag, now, now, 1, phase <= VISIT };
    devices[device].slot = operation - operations;
    if (operation->handshaking)
        connect_device(device);
    else
        request(operation);
}

static void finish(struct operation *operation, uint64_t now, int stopping)
{
    histogram_add(&latencies, now - operation->began);
    done++;
    operation->active = 0;
    if (phase == HANDSHAKE || phase == VISIT)
        forget(&devices[operation->device]);
    if (!stopping)
        start(operation, now);
}

static void give_up(struct operation *operation, uint64_t now)
{
    if (failed++ < 3)
        ERR_print_errors_fp(stderr);
    ERR_clear_error();
    operation->active = 0;
    if (operation->handshaking)
        forget(&devices[operation->device]);
    start(operation, now);
}

static void receive_response(struct device *device, int index, uint64_t now, int stopping)
{
    uint8_t bytes[LOOPBACK_SIZE];
    struct parsed reply;
    int length = SSL_read(device->ssl, bytes, sizeof bytes);
    ERR_clear_error();
    if (length <= 0 || !message_parse(&reply, bytes, length) || reply.code < 64 || reply.token_length != 4)
        return;
    int slot = reply.token[0] << 8 | reply.token[1];
    struct operation *operation = &operations[slot < window ? slot : 0];
    if (!operation->active || operation->device != index || operation->tag != (reply.token[2] << 8 | reply.token[3]))
        return;
    if (reply.code >> 5 != 2) {
        if (failed++ < 5)
            fprintf(stderr, "device %d: %d.%02d\n", index, reply.code >> 5, reply.code & 31);
    } else if (phase == REGISTER && reply.location_length && reply.location_length < (int)sizeof device->location) {
        memcpy(device->location, reply.location, reply.location_length);
        device->location[reply.location_length] = 0;
    }
    finish(operation, now, stopping);
}

static void receive_flight(struct device *device, uint64_t now, int stopping)
{
    struct operation *operation = &operations[device->slot];
    int result = SSL_do_handshake(device->ssl);
    if (result == 1) {
        operation->handshaking = 0;
        if (phase == VISIT)
            request(operation);
        else
            finish(operation, now, stopping);
    } else if (SSL_get_error(device->ssl, result) != SSL_ERROR_WANT_READ) {
        give_up(operation, now);
    }
}

static void receive(int stopping)
{
    int count = loopback_receive(&net);
    uint64_t now = now_ns();
    for (int i = 0; i < count; i++) {
        int index = loopback_device(&net, i);
        if (index < 0 || index >= device_count || !devices[index].ssl)
            continue;
        struct device *device = &devices[index];
        datagram = net.in[i];
        datagram_length = net.in_messages[i].msg_len;
        struct operation *operation = &operations[device->slot];
        if (operation->active && operation->handshaking && operation->device == index)
            receive_flight(device, now, stopping);
        else
            receive_response(device, index, now, stopping);
        datagram = NULL;
    }
}

static void repeat_late(uint64_t now)
{
    for (int i = 0; i < window; i++) {
        struct operation *operation = &operations[i];
        if (!operation->active)
            continue;
        if (operation->handshaking) {
            int result = DTLSv1_handle_timeout(devices[operation->device].ssl);
            repeated += result > 0;
            if (result < 0)
                give_up(operation, now);
        } else if (now - operation->last_sent >= 2000000000ull) {
            operation->last_sent = now;
            if (operation->repetitions++ == 5) {
                give_up(operation, now);
                continue;
            }
            repeated++;
            request(operation);
        }
    }
}

static int any_active(void)
{
    for (int i = 0; i < window; i++)
        if (operations[i].active)
            return 1;
    return 0;
}

static void report(const char *name, struct snapshot *before)
{
    struct snapshot after = snapshot_take(server_pid);
    double seconds = (after.time - before->time) / 1e9;
    double server = after.server_us - before->server_us;
    printf("%-10s %9llu ops %9.0f /s  server %7.2f us/op (%3.0f%%)  p50 %llu us  p99 %llu us  repeated %llu  failed %llu\n", name, (unsigned long long)done,
           done / seconds, done ? server / done : 0, server / seconds / 1e4, (unsigned long long)histogram_percentile(&latencies, 0.5),
           (unsigned long long)histogram_percentile(&latencies, 0.99), (unsigned long long)repeated, (unsigned long long)failed);
    fflush(stdout);
}

static void run(const char *name, enum phase which, double seconds, int last)
{
    phase = which;
    done = repeated = failed = 0;
    memset(&latencies, 0, sizeof latencies);
    memset(operations, 0, window * sizeof *operations);
    next_device = 0;
    last_device = last;
    struct snapshot before = snapshot_take(server_pid);
    uint64_t now = now_ns(), end = last >= 0 ? UINT64_MAX : now + (uint64_t)(seconds * 1e9), checked = now;
    for (int i = 0; i < window; i++)
        start(&operations[i], now);
    loopback_flush(&net);
    while (now < end && (last < 0 || next_device <= last || any_active())) {
        receive(0);
        now = now_ns();
        if (now - checked > 100000000) {
            repeat_late(now);
            checked = now;
        }
        loopback_flush(&net);
    }
    report(name, &before);
    // What is on its way does not count any more.
    for (uint64_t until = now_ns() + 500000000; now_ns() < until && any_active();) {
        receive(1);
        loopback_flush(&net);
    }
    for (int i = 0; i < window; i++)
        if (operations[i].active && operations[i].handshaking)
            forget(&devices[operations[i].device]);
}

static void *read_pem(const char *name, void *read(FILE *))
{
    char file[512];
    snprintf(file, sizeof file, "%s/%s", certificates, name);
    FILE *f = fopen(file, "r");
    void *value = f ? read(f) : NULL;
    if (!value) {
        fprintf(stderr, "%s cannot be read\n", file);
        exit(1);
    }
    fclose(f);
    return value;
}

static void *read_certificate(FILE *f) { return PEM_read_X509(f, NULL, NULL, NULL); }
static void *read_key(FILE *f) { return PEM_read_PrivateKey(f, NULL, NULL, NULL); }

static void open_context(void)
{
    context = SSL_CTX_new(DTLS_client_method());
    SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION);
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set1_groups_list(context, "P-256");
    SSL_CTX_set1_sigalgs_list(context, "ECDSA+SHA256");
    SSL_CTX_set_psk_client_callback(context, pre_shared_key);
    if (!SSL_CTX_set_cipher_list(context, certificates ? "ECDHE-ECDSA-AES128-CCM8" : "PSK-AES128-CCM8"))
        exit(1);
    if (!certificates)
        return;
    authority = read_pem("ca.crt", read_certificate);
    authority_key = read_pem("ca.key", read_key);
    device_key = EVP_EC_gen("P-256");
    for (int i = 0; i < device_count; i++)
        devices[i].certificate = issue(i);
}

int main(int argc, char **argv)
{
    for (int option; (option = getopt(argc, argv, "s:n:w:P:c:p:e:")) > 0;)
        switch (option) {
        case 's': port = atoi(optarg); break;
        case 'n': device_count = atoi(optarg); break;
        case 'w': window = atoi(optarg); break;
        case 'P': server_pid = atoi(optarg); break;
        case 'c': certificates = optarg; break;
        case 'p': path = optarg; break;
        case 'e': prefix = optarg; break;
        default: return 2;
        }
    if (device_count < 1 || device_count > 1000000 || window < 1 || window > 65535) {
        fprintf(stderr, "-n is 1 to 1000000, -w is 1 to 65535\n");
        return 2;
    }
    if (window > device_count)
        window = device_count;
    devices = calloc(device_count, sizeof *devices);
    operations = calloc(window, sizeof *operations);
    srand(getpid());
    for (int i = 0; i < device_count; i++)
        devices[i].message_id = rand();
    open_context();
    loopback_open(&net, port);
    for (; optind < argc; optind++) {
        char name[32];
        double seconds = 5;
        sscanf(argv[optind], "%31[^:]:%lf", name, &seconds);
        if (!strcmp(name, "handshake")) run(name, HANDSHAKE, seconds, -1);
        else if (!strcmp(name, "connect")) run(name, CONNECT, 0, device_count - 1);
        else if (!strcmp(name, "visit")) run(name, VISIT, 0, device_count - 1);
        else if (!strcmp(name, "get")) run(name, GET, seconds, -1);
        else if (!strcmp(name, "register")) run(name, REGISTER, 0, device_count - 1);
        else if (!strcmp(name, "update")) run(name, UPDATE, seconds, -1);
        else {
            fprintf(stderr, "there is no phase %s\n", name);
            return 2;
        }
    }
    return 0;
}
