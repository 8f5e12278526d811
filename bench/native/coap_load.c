// Loads a CoAP or LwM2M server on this machine from one thread, and prints what an operation costs the server in processor time.
// Each simulated device has a loopback address of its own, 127.1.x.y.
//
// usage: coap_load [-s PORT] [-n DEVICES] [-w WINDOW] [-P SERVER-PID] [-p PATH] [-e ENDPOINT-PREFIX] [-c COMMAND] PHASE[:SECONDS] ...
//
//   get        Confirmable GETs of PATH
//   register   every device registers, once
//   reregister devices register again and again
//   update     registration updates without a change
//   send       LwM2M Send: SenML CBOR, one record
//   observe    runs COMMAND, answers requests, until every device is observed
//   notify     Confirmable notifications, text
//   serve      runs COMMAND and answers requests until it ends
//   sleep      waits
//
// WINDOW requests are outstanding at any time (closed loop); a request is repeated after 2 s, and given up after 5 repetitions.
#define _GNU_SOURCE
#include "coap_load.h"

enum { BATCH = 64, MAX_MESSAGE = 512 };
enum phase { GET, REGISTER, UPDATE, SEND, NOTIFY, SERVE };

struct device { char location[24]; uint8_t observe_token[8], observe_token_length; uint16_t message_id; uint32_t sequence; };
struct exchange { int device; uint16_t message_id, tag; uint64_t first_sent, last_sent; int active, repetitions; };

static int device_count = 1000, window = 64, server_pid, observed;
static uint16_t port = 5683;
static const char *path = "hello", *prefix = "device", *command = "";
static struct device *devices;
static struct exchange *exchanges;
static int *exchange_of;               // of a device that notifies
static int fd;
static enum phase phase;
static uint16_t next_tag;
static int next_device, last_device;   // last_device < 0: round and round
static uint64_t operations, repeated, failed;
static struct histogram latencies;

static uint8_t out[BATCH][MAX_MESSAGE], in[BATCH][MAX_MESSAGE];
static struct mmsghdr out_messages[BATCH], in_messages[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static struct sockaddr_in out_peers[BATCH], in_peers[BATCH];
static uint8_t out_control[BATCH][64], in_control[BATCH][128];
static int out_count;

static const char LINKS[] = "</>;rt=\"oma.lwm2m\";ct=\"60 110 112 11542 11543\",</1>;ver=1.1,</1/0>,</3>;ver=1.1,</3/0>,</5/0>,</3303/0>";
// [{0: "/3303/0/5700", 2: 21.5_f32}]
static const uint8_t SENML[] = { 0x81, 0xA2, 0x00, 0x6C, '/', '3', '3', '0', '3', '/', '0', '/', '5', '7', '0', '0', 0x02, 0xFA, 0x41, 0xAC, 0, 0 };

static uint32_t address_of(int device) { return 0x7F010001u + device / 250 * 256 + device % 250; }
static int device_at(uint32_t address) { return (address - 0x7F010001u) / 256 * 250 + (address - 0x7F010001u) % 256; }

static void flush_out(void)
{
    for (int sent = 0; sent < out_count;) {
        int result = sendmmsg(fd, out_messages + sent, out_count - sent, 0);
        if (result > 0)
            sent += result;
        else if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
            perror("sendmmsg");
            exit(1);
        }
    }
    out_count = 0;
}

static struct message begin(int type, int code, uint16_t message_id, const uint8_t *token, int token_length)
{
    if (out_count == BATCH)
        flush_out();
    return message_begin(out[out_count], type, code, message_id, token, token_length);
}

static void put(int device, struct message *message)
{
    out_vectors[out_count].iov_len = message->length;
    struct in_pktinfo *info = (void *)CMSG_DATA((struct cmsghdr *)out_control[out_count]);
    info->ipi_spec_dst.s_addr = htonl(address_of(device));
    out_count++;
}

static void emit(struct exchange *exchange)
{
    struct device *device = &devices[exchange->device];
    int slot = exchange - exchanges;
    uint8_t token[4] = { slot >> 8, slot, exchange->tag >> 8, exchange->tag };
    struct message m;
    char query[64];
    switch (phase) {
    case GET:
        m = begin(CON, 1, exchange->message_id, token, 4);
        message_path(&m, path);
        break;
    case REGISTER:
        m = begin(CON, 2, exchange->message_id, token, 4);
        message_option(&m, 11, "rd", 2);
        message_uint(&m, 12, 40);
        message_option(&m, 15, query, snprintf(query, sizeof query, "ep=%s%07d", prefix, exchange->device));
        message_option(&m, 15, "lt=3600", 7);
        message_option(&m, 15, "lwm2m=1.1", 9);
        message_option(&m, 15, "b=U", 3);
        message_payload(&m, LINKS, sizeof LINKS - 1);
        break;
    case UPDATE:
        m = begin(CON, 2, exchange->message_id, token, 4);
        message_option(&m, 11, "rd", 2);
        message_option(&m, 11, device->location, strlen(device->location));
        break;
    case SEND:
        m = begin(CON, 2, exchange->message_id, token, 4);
        message_option(&m, 11, "dp", 2);
        message_uint(&m, 12, 112);
        message_payload(&m, SENML, sizeof SENML);
        break;
    case NOTIFY:
        m = begin(CON, 69, exchange->message_id, device->observe_token, device->observe_token_length);
        message_uint(&m, 6, ++device->sequence & 0xFFFFFF);
        message_uint(&m, 12, 0);
        message_payload(&m, "21.5", 4);
        break;
    default:
        return;
    }
    put(exchange->device, &m);
}

static int pick(void)
{
    if (last_device >= 0)
        return next_device <= last_device ? next_device++ : -1;
    int device = next_device++;
    if (next_device >= device_count)
        next_device = 0;
    return device;
}

static void start(struct exchange *exchange, int device, uint64_t now)
{
    *exchange = (struct exchange){ device, ++devices[device].message_id, ++next_tag, now, now, 1, 0 };
    if (phase == NOTIFY)
        exchange_of[device] = exchange - exchanges;
    emit(exchange);
}

static void finish(struct exchange *exchange, uint64_t now, int stopping)
{
    histogram_add(&latencies, now - exchange->first_sent);
    operations++;
    exchange->active = 0;
    int device = stopping ? -1 : pick();
    if (device >= 0)
        start(exchange, device, now);
}

// A request of the server: the value, and, when it observes, the beginning of notifications.
static void answer(int index, struct parsed *request)
{
    struct device *device = &devices[index];
    struct message m = begin(request->type == CON ? ACK : NON, 69, request->message_id, request->token, request->token_length);
    if (request->observe == 0) {
        if (!device->observe_token_length)
            observed++;
        memcpy(device->observe_token, request->token, request->token_length);
        device->observe_token_length = request->token_length;
        device->sequence = 1;
        message_uint(&m, 6, device->sequence);
    }
    message_uint(&m, 12, 0);
    message_payload(&m, "21.5", 4);
    put(index, &m);
    operations += phase == SERVE;
}

static void receive_reply(int index, struct parsed *reply, uint64_t now, int stopping)
{
    struct exchange *exchange;
    if (phase == NOTIFY) {
        int slot = exchange_of[index];
        if (reply->type < ACK || slot < 0 || !exchanges[slot].active || exchanges[slot].device != index || exchanges[slot].message_id != reply->message_id)
            return;
        failed += reply->type == RST;
        finish(&exchanges[slot], now, stopping);
        return;
    }
    if (reply->type == RST || reply->code == 0) {
        failed += reply->type == RST;
        return;                        // an empty acknowledgement: the response comes by itself
    }
    if (reply->type == CON) {
        struct message m = begin(ACK, 0, reply->message_id, NULL, 0);
        put(index, &m);
    }
    if (reply->token_length != 4)
        return;
    int slot = reply->token[0] << 8 | reply->token[1];
    if (slot >= window)
        return;
    exchange = &exchanges[slot];
    if (!exchange->active || exchange->tag != (reply->token[2] << 8 | reply->token[3]) || exchange->device != index)
        return;
    if (reply->code >> 5 != 2) {
        if (failed++ < 5)
            fprintf(stderr, "device %d: %d.%02d\n", index, reply->code >> 5, reply->code & 31);
    } else if (phase == REGISTER && reply->location_length && reply->location_length < (int)sizeof devices[0].location) {
        memcpy(devices[index].location, reply->location, reply->location_length);
        devices[index].location[reply->location_length] = 0;
    }
    finish(exchange, now, stopping);
}

static void receive(int stopping)
{
    for (int i = 0; i < BATCH; i++) {
        in_messages[i].msg_hdr.msg_controllen = sizeof in_control[i];
        in_messages[i].msg_hdr.msg_namelen = sizeof in_peers[i];
    }
    int count = recvmmsg(fd, in_messages, BATCH, MSG_WAITFORONE, NULL);
    uint64_t now = now_ns();
    for (int i = 0; i < count; i++) {
        struct parsed parsed;
        if (!message_parse(&parsed, in[i], in_messages[i].msg_len))
            continue;
        int index = -1;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&in_messages[i].msg_hdr); c; c = CMSG_NXTHDR(&in_messages[i].msg_hdr, c))
            if (c->cmsg_type == IP_PKTINFO)
                index = device_at(ntohl(((struct in_pktinfo *)CMSG_DATA(c))->ipi_addr.s_addr));
        if (index < 0 || index >= device_count)
            continue;
        if (parsed.code >= 1 && parsed.code < 32)
            answer(index, &parsed);
        else
            receive_reply(index, &parsed, now, stopping);
    }
}

static void repeat_late(uint64_t now)
{
    for (int i = 0; i < window; i++) {
        struct exchange *exchange = &exchanges[i];
        if (!exchange->active || now - exchange->last_sent < 2000000000ull)
            continue;
        exchange->last_sent = now;
        if (exchange->repetitions++ < 5) {
            repeated++;
            emit(exchange);
            continue;
        }
        failed++;
        exchange->active = 0;
        int device = pick();
        if (device >= 0)
            start(exchange, device, now);
    }
}

static int any_active(void)
{
    for (int i = 0; i < window; i++)
        if (exchanges[i].active)
            return 1;
    return 0;
}

static void begin_phase(enum phase which)
{
    phase = which;
    operations = repeated = failed = 0;
    memset(&latencies, 0, sizeof latencies);
    memset(exchanges, 0, window * sizeof *exchanges);
    for (int i = 0; i < device_count; i++)
        exchange_of[i] = -1;
}

static void report(const char *name, struct snapshot *before)
{
    struct snapshot after = snapshot_take(server_pid);
    double seconds = (after.time - before->time) / 1e9;
    double server = after.server_us - before->server_us;
    printf("%-10s %9llu ops %9.0f /s  server %6.2f us/op (%3.0f%%)  p50 %llu us  p99 %llu us  repeated %llu  failed %llu\n", name,
           (unsigned long long)operations, operations / seconds, operations ? server / operations : 0, server / seconds / 1e4,
           (unsigned long long)histogram_percentile(&latencies, 0.5), (unsigned long long)histogram_percentile(&latencies, 0.99),
           (unsigned long long)repeated, (unsigned long long)failed);
    fflush(stdout);
}

static void run(const char *name, enum phase which, double seconds, int last)
{
    begin_phase(which);
    next_device = 0;
    last_device = last;
    struct snapshot before = snapshot_take(server_pid);
    uint64_t now = now_ns(), end = last >= 0 ? UINT64_MAX : now + (uint64_t)(seconds * 1e9), checked = now;
    for (int i = 0; i < window; i++) {
        int device = pick();
        if (device < 0)
            break;
        start(&exchanges[i], device, now);
    }
    flush_out();
    while (now < end && (last < 0 || next_device <= last || any_active())) {
        receive(0);
        now = now_ns();
        if (now - checked > 200000000) {
            repeat_late(now);
            checked = now;
        }
        flush_out();
    }
    report(name, &before);
    // What is on its way does not count any more.
    for (uint64_t until = now_ns() + 300000000; now_ns() < until && any_active();) {
        receive(1);
        flush_out();
    }
}

static void serve(const char *name, int until_observed)
{
    begin_phase(SERVE);
    struct snapshot before = snapshot_take(server_pid);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(fd);
        execl("/bin/sh", "sh", "-c", command, (char *)0);
        _exit(1);
    }
    int status, ended = 0;
    uint64_t limit = now_ns() + 60000000000ull;
    while (now_ns() < limit && !(ended && (!until_observed || observed >= device_count))) {
        receive(1);
        flush_out();
        ended = ended || waitpid(child, &status, WNOHANG) == child;
    }
    report(name, &before);
    if (until_observed)
        printf("           %d of %d devices are observed\n", observed, device_count);
}

static void open_socket(void)
{
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 4 << 20, on = 1;
    struct timeval wait = { 0, 5000 };
    struct sockaddr_in local = { .sin_family = AF_INET };
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) || bind(fd, (void *)&local, sizeof local)) {
        perror("a socket on the loopback device");
        exit(1);
    }
    for (int i = 0; i < BATCH; i++) {
        out_peers[i] = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        out_vectors[i].iov_base = out[i];
        out_messages[i].msg_hdr = (struct msghdr){ .msg_name = &out_peers[i], .msg_namelen = sizeof out_peers[i], .msg_iov = &out_vectors[i], .msg_iovlen = 1,
                                                   .msg_control = out_control[i], .msg_controllen = CMSG_SPACE(sizeof(struct in_pktinfo)) };
        struct cmsghdr *header = (void *)out_control[i];
        header->cmsg_level = IPPROTO_IP;
        header->cmsg_type = IP_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
        in_vectors[i] = (struct iovec){ in[i], MAX_MESSAGE };
        in_messages[i].msg_hdr = (struct msghdr){ .msg_name = &in_peers[i], .msg_namelen = sizeof in_peers[i], .msg_iov = &in_vectors[i], .msg_iovlen = 1,
                                                  .msg_control = in_control[i], .msg_controllen = sizeof in_control[i] };
    }
}

int main(int argc, char **argv)
{
    for (int option; (option = getopt(argc, argv, "s:n:w:P:p:e:c:")) > 0;)
        switch (option) {
        case 's': port = atoi(optarg); break;
        case 'n': device_count = atoi(optarg); break;
        case 'w': window = atoi(optarg); break;
        case 'P': server_pid = atoi(optarg); break;
        case 'p': path = optarg; break;
        case 'e': prefix = optarg; break;
        case 'c': command = optarg; break;
        default: return 2;
        }
    if (device_count < 1 || device_count > 1000000 || window < 1 || window > 65535) {
        fprintf(stderr, "-n is 1 to 1000000, -w is 1 to 65535\n");
        return 2;
    }
    devices = calloc(device_count, sizeof *devices);
    exchanges = calloc(window, sizeof *exchanges);
    exchange_of = calloc(device_count, sizeof *exchange_of);
    srand(getpid());
    for (int i = 0; i < device_count; i++)
        devices[i].message_id = rand();
    open_socket();
    for (; optind < argc; optind++) {
        char name[32];
        double seconds = 5;
        sscanf(argv[optind], "%31[^:]:%lf", name, &seconds);
        if (!strcmp(name, "get")) run(name, GET, seconds, -1);
        else if (!strcmp(name, "register")) run(name, REGISTER, 0, device_count - 1);
        else if (!strcmp(name, "reregister")) run(name, REGISTER, seconds, -1);
        else if (!strcmp(name, "update")) run(name, UPDATE, seconds, -1);
        else if (!strcmp(name, "send")) run(name, SEND, seconds, -1);
        else if (!strcmp(name, "notify")) run(name, NOTIFY, seconds, -1);
        else if (!strcmp(name, "observe")) serve(name, 1);
        else if (!strcmp(name, "serve")) serve(name, 0);
        else if (!strcmp(name, "sleep")) usleep(seconds * 1e6);
        else {
            fprintf(stderr, "there is no phase %s\n", name);
            return 2;
        }
    }
    return 0;
}
