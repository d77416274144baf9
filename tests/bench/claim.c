/*
 * tests/bench/claim.c -- how long does a sign-up hold the server, without the password's hash? A
 *spare is claimed, the company founded with its owner, audit line, links and letter, and put live:
 *what fcgi/acts/signup.c does, over and over in one process.
 *
 *	claim N    (POOL_* as for poold; takes N spares)   prints p50 and p99 in milliseconds
 */
#include "domain/staff/staff.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "sql/tenant/queries/credentials.h"
#include "tenancy/claim.h"

#define CLAIMS_MAX 1000

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static enum err
found_inside(struct work *w, const struct claim *c, const struct claim_wish *wish, struct str hash)
{
	uint64_t owner = work_id(w);
	struct str sealed, url, ticket;

	TRY(claim_enter(w, c));
	TRY(sql_company_insert(w->db, wish->name, wish->country, wish->zone, wish->currency,
	    wish->language, 0, w->now));
	TRY(work_seal(w, KEY_AUTH, "staff", "password", owner, hash, &sealed));
	TRY(sql_credential_insert_owner(w->db, owner, STR("Olga Owner"), STR("olga@bench.example"),
	    wish->language, ROLE_OWNER, STAFF_ACTIVE, sealed, w->now));
	w->actor = (struct actor){.kind = ACTOR_STAFF, .id = owner};
	TRY(audit(w, "company.founded", "company", 0, wish->name));
	TRY(link_issue(w, LINK_CONFIRM_EMAIL, owner, 3600, "confirm", &url, NULL));
	struct template_value v[] = {{STR("name"), STR("Olga Owner")}, {STR("company"), wish->name},
	    {STR("url"), url}, {STR("hours"), STR("48")}};
	TRY(tell_mail(w, MAIL_CONFIRM_EMAIL, STR("olga@bench.example"), ENGLISH, v, 4));
	return link_issue(w, LINK_TICKET, owner, 900, "welcome", &url, &ticket);
}

static enum err
sign_up(struct desk *d, unsigned n)
{
	uint8_t key[HASH_BYTES], body[HASH_BYTES];
	const struct tenant *t;
	struct claim c;
	struct work w;
	enum err e;

	random_bytes(key, sizeof key);
	random_bytes(body, sizeof body);
	struct claim_wish wish = {.slug = str_printf(d->arena, "bench-%u-%u", random_u32(), n),
	    .name = STR("Bench Pools"),
	    .country = STR("US"),
	    .zone = STR("America/Phoenix"),
	    .currency = STR("USD"),
	    .language = STR("en")};
	/* As long as a real one. */
	struct str hash = STR("$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"
			      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	TRY(claim_take(d, &wish, (struct str){(char *)key, sizeof key},
	    (struct str){(char *)body, sizeof body}, &c));
	TRY(tenant_of_id(d->house->tenants, d->control, c.tenant, d->now, &t, &d->fault));
	TRY(work_open(d, t, DB_WRITE, &w));
	e = work_close(&w, found_inside(&w, &c, &wish, hash));
	if (e != OK) {
		d->fault = w.fault;
		return e;
	}
	return claim_finish(d, c.tenant);
}

int
main(int argc, char **argv)
{
	struct arena *proc = arena_open(1u << 20, 1u << 26, NULL),
		     *a = arena_open(1u << 20, 1u << 26, NULL);
	static double took[CLAIMS_MAX];
	struct fault f = {0};
	struct config config;
	struct house *house;
	uint64_t n = 0;

	if (argc != 2 || !str_u64(str_of(argv[1]), &n) || n == 0 || n > CLAIMS_MAX)
		return 2;
	if (config_load(NULL, proc, &config, &f) != OK ||
	    house_open(&config, proc, &house, &f) != OK) {
		fprintf(stderr, "%s\n", words_fault(a, ENGLISH, &f).p);
		return 1;
	}
	for (unsigned i = 0; i < n; i++) {
		struct desk d = {.arena = a, .house = house};
		double began;

		arena_reset(a);
		now_read(&d.now, &d.now_ms);
		began = now_ms();
		if (house_control(house, &d.control, &d.fault) != OK || sign_up(&d, i) != OK) {
			fprintf(stderr, "%s (%s:%d)\n", words_fault(a, ENGLISH, &d.fault).p,
			    d.fault.file, d.fault.line);
			return 1;
		}
		took[i] = now_ms() - began;
	}
	qsort(took, (size_t)n, sizeof *took, by_size);
	printf("%.2f %.2f\n", took[n / 2], took[n * 99 / 100]);
	return 0;
}
