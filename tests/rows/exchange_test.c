/*
 * tests/rows/exchange_test.c -- one request through the house, with a real company behind it: what
 * is committed, what is undone, what a repeat is told.
 */
#include "fcgi/http/exchange.h"

#include "fcgi/http/idempotency.h"
#include "sql/tenant/queries/roles.h"
#include "tests/rows/world.h"

/* ---- endpoints of a house that wants roles ---- */

struct wish {
	struct str name;
};
static const struct field wish_fields[] = {FIELD_TEXT(struct wish, name, 1, 60), FIELD_END};
static const struct shape wish_shape = {"Wish", sizeof(struct wish), wish_fields};

static unsigned runs, races;
static struct server *second; /* asks while the first is being answered */
static struct str second_said;

static enum err
insert(struct work *w, const struct call *c)
{
	const struct wish *in = c->body;

	runs++;
	return sql_role_insert(w->db, work_id(w), in->name, 1);
}

static enum err
wish(struct work *w, const struct call *c)
{
	TRY(insert(w, c));
	TRY(reply_cookie(c->reply, "poolhouse", STR("secret-token"), 60, true));
	return reply_created(c, &wish_shape, c->body);
}

/* Loses its first races, each after it has written. */
static enum err
race(struct work *w, const struct call *c)
{
	TRY(insert(w, c));
	if (races > 0) {
		races--;
		return E_RETRY;
	}
	return reply_nothing(c);
}

/* Deeds, each of its own transaction; the last one loses its race. */
static enum err
deeds(struct work *w, const struct call *c)
{
	TRY(work_step(w, OK));
	return race(w, c);
}

static enum err
regret(struct work *w, const struct call *c)
{
	TRY(insert(w, c));
	TRY(reply_cookie(c->reply, "poolhouse", STR("x"), 60, true));
	return fail(&w->fault, E_INVALID, "name", "This is required.");
}

/* Counts what it refuses, as sign-in does with a wrong password. */
static enum err
refuse(struct work *w, const struct call *c)
{
	TRY(insert(w, c));
	if (fail(&w->fault, E_SIGNED_OUT, "password", "This is required.") != OK)
		reply_error(c->reply, ENGLISH, &w->fault, w->trace);
	return OK;
}

static enum err
mute(struct work *w, const struct call *c)
{
	return insert(w, c);
}

static enum err
sneak(struct work *w, const struct call *c)
{
	TRY(sql_role_insert(w->db, work_id(w), STR("sneaked"), 1));
	return reply_nothing(c);
}

static const struct wish constant = {{"always the same", 15}};

static enum err
look(struct work *w, const struct call *c)
{
	(void)w;
	return reply_shape(c, &wish_shape, &constant);
}

static enum err slow(struct work *w, const struct call *c);

static enum err
hello(struct desk *d, const struct call *c)
{
	return d->control == NULL ? E_BUG : reply_file(c, "text/plain", NULL, STR("hello"));
}

#define ENTRY .anyone = true, .help = "x.", .story = "x.test.mjs"
static const struct endpoint wishes[] = {
	{.method = POST, .path = "/wishes", .body = &wish_shape, .out = &wish_shape, .run = wish, ENTRY},
	{.method = POST, .path = "/races", .body = &wish_shape, .run = race, ENTRY},
	{.method = POST, .path = "/deeds", .body = &wish_shape, .run = deeds, .steps = true, ENTRY},
	{.method = POST, .path = "/halves", .body = &wish_shape, .run = deeds, ENTRY},
	{.method = POST, .path = "/regrets", .body = &wish_shape, .run = regret, ENTRY},
	{.method = POST, .path = "/refusals", .body = &wish_shape, .run = refuse, ENTRY},
	{.method = POST, .path = "/mutes", .body = &wish_shape, .run = mute, ENTRY},
	{.method = POST, .path = "/slows", .body = &wish_shape, .run = slow, ENTRY},
	{.method = GET, .path = "/sneaks", .run = sneak, ENTRY},
	{.method = GET, .path = "/looks", .out = &wish_shape, .run = look, ENTRY},
	{.method = GET, .path = "/mine", .signed_in = true, .run = look, .help = "x.", .story = "x.test.mjs"},
	{0},
};
static const struct endpoint desks[] = {
	{.method = GET, .path = "/hello", .file = "text/plain", .run_desk = hello, ENTRY},
	{0},
};
static const struct endpoint seen[] = {
	{.method = GET, .path = "/looks", .out = &wish_shape, .run = look, ENTRY},
	{0},
};
static const struct endpoint entries[] = {
	{.method = GET, .path = "/portal-looks", .out = &wish_shape, .run = look, ENTRY},
	{.method = GET, .path = "/sessions", .out = &wish_shape, .run = look, ENTRY},
	{0},
};
static const struct table tables[] = {
	{OFFICE, "wishes", wishes}, {TECH, "seen", seen}, {PORTAL, "seen", seen}, {AUTH, "entries", entries}, {SITE, "desks", desks}, {0}};

/* ---- asking ---- */

struct asked {
	const char *method, *surface, *uri, *host, *key, *match;
	struct str body;
	size_t given;
};

static const char *
env(const char *name, void *ctx)
{
	const struct asked *q = ctx;
	static char length[24], origin[200];

	if (strcmp(name, "REQUEST_METHOD") == 0)
		return q->method;
	if (strcmp(name, "SURFACE") == 0)
		return q->surface;
	if (strcmp(name, "DOCUMENT_URI") == 0)
		return q->uri;
	if (strcmp(name, "HTTP_HOST") == 0)
		return q->host;
	if (strcmp(name, "HTTP_IDEMPOTENCY_KEY") == 0)
		return q->key;
	if (strcmp(name, "HTTP_IF_NONE_MATCH") == 0)
		return q->match;
	if (strcmp(name, "HTTP_X_POOLHOUSE") == 0)
		return "1";
	if (strcmp(name, "CONTENT_TYPE") == 0)
		return "application/json; charset=utf-8";
	if (strcmp(name, "REMOTE_ADDR") == 0)
		return "127.0.0.1";
	if (strcmp(name, "HTTP_ORIGIN") == 0) {
		snprintf(origin, sizeof(origin), "http://%s:8080", q->host);
		return origin;
	}
	if (strcmp(name, "CONTENT_LENGTH") == 0) {
		snprintf(length, sizeof(length), "%zu", q->body.n);
		return length;
	}
	return NULL;
}

static size_t
body(void *ctx, char *to, size_t n)
{
	struct asked *q = ctx;

	if (n > q->body.n - q->given)
		n = q->body.n - q->given;
	memcpy(to, q->body.p + q->given, n);
	q->given += n;
	return n;
}

static struct server *
open_server(struct world *t, struct house *h)
{
	struct server *s = arena_new(t->a, struct server);
	struct arena *a = arena_open(1 << 20, 64 << 20, NULL);

	server_open(s, h, a);
	s->tables = tables;
	s->surfaces = 1U << OFFICE | 1U << SITE | 1U << PORTAL | 1U << AUTH;
	return s;
}

static struct answer
ask(struct server *s, struct asked q)
{
	const struct source from = {env, body, &q};
	struct answer out;

	exchange(s, &from, &out);
	return out;
}

static struct answer
post(struct world *t, struct server *s, const char *uri, const char *key, const char *name)
{
	return ask(s, (struct asked){.method = "POST", .surface = "office", .uri = uri,
			  .host = str_printf(t->a, "%s.localhost", t->mine.slug).p, .key = key,
			  .body = str_printf(t->a, "{\"name\":\"%s\"}", name)});
}

static struct answer
get(struct world *t, struct server *s, const char *uri, const char *match)
{
	return ask(s, (struct asked){.method = "GET", .surface = "office", .uri = uri, .match = match,
			  .host = str_printf(t->a, "%s.localhost", t->mine.slug).p});
}

static bool
says(struct answer a, const char *what)
{
	return (a.head.p != NULL && strstr(a.head.p, what) != NULL) ||
	    (a.body.p != NULL && memmem(a.body.p, a.body.n, what, strlen(what)) != NULL);
}

static enum err
slow(struct work *w, const struct call *c)
{
	struct server *s = second;
	struct answer a;

	TRY(insert(w, c));
	if (s != NULL) {
		struct asked again = {.method = "POST", .surface = "office", .uri = "/api/office/slows",
		    .host = str_printf(w->arena, "%s.localhost", w->tenant->slug).p, .key = "the-same-key",
		    .body = c->request->body};

		second = NULL;
		a = ask(s, again);
		second_said = str_printf(w->arena, "%d %.*s", a.status, STR_ARG(a.body));
	}
	return reply_nothing(c);
}

/* ---- the tests ---- */

static void
a_wish_is_committed_and_answered(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);
	struct answer a = post(t, s, "/api/office/wishes", NULL, "Alpha");

	assert_int_equal(a.status, 201);
	assert_true(says(a, "Set-Cookie: __Host-poolhouse=secret-token"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role WHERE name = 'Alpha'"), 1);
	assert_int_equal(post(t, s, "/api/office/wishes", NULL, "").status, 422);
	arena_close(s->arena);
}

static void
a_lost_race_runs_again_and_leaves_one_trace(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	runs = 0;
	races = 2;
	assert_int_equal(post(t, s, "/api/office/races", NULL, "Beta").status, 204);
	assert_int_equal(runs, 3);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
	races = EXCHANGE_ATTEMPTS;
	assert_int_equal(post(t, s, "/api/office/races", NULL, "Gamma").status, 503);
	assert_int_equal(runs, 3 + EXCHANGE_ATTEMPTS);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
	arena_close(s->arena);
}

static void
a_failure_undoes_its_rows_and_its_cookies(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);
	struct answer a = post(t, s, "/api/office/regrets", "key-of-eight", "Delta");

	assert_int_equal(a.status, 422);
	assert_false(says(a, "Set-Cookie"));
	assert_int_equal(post(t, s, "/api/office/mutes", NULL, "Delta").status, 500);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM idempotency"), 0);
	arena_close(s->arena);
}

static void
a_refusal_that_counts_is_committed_and_not_kept(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	assert_int_equal(post(t, s, "/api/office/refusals", "a-key-of-mine", "Mu").status, 401);
	assert_int_equal(post(t, s, "/api/office/refusals", "a-key-of-mine", "Nu").status, 401);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM idempotency"), 0);
	arena_close(s->arena);
}

static void
a_get_cannot_write(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	assert_int_equal(get(t, s, "/api/office/sneaks", NULL).status, 500);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 0);
	/* And the worker is none the worse for it. */
	assert_int_equal(get(t, s, "/api/office/looks", NULL).status, 200);
	arena_close(s->arena);
}

static void
what_is_known_already_is_not_sent_again(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);
	struct answer a = get(t, s, "/api/office/looks", NULL);
	const char *tag = strstr(a.head.p, "ETag: ");
	struct str match;

	assert_int_equal(a.status, 200);
	assert_non_null(tag);
	match = str_printf(t->a, "%.*s", (int)strcspn(tag + 6, "\r"), tag + 6);
	a = get(t, s, "/api/office/looks", match.p);
	assert_int_equal(a.status, 304);
	assert_int_equal(a.body.n, 0);
	a = ask(s, (struct asked){.method = "HEAD", .surface = "office", .uri = "/api/office/looks",
		       .host = str_printf(t->a, "%s.localhost", t->mine.slug).p});
	assert_int_equal(a.status, 200);
	assert_int_equal(a.body.n, 0);
	arena_close(s->arena);
}

/* With a key entered, the second run would be told that the first is still under way. */
static void
a_list_of_deeds_that_loses_a_race_runs_again(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	races = 2;
	assert_int_equal(post(t, s, "/api/office/deeds", "a-key-of-mine", "Delta").status, 204);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
	/* Who asks again after none of its runs came through is not told to wait for ever. */
	races = EXCHANGE_ATTEMPTS;
	assert_int_equal(post(t, s, "/api/office/deeds", "another-key", "Iota").status, 503);
	assert_int_equal(post(t, s, "/api/office/deeds", "another-key", "Eta").status, 204);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM idempotency"), 0);
	/* What does not say that it goes in steps goes in none. */
	races = 0;
	assert_int_equal(post(t, s, "/api/office/halves", "a-third-key", "Zeta").status, 500);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 2);
	arena_close(s->arena);
}

static void
a_repeat_gets_the_first_answer_whole(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house), *other = open_server(t, world_house(t));
	struct answer a;

	runs = 0;
	assert_int_equal(post(t, s, "/api/office/wishes", "a-key-of-mine", "Epsilon").status, 201);
	a = post(t, other, "/api/office/wishes", "a-key-of-mine", "Epsilon");
	assert_int_equal(a.status, 201);
	assert_int_equal(runs, 1);
	assert_true(says(a, "{\"name\":\"Epsilon\"}"));
	assert_true(says(a, "Set-Cookie: __Host-poolhouse=secret-token"));
	assert_true(says(a, "Content-Type: application/json"));
	assert_true(says(a, "Idempotency-Replayed: true"));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
	/* What is stored can be read by nobody who reads the table. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM idempotency WHERE answer LIKE '%%secret-token%%' OR "
					 "answer LIKE '%%Epsilon%%'"), 0);
	arena_close(s->arena);
	arena_close(other->arena);
}

static void
a_key_belongs_to_one_body_and_one_path(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);
	struct answer a;

	assert_int_equal(post(t, s, "/api/office/wishes", "a-key-of-mine", "Zeta").status, 201);
	a = post(t, s, "/api/office/wishes", "a-key-of-mine", "Eta");
	assert_int_equal(a.status, 409);
	assert_true(says(a, "\"field\":\"idempotency_key\""));
	assert_int_equal(post(t, s, "/api/office/races", "a-key-of-mine", "Eta").status, 204);
	assert_int_equal(post(t, s, "/api/office/wishes", "short", "Theta").status, 422);
	assert_int_equal(post(t, s, "/api/office/wishes", "with a blank", "Theta").status, 422);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 2);
	arena_close(s->arena);
}

static void
the_same_key_means_nothing_next_door(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);
	struct answer a;

	t->both = true;
	runs = 0;
	assert_int_equal(post(t, s, "/api/office/wishes", "a-key-of-mine", "Iota").status, 201);
	a = ask(s, (struct asked){.method = "POST", .surface = "office", .uri = "/api/office/wishes",
		       .host = str_printf(t->a, "%s.localhost", t->other.slug).p, .key = "a-key-of-mine",
		       .body = STR("{\"name\":\"Kappa\"}")});
	assert_int_equal(a.status, 201);
	assert_true(says(a, "Kappa"));
	assert_false(says(a, "Iota"));
	assert_int_equal(runs, 2);
	arena_close(s->arena);
}

static void
a_repeat_during_the_first_is_told_to_wait(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house), *other = open_server(t, world_house(t));
	struct answer a;

	runs = 0;
	second = other;
	a = post(t, s, "/api/office/slows", "the-same-key", "Lambda");
	assert_int_equal(a.status, 204);
	assert_true(str_starts(second_said, STR("409 ")));
	assert_int_equal(runs, 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
	assert_int_equal(post(t, other, "/api/office/slows", "the-same-key", "Lambda").status, 204);
	assert_int_equal(runs, 1);
	arena_close(s->arena);
	arena_close(other->arena);
}

static void
doors_stay_shut_for_the_wrong_host_and_for_nobody(void **state)
{
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	assert_int_equal(ask(s, (struct asked){.method = "GET", .surface = "office", .uri = "/api/office/looks",
				    .host = "no-such-company.localhost"}).status, 404);
	assert_int_equal(ask(s, (struct asked){.method = "GET", .surface = "site", .uri = "/api/site/hello",
				    .host = "localhost"}).status, 200);
	assert_int_equal(ask(s, (struct asked){.method = "GET", .surface = "site", .uri = "/api/site/hello",
				    .host = str_printf(t->a, "%s.localhost", t->mine.slug).p}).status, 404);
	assert_int_equal(get(t, s, "/api/office/mine", NULL).status, 401);
	assert_int_equal(ask(s, (struct asked){.method = "GET", .surface = "tech", .uri = "/api/tech/looks",
				    .host = "localhost"}).status, 404);
	assert_int_equal(ask(s, (struct asked){.method = "DELETE", .surface = "office", .uri = "/api/office/looks",
				    .host = str_printf(t->a, "%s.localhost", t->mine.slug).p}).status, 405);
	arena_close(s->arena);
}

/* Whatever the street lets through: at a company's own domain there is no office, no technician and no way in for them. */
static void
at_its_own_domain_a_company_has_its_customers_doors_alone(void **state)
{
	static const struct {
		const char *surface, *uri;
		int own, ours; /* status there, and at the house's address */
	} doors[] = {{"portal", "/api/portal/looks", 200, 200}, {"auth", "/api/auth/portal-looks", 200, 200}, {"auth", "/api/auth/sessions", 404, 200},
	    {"office", "/api/office/looks", 404, 200}, {"tech", "/api/tech/looks", 404, 200}, {"site", "/api/site/hello", 404, 404}};
	struct world *t = *state;
	struct server *s = open_server(t, t->house);

	s->surfaces |= 1U << TECH;
	world_control(t, "INSERT INTO host (host, tenant_id) VALUES ('portal.acme.example', %llu)", (unsigned long long)t->mine.id);
	assert_int_equal(ask(s, (struct asked){.method = "GET", .surface = "portal", .uri = "/api/portal/looks", .host = "portal.acme.example"}).status, 404);
	world_control(t, "UPDATE host SET verified_at = 1");
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
		const char *const hosts[] = {"portal.acme.example", str_printf(t->a, "%s.localhost", t->mine.slug).p};

		for (size_t k = 0; k < 2; k++) {
			const int is = ask(s, (struct asked){.method = "GET", .surface = doors[i].surface, .uri = doors[i].uri, .host = hosts[k]}).status;

			if (is != (k == 0 ? doors[i].own : doors[i].ours))
				fail_msg("%s at %s: %d", doors[i].uri, hosts[k], is);
		}
	}
	world_control(t, "DELETE FROM host");
	arena_close(s->arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_wish_is_committed_and_answered),
		world_test(a_lost_race_runs_again_and_leaves_one_trace),
		world_test(a_list_of_deeds_that_loses_a_race_runs_again),
		world_test(a_failure_undoes_its_rows_and_its_cookies),
		world_test(a_refusal_that_counts_is_committed_and_not_kept),
		world_test(a_get_cannot_write),
		world_test(what_is_known_already_is_not_sent_again),
		world_test(a_repeat_gets_the_first_answer_whole),
		world_test(a_key_belongs_to_one_body_and_one_path),
		world_test(the_same_key_means_nothing_next_door),
		world_test(a_repeat_during_the_first_is_told_to_wait),
		world_test(doors_stay_shut_for_the_wrong_host_and_for_nobody),
		world_test(at_its_own_domain_a_company_has_its_customers_doors_alone),
	};

	return world_run("tests/rows/exchange", tests);
}
