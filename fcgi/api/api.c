#include "fcgi/api/api.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "fcgi/acts/support.h"
#include "fcgi/api/records.h"
#include "fcgi/http/exchange.h"
#include "fcgi/http/metrics.h"
#include "tenancy/log.h"

/* The guest list: a new file of endpoints adds its table here. */
extern const struct endpoint private_house[];
extern const struct endpoint site_documents[];
extern const struct endpoint site_arrivals[];
extern const struct endpoint auth_signups[];
extern const struct endpoint auth_sessions[];
extern const struct endpoint auth_credentials[];
extern const struct endpoint auth_second_factor[];
extern const struct endpoint auth_portal[];
extern const struct endpoint auth_platform[];
extern const struct endpoint site_platform[];
extern const struct endpoint office_support[];
extern const struct endpoint office_archives[];
extern const struct endpoint portal_documents[];
extern const struct endpoint office_me[];
extern const struct endpoint office_company[];
extern const struct endpoint office_staff[];
extern const struct endpoint office_roles[];
extern const struct endpoint office_sessions[];
extern const struct endpoint office_audit[];
extern const struct endpoint office_customers[];
extern const struct endpoint office_search[];
extern const struct endpoint office_properties[];
extern const struct endpoint office_pools[];
extern const struct endpoint office_contacts[];
extern const struct endpoint office_notes[];
extern const struct endpoint office_files[];
extern const struct endpoint office_views[];
extern const struct endpoint office_edits[];
extern const struct endpoint office_merges[];
extern const struct endpoint office_fields[];
extern const struct endpoint office_history[];
extern const struct endpoint office_services[];
extern const struct endpoint office_agreements[];
extern const struct endpoint office_visits[];
extern const struct endpoint office_alerts[];
extern const struct endpoint office_parts[];
extern const struct endpoint office_replans[];
extern const struct endpoint office_board[];
extern const struct endpoint office_live[];
extern const struct endpoint tech_live[];
extern const struct endpoint office_work[];
extern const struct endpoint office_times[];
extern const struct endpoint office_readings[];
extern const struct endpoint office_doses[];
extern const struct endpoint office_items[];
extern const struct endpoint office_shifts[];
extern const struct endpoint office_bills[];
extern const struct endpoint office_payments[];
extern const struct endpoint office_billing[];
extern const struct endpoint office_processor[];
extern const struct endpoint office_papers[];
extern const struct endpoint office_subscriptions[];
extern const struct endpoint office_runs[];
extern const struct endpoint office_imports[];
extern const struct endpoint office_routes[];
extern const struct endpoint office_sender[];
extern const struct endpoint office_domain[];
extern const struct endpoint portal_pages[];
extern const struct endpoint office_exports[];
extern const struct endpoint tech_calendar[];
extern const struct endpoint tech_me[];
extern const struct endpoint tech_sync[];
extern const struct endpoint tech_photos[];
extern const struct endpoint tech_water[];
extern const struct endpoint portal_me[];
extern const struct endpoint portal_home[];
extern const struct endpoint portal_visits[];
extern const struct endpoint portal_pay[];
extern const struct endpoint portal_contacts[], portal_unsubscribes[];
extern const struct endpoint portal_bill_links[];
extern const struct endpoint portal_ask[];
extern const struct endpoint portal_media[];
extern const struct endpoint portal_messages[];
extern const struct endpoint portal_bookings[];
extern const struct endpoint office_bookings[];
extern const struct endpoint hook_processor[];
extern const struct endpoint hook_mail[], hook_postmark[];
extern const struct endpoint hook_sms[], hook_unsubscribes[];
extern const struct endpoint hook_voice[], hook_calls[];
extern const struct endpoint office_messages[];
extern const struct endpoint office_drafts[];
extern const struct endpoint office_occasions[];
extern const struct endpoint office_broadcasts[];
extern const struct endpoint office_ratings[];
extern const struct endpoint portal_proofs[];
extern const struct endpoint portal_reports[];
extern const struct endpoint portal_papers[];
extern const struct endpoint office_proofs[];
extern const struct endpoint office_quotes[];
extern const struct endpoint office_wants[];
extern const struct endpoint office_prices[];
extern const struct endpoint portal_quotes[];

const struct table api_tables[] = {
	{PRIVATE, "house", private_house},
	{SITE, "documents", site_documents},
	{SITE, "arrivals", site_arrivals},
	{AUTH, "signups", auth_signups},
	{AUTH, "sessions", auth_sessions},
	{AUTH, "credentials", auth_credentials},
	{AUTH, "second_factor", auth_second_factor},
	{AUTH, "portal", auth_portal},
	{AUTH, "platform", auth_platform},
	{SITE, "platform", site_platform},
	{OFFICE, "support", office_support},
	{OFFICE, "archives", office_archives},
	{PORTAL, "documents", portal_documents},
	{OFFICE, "me", office_me},
	{OFFICE, "company", office_company},
	{OFFICE, "staff", office_staff},
	{OFFICE, "roles", office_roles},
	{OFFICE, "sessions", office_sessions},
	{OFFICE, "audit", office_audit},
	{OFFICE, "customers", office_customers},
	{OFFICE, "search", office_search},
	{OFFICE, "properties", office_properties},
	{OFFICE, "pools", office_pools},
	{OFFICE, "contacts", office_contacts},
	{OFFICE, "notes", office_notes},
	{OFFICE, "files", office_files},
	{OFFICE, "views", office_views},
	{OFFICE, "edits", office_edits},
	{OFFICE, "merges", office_merges},
	{OFFICE, "fields", office_fields},
	{OFFICE, "history", office_history},
	{OFFICE, "services", office_services},
	{OFFICE, "agreements", office_agreements},
	{OFFICE, "visits", office_visits},
	{OFFICE, "board", office_board},
	{OFFICE, "alerts", office_alerts},
	{OFFICE, "parts", office_parts},
	{OFFICE, "replans", office_replans},
	{OFFICE, "live", office_live},
	{OFFICE, "work", office_work},
	{OFFICE, "times", office_times},
	{OFFICE, "readings", office_readings},
	{OFFICE, "doses", office_doses},
	{OFFICE, "items", office_items},
	{OFFICE, "shifts", office_shifts},
	{OFFICE, "bills", office_bills},
	{OFFICE, "payments", office_payments},
	{OFFICE, "billing", office_billing},
	{OFFICE, "processor", office_processor},
	{OFFICE, "papers", office_papers},
	{OFFICE, "subscriptions", office_subscriptions},
	{OFFICE, "runs", office_runs},
	{OFFICE, "imports", office_imports},
	{OFFICE, "messages", office_messages},
	{OFFICE, "drafts", office_drafts},
	{OFFICE, "occasions", office_occasions},
	{OFFICE, "broadcasts", office_broadcasts},
	{OFFICE, "ratings", office_ratings},
	{OFFICE, "routes", office_routes},
	{OFFICE, "sender", office_sender},
	{OFFICE, "domain", office_domain},
	{OFFICE, "exports", office_exports},
	{OFFICE, "proofs", office_proofs},
	{OFFICE, "quotes", office_quotes},
	{OFFICE, "bookings", office_bookings},
	{OFFICE, "wants", office_wants},
	{OFFICE, "prices", office_prices},
	{TECH, "me", tech_me},
	{TECH, "sync", tech_sync},
	{TECH, "photos", tech_photos},
	{TECH, "live", tech_live},
	{TECH, "water", tech_water},
	{TECH, "calendar", tech_calendar},
	{PORTAL, "pages", portal_pages},
	{PORTAL, "me", portal_me},
	{PORTAL, "home", portal_home},
	{PORTAL, "visits", portal_visits},
	{PORTAL, "pay", portal_pay},
	{PORTAL, "contacts", portal_contacts},
	{PORTAL, "unsubscribes", portal_unsubscribes},
	{PORTAL, "bill_links", portal_bill_links},
	{PORTAL, "ask", portal_ask},
	{PORTAL, "media", portal_media},
	{PORTAL, "messages", portal_messages},
	{PORTAL, "bookings", portal_bookings},
	{HOOK, "processor", hook_processor},
	{HOOK, "mail", hook_mail},
	{HOOK, "postmark", hook_postmark},
	{HOOK, "sms", hook_sms},
	{HOOK, "unsubscribes", hook_unsubscribes},
	{HOOK, "voice", hook_voice},
	{HOOK, "calls", hook_calls},
	{PORTAL, "proofs", portal_proofs},
	{PORTAL, "reports", portal_reports},
	{PORTAL, "papers", portal_papers},
	{PORTAL, "quotes", portal_quotes},
	{0},
};

#define ARENA_FIRST   (256 * 1024) /* kept between works; what is larger is given back */
#define ARENA_CEILING (64 * 1024 * 1024)
#define RSS_CEILING_KB (192 * 1024) /* one Argon2id takes 64 MiB and gives it back */
#define IDLE_MS 500 /* nobody for so long: whoever waits tidies up */
#define REQUEST_SECONDS 60          /* longer than any honest request: the worker is stuck */

static void spent(size_t wanted, size_t ceiling);
static unsigned surfaces_of(enum api_process p);
static int watch(int listen_fd);
static bool wait_for_visitor(struct house *h, int epoll_fd, const sigset_t *awake);
static void answer_visitor(struct server *s, FCGX_Request *visitor);
static const char *fcgi_env(const char *name, void *ctx);
static size_t fcgi_body(void *ctx, char *to, size_t n);
static const char *cgi_env(const char *name, void *ctx);
static size_t cgi_body(void *ctx, char *to, size_t n);
static bool write_all(int fd, struct str s);
static bool is_tired(const struct server *s);
static void note_stop(int signal_number);

static volatile sig_atomic_t told_to_stop;

/* A worker is a candle: over its ceiling it ends, its transaction rolls back, another is lit. */
static void
spent(size_t wanted, size_t ceiling)
{
	log_note("worker", ceiling == 0 ? "out of memory" : "over the ceiling of a request",
	    (int64_t)wanted);
	_exit(70);
}

static unsigned
surfaces_of(enum api_process p)
{
	unsigned all = (1U << SURFACES) - 2;

	switch (p) {
	case API_AUTH:
		return 1U << AUTH;
	case API_WEB:
		return all & ~(1U << AUTH);
	default:
		return all;
	}
}

/*
 * Signals reach a worker only while it waits in epoll_pwait, never between accept and answer: the
 * library's own way (a handler and EINTR) closes a connection that it has accepted and not yet
 * read.
 */
int
api_serve(struct house *h, enum api_process p, int listen_fd)
{
	struct sigaction on_stop = {.sa_handler = note_stop};
	struct server s;
	FCGX_Request visitor;
	sigset_t block, awake;
	int epoll_fd = watch(listen_fd);

	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, NULL);
	sigaction(SIGTERM, &on_stop, NULL);
	sigprocmask(SIG_BLOCK, NULL, &awake);
	sigdelset(&awake, SIGTERM);
	if (epoll_fd < 0 || FCGX_Init() != 0 || FCGX_InitRequest(&visitor, listen_fd, 0) != 0)
		return 1;
	/* Companies come in turn. Who proves a password has one company at a time, and slowly. */
	if (p == API_WEB)
		h->coats = h->config->coats;
	server_open(&s, h, arena_open(ARENA_FIRST, ARENA_CEILING, spent));
	s.looked = act_support_looked;
	s.tables = api_tables;
	s.surfaces = surfaces_of(p);
	while (!told_to_stop && !is_tired(&s)) {
		if (!wait_for_visitor(s.house, epoll_fd, &awake))
			continue;
		alarm(REQUEST_SECONDS);
		if (FCGX_Accept_r(&visitor) == 0)
			answer_visitor(&s, &visitor);
		alarm(0);
	}
	arena_close(s.arena);
	close(epoll_fd);
	return 0;
}

static void
note_stop(int signal_number)
{
	(void)signal_number;
	told_to_stop = 1;
}

/* One visitor wakes one worker. The socket does not block: another worker may have been quicker. */
static int
watch(int listen_fd)
{
	struct epoll_event ev = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	int flags = fcntl(listen_fd, F_GETFL), fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd < 0 || flags < 0 || fcntl(listen_fd, F_SETFL, flags | O_NONBLOCK) < 0 ||
	    epoll_ctl(fd, EPOLL_CTL_ADD, listen_fd, &ev) != 0)
		return -1;
	return fd;
}

static bool
wait_for_visitor(struct house *h, int epoll_fd, const sigset_t *awake)
{
	struct epoll_event ev;
	int n = epoll_pwait(epoll_fd, &ev, 1, IDLE_MS, awake);

	/* A day of many stops leaves megabytes of the heap in pieces below one that is kept (a statement, a company). */
	if (n == 0 && !told_to_stop) {
		lease_rest(h);
		malloc_trim(0);
		n = epoll_pwait(epoll_fd, &ev, 1, -1, awake);
	}
	return n == 1 && !told_to_stop;
}

static void
answer_visitor(struct server *s, FCGX_Request *visitor)
{
	const struct source from = {fcgi_env, fcgi_body, visitor};
	struct answer out;
	char more;

	exchange(s, &from, &out);
	/* A visitor who has gone is no failure: his work is done and committed. */
	if (!records_send(visitor->ipcFd, (unsigned)visitor->requestId, out.head, out.body))
		log_note("worker", "the visitor left", out.status);
	/*
	 * Who has said all that they had to say is answered, and we hang up. Others would lose the answer that way: with FCGX_Free alone
	 * the library listens until they hang up.
	 */
	if (FCGX_GetStr(&more, 1, visitor->in) == 0)
		FCGX_Detach(visitor);
	FCGX_Free(visitor, 1);
	/* A large answer is given back now; whoever waits for the next visitor holds nothing of the last. */
	arena_reset(s->arena);
}

static const char *
fcgi_env(const char *name, void *ctx)
{
	FCGX_Request *visitor = ctx;

	return FCGX_GetParam(name, visitor->envp);
}

static size_t
fcgi_body(void *ctx, char *to, size_t n)
{
	FCGX_Request *visitor = ctx;
	int got = FCGX_GetStr(to, (int)n, visitor->in);

	return got < 0 ? 0 : (size_t)got;
}

static bool
is_tired(const struct server *s)
{
	long pages = 0, total;
	FILE *f;

	if (s->works >= s->house->config->worker_works)
		return true;
	if (s->works % 256 != 255)
		return false;
	f = fopen("/proc/self/statm", "re");
	if (f == NULL)
		return false;
	if (fscanf(f, "%ld %ld", &total, &pages) != 2)
		pages = 0;
	fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024) > RSS_CEILING_KB;
}

int
api_cgi(struct house *h)
{
	const struct source from = {cgi_env, cgi_body, NULL};
	struct answer out;
	struct server s;

	server_open(&s, h, arena_open(ARENA_FIRST, ARENA_CEILING, spent));
	s.tables = api_tables;
	s.surfaces = surfaces_of(API_CGI);
	exchange(&s, &from, &out);
	return write_all(STDOUT_FILENO, out.head) && write_all(STDOUT_FILENO, out.body) ? 0 : 1;
}

static const char *
cgi_env(const char *name, void *ctx)
{
	(void)ctx;
	return getenv(name);
}

static size_t
cgi_body(void *ctx, char *to, size_t n)
{
	size_t got = 0;

	(void)ctx;
	while (got < n) {
		ssize_t r = read(STDIN_FILENO, to + got, n - got);

		if (r <= 0)
			break;
		got += (size_t)r;
	}
	return got;
}

static bool
write_all(int fd, struct str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}
