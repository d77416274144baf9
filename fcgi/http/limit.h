/*
 * fcgi/http/limit.h -- how often: counts per address, network and account in windows, in the control schema.
 *
 * nginx has already refused floods; this counts what costs us something over minutes and hours: sign-ups,
 * mails, guesses. Counts stand outside the work's transaction: a refused request is counted too. What is
 * counted is a keyed hash, never the address or account itself.
 */
#ifndef FCGI_HTTP_LIMIT_H
#define FCGI_HTTP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "tenancy/work.h"

/*
 * One thing that is counted. An address is an IPv4 address or an IPv6 /64; its network a /24 or a /48.
 * From an anonymous network a fifth of it is allowed, at least one.
 */
struct limit {
	const char *what; /* at most 20 letters; the same what shares its counts */
	uint32_t window_s;
	uint32_t per_address, per_network; /* 0 = not counted */
};

/*
 * limit_hit -- count one, and refuse when it is more than allowed
 *
 * Errors  E_LIMIT with retry_after_s = the rest of the window; E_AWAY: without a count nothing costly is done
 */
must_use enum err limit_hit(struct house *h, const struct from *from, int64_t now, const struct limit *l,
    struct fault *f);

/* limit_account -- the same for an account (an address that mail would go to); *over, not an error */
must_use enum err limit_account(struct house *h, const char *what, uint64_t tenant, struct str account,
    int64_t now, uint32_t window_s, uint32_t max, bool *over, struct fault *f);

/*
 * Accounts that do not exist wait after failures like those that do, so that waiting tells nothing.
 *
 * ghost_check -- E_LIMIT with retry_after_s while it waits
 * ghost_fail  -- one more failure in a row
 */
must_use enum err ghost_check(struct house *h, uint64_t tenant, struct str account, int64_t now,
    struct fault *f);
must_use enum err ghost_fail(struct house *h, uint64_t tenant, struct str account, int64_t now,
    struct fault *f);

/* address_subjects -- "203.0.113.9" and "203.0.113.0/24"; "2001:db8::" and "2001:db8::/48"; for tests */
#define SUBJECT_MAX 64
bool address_subjects(const char *ip, char address[SUBJECT_MAX], char network[SUBJECT_MAX]);

#endif
