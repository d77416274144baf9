#include "fcgi/http/exchange.h"

#include <stdalign.h>
#include <time.h>

#include "domain/base/id.h"
#include "fcgi/http/idempotency.h"
#include "fcgi/http/metrics.h"
#include "sql/tenant/queries/audit.h"
#include "tenancy/log.h"

/* One request under way. */
struct exchange {
	struct server *server;
	struct request request;
	struct reply reply;
	struct call call;
	const struct endpoint *endpoint;
	unsigned allowed; /* methods that this path knows, when ours was not among them */
	struct desk desk;
	struct work work;
	const struct tenant *tenant; /* NULL at the desk */
	enum language language;
	struct fault fault;
	int64_t started_us;
	uint64_t statements;
};

static void begin(struct exchange *x, struct server *s);
static void make_trace(struct exchange *x, struct str street);
static enum err understand(struct exchange *x, const struct source *from);
static enum err route(struct exchange *x);
static enum err read_body(struct exchange *x, const struct source *from);
static enum err serve(struct exchange *x);
static enum err serve_desk(struct exchange *x);
static enum err serve_company(struct exchange *x);
static enum err check_host(struct exchange *x);
static enum err check_paid(struct exchange *x);
static enum err attempt_company(struct exchange *x, bool overtaken);
static enum err queue_up(struct work *w);
static enum err in_company(struct exchange *x);
static enum err check_caller(struct exchange *x);
static enum err check_support(struct exchange *x);
static enum err look_down(struct exchange *x);
static enum err read_input(struct exchange *x, struct fault *f);
static enum err keep_fault(struct exchange *x, enum err e, const struct fault *f);
static bool last(const struct exchange *x, unsigned attempt);
static void again(struct exchange *x, struct arena_mark m, unsigned attempt);
static void step_aside(unsigned attempt);
static void finish(struct exchange *x, enum err e, struct answer *out);
static void add_allow(struct exchange *x);
static void write_log(const struct exchange *x);

void
server_open(struct server *s, struct house *house, struct arena *arena)
{
	struct str rest, url = str_of(house->config->base_url);

	memset(s, 0, sizeof(*s));
	s->house = house;
	s->arena = arena;
	s->geo = geo_open(house->config, house->proc);
	url = str_starts(url, STR("https://")) ? str_sub(url, 8, url.n) : str_sub(url, 7, url.n);
	s->site_host = str_cut(str_cut(url, '/', &rest), ':', &rest);
}

void
exchange(struct server *s, const struct source *from, struct answer *out)
{
	struct exchange *x;
	enum err e;

	arena_reset(s->arena);
	x = arena_new(s->arena, struct exchange);
	begin(x, s);
	e = understand(x, from);
	if (e == OK)
		e = serve(x);
	finish(x, e, out);
	s->works++;
}

static void
begin(struct exchange *x, struct server *s)
{
	x->server = s;
	x->started_us = mono_us();
	x->reply.arena = s->arena;
	x->call.request = &x->request;
	x->call.reply = &x->reply;
	x->desk.arena = s->arena;
	x->desk.house = s->house;
	now_read(&x->desk.now, &x->desk.now_ms);
}

/* The street's own number where it has one, so that both logs can be laid side by side. */
static void
make_trace(struct exchange *x, struct str street)
{
	struct str id = str_sub(street, 0, TRACE_LETTERS);
	char letters[ID_LETTERS + 1];
	size_t i;

	for (i = 0; i < id.n; i++)
		if ((id.p[i] < '0' || id.p[i] > '9') && (id.p[i] < 'a' || id.p[i] > 'f'))
			break;
	if (id.n == TRACE_LETTERS && i == id.n) {
		memcpy(x->desk.trace, id.p, TRACE_LETTERS);
		return;
	}
	for (i = 0; i < TRACE_LETTERS; i += ID_LETTERS) {
		id_write(id_make(x->desk.now_ms, random_u32()), letters);
		memcpy(x->desk.trace + i, letters, ID_LETTERS);
	}
}

static enum err
understand(struct exchange *x, const struct source *from)
{
	struct server *s = x->server;

	/* Read first: a request that cannot be understood is traced and answered in its language too. */
	make_trace(x, str_of(from->env("REQUEST_ID", from->ctx)));
	x->language = language_of(str_of(from->env("HTTP_ACCEPT_LANGUAGE", from->ctx)));
	TRY(request_parse(from->env, from->ctx, s->arena, &x->request, &x->fault));
	TRY(route(x));
	TRY(read_body(x, from));
	x->desk.language = x->language;
	from_fill(s->geo, &x->request, &x->desk.from);
	if (x->request.method != GET && x->request.method != HEAD && x->request.surface != HOOK)
		TRY(session_check_origin(&x->request, s->house->config, &x->fault));
	return OK;
}

static enum err
route(struct exchange *x)
{
	struct server *s = x->server;

	if ((s->surfaces & 1U << x->request.surface) == 0)
		return fail(&x->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (router_find(s->tables, &x->request, &x->endpoint, &x->call, &x->allowed) != OK)
		return fail(&x->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	return OK;
}

static enum err
read_body(struct exchange *x, const struct source *from)
{
	const struct endpoint *e = x->endpoint;
	size_t n = x->request.content_length, most = e->upload ? UPLOAD_MAX : BODY_DEFAULT;
	size_t max = e->body_max == 0 ? most : e->body_max;
	struct str rest, type = str_trim(str_cut(x->request.content_type, ';', &rest));
	char *to;

	if (e->body == NULL && !e->upload && (n == 0 || e->body_max == 0))
		return OK;
	if (n > max)
		return fail(&x->fault, E_INVALID, "content_length", "The request is too large.");
	if (e->body != NULL && !str_eq_nocase(type, STR("application/json")))
		return fail(&x->fault, E_INVALID, "content_type", "The request must be JSON.");
	if (e->upload && !str_eq_nocase(type, STR("multipart/form-data")))
		return fail(&x->fault, E_INVALID, "content_type", "The form is not valid.");
	to = arena_alloc(x->server->arena, n + 1, 1);
	if (from->read_body(from->ctx, to, n) != n)
		return fail(&x->fault, E_INVALID, "content_length",
		    "The length of the request is not valid.");
	x->request.body = (struct str){to, n};
	return OK;
}

static enum err
serve(struct exchange *x)
{
	return x->endpoint->run_desk != NULL ? serve_desk(x) : serve_company(x);
}

/*
 * At the desk there is no company. The private listener must answer while the database is away, so
 * its endpoints ask for the control schema themselves.
 */
static enum err
serve_desk(struct exchange *x)
{
	struct house *h = x->server->house;
	struct arena_mark mark = arena_mark(x->server->arena);
	struct desk *d = &x->desk;
	unsigned attempt;
	enum err e;

	if (x->request.surface != PRIVATE && !str_eq(x->request.host, x->server->site_host))
		return fail(&x->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	for (attempt = 1;; attempt++) {
		uint64_t before;

		d->fault = (struct fault){0};
		if (x->request.surface != PRIVATE) {
			e = house_control(h, &d->control, &d->fault);
			if (e != OK)
				return keep_fault(x, e, &d->fault);
		}
		before = d->control == NULL ? 0 : cdb_statements(d->control);
		e = read_input(x, &d->fault);
		if (e == OK)
			e = x->endpoint->run_desk(d, &x->call);
		if (h->control != NULL && h->control == d->control)
			x->statements += cdb_statements(d->control) - before;
		if (e == OK)
			return OK;
		keep_fault(x, e, &d->fault);
		if (e != E_RETRY || last(x, attempt))
			return e;
		again(x, mark, attempt);
	}
}

static enum err
serve_company(struct exchange *x)
{
	struct arena_mark mark;
	unsigned attempt;
	enum err e;

	TRY(house_tenant(x->server->house, x->request.host, x->desk.now, &x->tenant, &x->fault));
	TRY(check_host(x));
	TRY(check_paid(x));
	mark = arena_mark(x->server->arena);
	for (attempt = 1;; attempt++) {
		e = attempt_company(x, attempt > 1);
		if (e != E_RETRY || last(x, attempt))
			return e;
		again(x, mark, attempt);
	}
}

/*
 * check_host -- at a company's own domain are its customers' doors, and no other: no cookie of the office is ever made or read
 * there, whatever the street says
 */
static enum err
check_host(struct exchange *x)
{
	const struct request *r = &x->request;

	if (r->surface == PORTAL || domain_below(r->host, x->server->site_host))
		return OK;
	if (r->surface == AUTH && (str_starts(r->path, STR("/portal-")) || str_eq(r->path, STR("/company"))))
		return OK;
	return fail(&x->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}

/*
 * check_paid -- the one place where a missing subscription is felt: first nothing is written any more, then nothing read
 *
 * Coming in, the account's own words, paying (the house, and customers the company) and what is taken away as a file stay
 * open. Customers are not told what their company owes.
 */
static enum err
check_paid(struct exchange *x)
{
	const struct endpoint *e = x->endpoint;
	const enum surface surface = x->request.surface;
	const enum subscription_standing is = subscription_stands(&x->tenant->pays, x->desk.now, NULL);
	const bool read = e->method == GET;

	if (is < STANDS_READ_ONLY || surface == AUTH || e->unpaid || (surface == OFFICE && e->file != NULL))
		return OK;
	if (is == STANDS_READ_ONLY && read)
		return OK;
	if (surface == PORTAL || e->anyone)
		return fail(&x->fault, E_FORBIDDEN, "company", "The company cannot take this at the moment. Please call.");
	if (is == STANDS_READ_ONLY)
		return fail(&x->fault, E_FORBIDDEN, "subscription",
		    "The subscription is not paid: nothing can be changed until it is. Everything can be read and taken away.");
	return fail(&x->fault, E_FORBIDDEN, "subscription",
	    "The subscription is not paid: your company is closed until it is. Its data can be taken away.");
}

static enum err
attempt_company(struct exchange *x, bool overtaken)
{
	const struct endpoint *ep = x->endpoint;
	enum db_mode mode = ep->method != GET ? DB_WRITE : ep->loose ? DB_LOOSE : DB_READ_ONLY;
	struct work *w = &x->work;
	uint64_t before;
	enum err e;

	x->desk.fault = (struct fault){0};
	e = work_open(&x->desk, x->tenant, mode, w);
	if (e != OK)
		return keep_fault(x, e, &w->fault);
	before = tdb_statements(w->db);
	e = overtaken && mode == DB_WRITE ? queue_up(w) : OK;
	if (e == OK)
		e = in_company(x);
	if (w->actor.kind != ACTOR_NOBODY)
		x->language = w->actor.language;
	/* The session marks itself as seen in a transaction of its own; if the database went away
	 * there, the lease is gone already and there is nothing to close. */
	if (e != OK && x->server->house->tdb == NULL)
		return keep_fault(x, e, &w->fault);
	if (x->server->house->tdb == w->db && tdb_statements(w->db) >= before)
		x->statements += tdb_statements(w->db) - before;
	e = work_close(w, e);
	/* A refusal that is committed has its reason in the work: for the log. */
	if (e == OK && x->reply.status >= 400)
		x->fault = w->fault;
	return e == OK ? OK : keep_fault(x, e, &w->fault);
}

/*
 * queue_up -- before anything is read, take what nearly every act of a company takes last: the head of its audit log.
 * Whoever was overtaken once stands in line from then on, reads what the one before has committed, and is not overtaken
 * again; in the usual case, alone, nobody waits for anybody until the last statement.
 */
static enum err
queue_up(struct work *w)
{
	struct audit_head *head;

	return sql_audit_head_for_update(w->db, w->arena, &head);
}

static enum err
in_company(struct exchange *x)
{
	const struct endpoint *ep = x->endpoint;
	struct work *w = &x->work;
	struct idempotency key = {0};
	bool replayed = false;

	if (!ep->anyone)
		TRY(check_caller(x));
	TRY(read_input(x, &w->fault));
	/* A key entered here would be committed by the first step, without an answer: whoever asks again would wait for it for ever. */
	w->steps = ep->steps;
	if (!ep->steps)
		TRY(idempotency_claim(w, &x->request, &x->reply, &key, &replayed));
	if (replayed) {
		metrics_add(METRIC_REPLAYS, 1);
		return OK;
	}
	x->call.columns = ep->columns;
	x->call.work = w;
	TRY(ep->run(w, &x->call));
	if (x->reply.status == 0)
		return fail(&w->fault, E_BUG, NULL, "The endpoint did not answer.");
	return idempotency_keep(w, &x->reply, &key);
}

static enum err
check_caller(struct exchange *x)
{
	const struct endpoint *ep = x->endpoint;
	struct work *w = &x->work;
	bool half = false, staff;

	TRY(session_read(w, &x->request, &half));
	if (w->actor.kind == ACTOR_SUPPORT)
		return check_support(x);
	staff = w->actor.kind == ACTOR_STAFF;
	/* A staff session opens no customer's door, and the other way round. */
	if ((x->request.surface == PORTAL) == staff && x->request.surface != AUTH)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	if (half && !ep->half)
		return fail(&w->fault, E_FORBIDDEN, "second_factor",
		    "Please set up your second factor first.");
	if ((w->actor.may & ep->may) != ep->may)
		return fail(&w->fault, E_FORBIDDEN, NULL, "You may not do this.");
	return OK;
}

/*
 * check_support -- somebody of the platform looks in: they read what lies open in the office, and nothing else. Whatever is
 * no GET has no way past here; a GET runs in a transaction that cannot write. First the look is written down.
 */
static enum err
check_support(struct exchange *x)
{
	const struct endpoint *ep = x->endpoint;
	struct work *w = &x->work;

	w->actor.language = x->language;
	if (x->request.surface == AUTH && ep->method == DELETE && ep->half)
		return OK; /* going out */
	if (x->request.surface != OFFICE)
		return fail(&w->fault, E_SIGNED_OUT, NULL, "Please sign in.");
	if (ep->method != GET || ep->columns != NULL || ep->upload)
		return fail(&w->fault, E_FORBIDDEN, "support", "Support may look, and change nothing.");
	if ((w->actor.may & ep->may) != ep->may)
		return fail(&w->fault, E_FORBIDDEN, NULL, "You may not do this.");
	return look_down(x);
}

/* In a transaction of its own: the one of the look is read-only. */
static enum err
look_down(struct exchange *x)
{
	struct work *w = &x->work;
	enum err e;

	lease_rollback(w->house);
	TRY(lease_open(w->house, w->tenant, DB_WRITE, &w->db, &w->fault));
	e = x->server->looked(w, x->request.path);
	if (e == OK)
		e = lease_commit(w->house);
	if (e != OK) {
		lease_rollback(w->house);
		return e;
	}
	return lease_open(w->house, w->tenant, w->mode, &w->db, &w->fault);
}

static enum err
read_input(struct exchange *x, struct fault *f)
{
	const struct endpoint *ep = x->endpoint;
	struct arena *a = x->server->arena;

	if (ep->query != NULL) {
		void *query = arena_alloc(a, ep->query->size, alignof(max_align_t));

		TRY(query_read(ep->query, &x->request, a, query, f));
		x->call.query = query;
	} else if (x->request.surface != HOOK) {
		/* Who calls a hook adds names of their own to the address that we gave them. */
		TRY(query_none(&x->request, a, f));
	}
	if (ep->body != NULL) {
		void *body = arena_alloc(a, ep->body->size, alignof(max_align_t));

		TRY(shape_read(ep->body, x->request.body, a, body, f));
		x->call.body = body;
	}
	return OK;
}

/* keep_fault -- what the answer will say; a failure that nobody explained keeps its code's own
 * words */
static enum err
keep_fault(struct exchange *x, enum err e, const struct fault *f)
{
	if (f->err == e)
		x->fault = *f;
	else
		x->fault = (struct fault){.err = e};
	return e;
}

/* Enough of it: as often as one may, or so long (waiting for locks) that whoever asks has more of a refusal. */
static bool
last(const struct exchange *x, unsigned attempt)
{
	return attempt >= EXCHANGE_ATTEMPTS || mono_us() - x->started_us > EXCHANGE_PATIENCE_US;
}

/* again -- a lost race: everything made since the mark is gone, the request itself stays */
static void
again(struct exchange *x, struct arena_mark m, unsigned attempt)
{
	metrics_add(METRIC_RETRIES, 1);
	step_aside(attempt);
	arena_rewind(x->server->arena, m);
	x->reply = (struct reply){.arena = x->server->arena};
	x->call.body = NULL;
	x->call.query = NULL;
	x->fault = (struct fault){0};
}

static void
finish(struct exchange *x, enum err e, struct answer *out)
{
	struct reply *r = &x->reply;
	enum method m = x->request.method;

	if (e != OK) {
		if (x->fault.err != e)
			x->fault = (struct fault){.err = e};
		reply_error(r, x->language, &x->fault, x->desk.trace);
		if (x->endpoint == NULL && x->allowed != 0)
			add_allow(x);
	} else if (m == GET || m == HEAD) {
		reply_not_modified(r, x->request.if_none_match);
	}
	out->head = reply_head(r);
	out->body = m == HEAD || r->status == 204 || r->status == 304 ? STR_NONE : r->body;
	out->status = r->status;
	write_log(x);
}

/*
 * step_aside -- the first time at once; then longer each time, and never in step with whoever else lost the same race
 *
 * A job that writes in many small transactions is there again before a reader's snapshot is: who comes back at once loses
 * to each of them in turn.
 */
static void
step_aside(unsigned attempt)
{
	struct timespec t = {0};

	if (attempt < 2)
		return;
	t.tv_nsec = (long)(random_u32() % (1000000U << attempt));
	nanosleep(&t, NULL);
}

static void
add_allow(struct exchange *x)
{
	struct buf b = buf_open(x->server->arena, 64, 64);
	unsigned m;

	for (m = GET; m < METHODS; m++) {
		if ((x->allowed & 1U << m) == 0)
			continue;
		if (b.n > 0)
			buf_add(&b, STR(", "));
		buf_add(&b, str_of(method_name((enum method)m)));
		if (m == GET)
			buf_add(&b, STR(", HEAD"));
	}
	x->reply.status = 405;
	if (reply_header(&x->reply, "Allow", buf_str(&b)) != OK)
		x->reply.status = 404;
}

static void
write_log(const struct exchange *x)
{
	static const char *const kinds[] = {"nobody", "staff", "customer", "system"};
	const struct actor *who = &x->work.actor;
	int64_t us = mono_us() - x->started_us;
	char text[200], id[ID_LETTERS + 1];
	struct line l;

	metrics_request(x->request.surface, x->reply.status, us);
	metrics_add(METRIC_SQL, x->statements);
	if (x->request.surface == PRIVATE && x->reply.status < 400)
		return; /* the machine asking after itself every few seconds */
	line_open(&l);
	line_str(&l, "t",
	    x->tenant == NULL ? STR("-")
			      : str_of(x->work.tenant == NULL ? "-" : x->work.tenant->slug));
	line_str(&l, "trace", str_of(x->desk.trace));
	id_write(who->id, id);
	snprintf(text, sizeof(text), "%s%s%s", kinds[(unsigned)who->kind & 3],
	    who->id == 0 ? "" : ":", who->id == 0 ? "" : id);
	line_str(&l, "who", str_of(text));
	snprintf(text, sizeof(text), "%s %s%s", method_name(x->request.method),
	    surface_name(x->request.surface), x->endpoint == NULL ? " (none)" : x->endpoint->path);
	line_str(&l, "verb", str_of(text));
	line_ms(&l, "ms", us);
	line_i64(&l, "sql", (int64_t)x->statements);
	line_fault(&l, &x->fault);
	line_i64(&l, "status", x->reply.status);
	line_write(&l);
}
