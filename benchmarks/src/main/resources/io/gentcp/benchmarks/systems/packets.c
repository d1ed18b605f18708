/*
 * Packets with 4 bytes of length in front, in C: what the kernel and one core can do.
 *
 *   packets server MODE          answers on a free port of the loopback
 *   packets client MODE PORT     does what its standard input says
 *
 * MODE   blocking   a thread for each connection, blocking calls, one write for each packet
 *        batched    the same, but packets at hand are written together, and senders that
 *                   share a connection write what the others have appended meanwhile
 *        spinning   the same as blocking, but a reader polls for 50 microseconds before it blocks
 *        epoll      one thread and epoll on either side, one write for each packet
 *
 * The commands and the answers are those of io.gentcp.benchmarks.peer.Peer. The first byte
 * of a packet is E to be sent back, S to be counted, C to ask how many were counted.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 4, READ_SIZE = 256 * 1024, BATCH = 64, BATCH_BYTES = 128 * 1024, SPIN_NANOS = 50000, EVENTS = 512 };

static int batched, spinning, use_epoll, port;
static volatile int over;

static int64_t now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what)
{
	printf("failed %s: %s\n", what, strerror(errno));
	fflush(stdout);
	exit(1);
}

/* A connection: what was read and not used yet, and what is to be written. */
struct conn {
	int fd;
	char *in;
	size_t begin, end, room;
	char *out;
	size_t out_size, out_room;
	uint64_t counted;
	long echoes;
	int in_flight;
};

static void reserve(char **bytes, size_t *room, size_t needed)
{
	if (*room < needed) {
		*room = needed;
		*bytes = realloc(*bytes, needed);
		if (*bytes == NULL)
			fail("realloc");
	}
}

static void write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0 && errno == EAGAIN)
			continue;
		if (n <= 0)
			return;
		bytes += n;
		size -= n;
	}
}

static void write_packet(int fd, const char *packet, uint32_t size)
{
	uint32_t header = htonl(size);
	struct iovec parts[2] = { { &header, HEADER }, { (void *)packet, size } };
	ssize_t n;
	do
		n = writev(fd, parts, 2);
	while (n < 0 && errno == EAGAIN);
	if (n >= 0 && n < HEADER)
		write_all(fd, (char *)&header + n, HEADER - n), n = HEADER;
	if (n >= HEADER)
		write_all(fd, packet + (n - HEADER), size - (n - HEADER));
}

static void flush(struct conn *c)
{
	write_all(c->fd, c->out, c->out_size);
	c->out_size = 0;
}

/* Writes a packet at once, or with those that follow it. */
static void put(struct conn *c, const char *packet, uint32_t size)
{
	if (!batched) {
		write_packet(c->fd, packet, size);
		return;
	}
	uint32_t header = htonl(size);
	reserve(&c->out, &c->out_room, c->out_size + HEADER + size);
	memcpy(c->out + c->out_size, &header, HEADER);
	memcpy(c->out + c->out_size + HEADER, packet, size);
	c->out_size += HEADER + size;
	if (c->out_size >= BATCH_BYTES)
		flush(c);
}

/* Returns the next packet that is at hand, or NULL. */
static char *next(struct conn *c, uint32_t *size)
{
	size_t have = c->end - c->begin;
	uint32_t header;
	if (have < HEADER)
		return NULL;
	memcpy(&header, c->in + c->begin, HEADER);
	*size = ntohl(header);
	if (have < HEADER + (size_t)*size) {
		reserve(&c->in, &c->room, HEADER + (size_t)*size);
		return NULL;
	}
	char *packet = c->in + c->begin + HEADER;
	c->begin += HEADER + (size_t)*size;
	return packet;
}

/* Reads what is there; 1, 0 at the end of the stream, -1 if nothing is there. */
static int fill(struct conn *c)
{
	if (c->begin > 0) {
		memmove(c->in, c->in + c->begin, c->end - c->begin);
		c->end -= c->begin;
		c->begin = 0;
	}
	reserve(&c->in, &c->room, use_epoll ? 4096 : READ_SIZE);
	ssize_t n = -1;
	if (spinning) {
		int64_t end = now() + SPIN_NANOS;
		do
			n = recv(c->fd, c->in + c->end, c->room - c->end, MSG_DONTWAIT);
		while (n < 0 && errno == EAGAIN && now() < end);
	}
	if (n < 0)
		n = recv(c->fd, c->in + c->end, c->room - c->end, 0);
	if (n < 0 && errno == EAGAIN)
		return -1;
	if (n <= 0)
		return 0;
	c->end += n;
	return 1;
}

static char *receive(struct conn *c, uint32_t *size)
{
	char *packet;
	while ((packet = next(c, size)) == NULL) {
		flush(c);
		if (fill(c) <= 0)
			return NULL;
	}
	return packet;
}

static void drop(struct conn *c)
{
	close(c->fd);
	free(c->in);
	free(c->out);
	free(c);
}

static struct conn *conn(int fd)
{
	int yes = 1;
	struct conn *c = calloc(1, sizeof *c);
	if (c == NULL)
		fail("calloc");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	c->fd = fd;
	return c;
}

static void answer(struct conn *c, char *packet, uint32_t size)
{
	if (packet[0] == 'E')
		put(c, packet, size);
	else if (packet[0] == 'S')
		c->counted++;
	else {
		char count[9] = { 'C' };
		for (int i = 0; i < 8; i++)
			count[1 + i] = (char)(c->counted >> (56 - 8 * i));
		c->counted = 0;
		put(c, count, sizeof count);
	}
}

static void *serve(void *argument)
{
	struct conn *c = argument;
	uint32_t size;
	char *packet;
	while ((packet = receive(c, &size)) != NULL)
		answer(c, packet, size);
	drop(c);
	return NULL;
}

static void start(void *(*run)(void *), void *argument, pthread_t *thread)
{
	pthread_attr_t small;
	pthread_t ignored;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 128 * 1024);
	if (thread == NULL)
		pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
	if (pthread_create(thread == NULL ? &ignored : thread, &small, run, argument) != 0)
		fail("pthread_create");
	pthread_attr_destroy(&small);
}

static void watch(int poll, struct conn *c)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	if (epoll_ctl(poll, EPOLL_CTL_ADD, c->fd, &event) != 0)
		fail("epoll_ctl");
}

static void *serve_epoll(void *argument)
{
	int poll = *(int *)argument;
	struct epoll_event events[EVENTS];
	for (;;) {
		int n = epoll_wait(poll, events, EVENTS, -1);
		for (int i = 0; i < n; i++) {
			struct conn *c = events[i].data.ptr;
			uint32_t size;
			char *packet;
			int there = fill(c);
			while ((packet = next(c, &size)) != NULL)
				answer(c, packet, size);
			flush(c);
			if (there == 0)
				drop(c);
		}
	}
	return NULL;
}

static void *accept_all(void *argument)
{
	int listening = *(int *)argument;
	static int poll;
	if (use_epoll) {
		poll = epoll_create1(0);
		start(serve_epoll, &poll, NULL);
	}
	for (;;) {
		int fd = accept(listening, NULL, NULL);
		if (fd < 0)
			continue;
		if (use_epoll)
			watch(poll, conn(fd));
		else
			start(serve, conn(fd), NULL);
	}
	return NULL;
}

static struct sockaddr_in loopback(int number)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(number) };
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static void server(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof address;
	char line[256];
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 4096) != 0)
		fail("listen");
	getsockname(fd, (struct sockaddr *)&address, &size);
	start(accept_all, &fd, NULL);
	printf("port %d\n", ntohs(address.sin_port));
	fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL) {
		long pages = 0;
		FILE *statm = fopen("/proc/self/statm", "r");
		if (statm != NULL) {
			if (fscanf(statm, "%*s %ld", &pages) != 1)
				pages = 0;
			fclose(statm);
		}
		printf("memory -1 %ld\n", pages * sysconf(_SC_PAGESIZE));
		fflush(stdout);
	}
	exit(0);
}

static struct conn *connect_one(void)
{
	struct sockaddr_in address = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
		fail("connect");
	return conn(fd);
}

static void sleep_for(long millis)
{
	struct timespec t = { millis / 1000, millis % 1000 * 1000000 };
	nanosleep(&t, NULL);
	over = 1;
}

static char *packet_of(char first, uint32_t size)
{
	char *packet = calloc(1, size);
	if (packet == NULL)
		fail("calloc");
	packet[0] = first;
	return packet;
}

static uint32_t payload;
static int in_flight;

static void *exchange_one(void *argument)
{
	struct conn *c = argument;
	char *packet = packet_of('E', payload);
	uint32_t size;
	for (int i = 0; i < in_flight; i++)
		put(c, packet, payload);
	while (!over && receive(c, &size) != NULL) {
		put(c, packet, payload);
		c->echoes++;
	}
	for (int i = 0; i < in_flight && receive(c, &size) != NULL; i++)
		c->echoes++;
	free(packet);
	return NULL;
}

static void *stop_later(void *millis)
{
	sleep_for(*(long *)millis);
	return NULL;
}

static void exchange_epoll(struct conn **all, int connections, long millis)
{
	struct epoll_event events[EVENTS];
	char *packet = packet_of('E', payload);
	int left = connections, poll = epoll_create1(0);
	pthread_t timer;
	for (int i = 0; i < connections; i++)
		watch(poll, all[i]);
	start(stop_later, &millis, &timer);
	for (int i = 0; i < connections; i++)
		for (all[i]->in_flight = 0; all[i]->in_flight < in_flight; all[i]->in_flight++)
			put(all[i], packet, payload);
	while (left > 0) {
		int n = epoll_wait(poll, events, EVENTS, -1);
		for (int i = 0; i < n; i++) {
			struct conn *c = events[i].data.ptr;
			uint32_t size;
			if (fill(c) == 0)
				fail("an echo is missing");
			while (next(c, &size) != NULL) {
				c->echoes++;
				if (!over)
					put(c, packet, payload);
				else if (--c->in_flight == 0)
					left--;
			}
			flush(c);
		}
	}
	pthread_join(timer, NULL);
	close(poll);
	free(packet);
}

static void exchange(int connections, long millis)
{
	struct conn **all = calloc(connections, sizeof *all);
	pthread_t *threads = calloc(connections, sizeof *threads);
	long echoes = 0;
	for (int i = 0; i < connections; i++)
		all[i] = connect_one();
	over = 0;
	int64_t begin = now();
	if (use_epoll)
		exchange_epoll(all, connections, millis);
	else {
		for (int i = 0; i < connections; i++)
			start(exchange_one, all[i], &threads[i]);
		sleep_for(millis);
		for (int i = 0; i < connections; i++)
			pthread_join(threads[i], NULL);
	}
	int64_t nanos = now() - begin;
	for (int i = 0; i < connections; i++) {
		echoes += all[i]->echoes;
		drop(all[i]);
	}
	free(all);
	free(threads);
	printf("done %ld %ld\n", echoes, (long)nanos);
}

/* One connection of several senders. Whoever finds nobody writing writes for all. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t written;
	struct conn *c;
	char *out, *spare;
	size_t size, room, spare_room;
	int writing;
	long sent;
} shared = { .lock = PTHREAD_MUTEX_INITIALIZER, .written = PTHREAD_COND_INITIALIZER };

static void append(const char *packet)
{
	uint32_t header = htonl(payload);
	reserve(&shared.out, &shared.room, shared.size + HEADER + payload);
	memcpy(shared.out + shared.size, &header, HEADER);
	memcpy(shared.out + shared.size + HEADER, packet, payload);
	shared.size += HEADER + payload;
}

static void write_appended(void)
{
	while (shared.size > 0) {
		char *bytes = shared.out;
		size_t size = shared.size, room = shared.room;
		shared.out = shared.spare;
		shared.room = shared.spare_room;
		shared.size = 0;
		pthread_mutex_unlock(&shared.lock);
		write_all(shared.c->fd, bytes, size);
		pthread_mutex_lock(&shared.lock);
		shared.spare = bytes;
		shared.spare_room = room;
		pthread_cond_broadcast(&shared.written);
	}
}

static void *stream_shared(void *ignored)
{
	char *packet = packet_of('S', payload);
	long sent = 0;
	(void)ignored;
	pthread_mutex_lock(&shared.lock);
	while (!over) {
		while (shared.writing && shared.size >= BATCH_BYTES)
			pthread_cond_wait(&shared.written, &shared.lock);
		append(packet);
		sent++;
		/* Like a batch of 64 of a single sender's, one of all senders' is worth a call. */
		if (!shared.writing && shared.size >= BATCH * (size_t)(HEADER + payload)) {
			shared.writing = 1;
			write_appended();
			shared.writing = 0;
		}
		pthread_mutex_unlock(&shared.lock);
		pthread_mutex_lock(&shared.lock);
	}
	if (!shared.writing) {
		shared.writing = 1;
		write_appended();
		shared.writing = 0;
	}
	shared.sent += sent;
	pthread_mutex_unlock(&shared.lock);
	free(packet);
	return NULL;
}

static void *stream_single(void *ignored)
{
	char *packet = packet_of('S', payload);
	long sent = 0;
	(void)ignored;
	while (!over) {
		pthread_mutex_lock(&shared.lock);
		write_packet(shared.c->fd, packet, payload);
		pthread_mutex_unlock(&shared.lock);
		sent++;
	}
	pthread_mutex_lock(&shared.lock);
	shared.sent += sent;
	pthread_mutex_unlock(&shared.lock);
	free(packet);
	return NULL;
}

static void stream(int senders, long millis)
{
	pthread_t *threads = calloc(senders, sizeof *threads);
	uint32_t size;
	uint64_t arrived = 0;
	shared.c = connect_one();
	shared.sent = 0;
	over = 0;
	int64_t begin = now();
	for (int i = 0; i < senders; i++)
		start(batched ? stream_shared : stream_single, NULL, &threads[i]);
	sleep_for(millis);
	for (int i = 0; i < senders; i++)
		pthread_join(threads[i], NULL);
	write_packet(shared.c->fd, "C", 1);
	char *count = receive(shared.c, &size);
	int64_t nanos = now() - begin;
	for (int i = 0; count != NULL && i < 8; i++)
		arrived = arrived << 8 | (unsigned char)count[1 + i];
	drop(shared.c);
	free(threads);
	if (arrived != (uint64_t)shared.sent)
		printf("failed %ld packets were sent, %ld arrived\n", shared.sent, (long)arrived);
	else
		printf("done %ld %ld\n", shared.sent, (long)nanos);
}

static void client(void)
{
	static struct conn *idle[65536];
	char line[256];
	int open = 0, width, wanted;
	long millis;
	printf("ready\n");
	fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL) {
		int64_t begin = now();
		if (sscanf(line, "exchange %d %u %d %ld", &width, &payload, &in_flight, &millis) == 4)
			exchange(width, millis);
		else if (sscanf(line, "stream %d %u %ld", &width, &payload, &millis) == 3)
			stream(width, millis);
		else if (sscanf(line, "open %d", &wanted) == 1) {
			while (open < wanted) {
				uint32_t size;
				struct conn *c = idle[open++] = connect_one();
				write_packet(c->fd, "E", 1);
				if (receive(c, &size) == NULL)
					fail("an echo is missing");
			}
			printf("done %d %ld\n", open, (long)(now() - begin));
		}
		else if (strncmp(line, "close", 5) == 0) {
			int closed = open;
			while (open > 0)
				drop(idle[--open]);
			printf("done %d %ld\n", closed, (long)(now() - begin));
		}
		else
			printf("failed there is no such command\n");
		fflush(stdout);
	}
	exit(0);
}

int main(int count, char **arguments)
{
	struct rlimit files;
	if (count < 3)
		return 2;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	batched = strcmp(arguments[2], "batched") == 0;
	spinning = strcmp(arguments[2], "spinning") == 0;
	use_epoll = strcmp(arguments[2], "epoll") == 0;
	if (strcmp(arguments[1], "server") == 0)
		server();
	port = count > 3 ? atoi(arguments[3]) : 0;
	client();
	return 0;
}
