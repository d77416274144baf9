/*
 * tenancy/ctl.h -- a command of poolctl, and what commands share. Each command is an entry that
 * describes itself; ctl.c holds the list, `poolctl help` prints it.
 *
 * How to add one: a struct command in tenancy/ctl_<noun>.c, its name in ctl.c's list.
 */
#ifndef TENANCY_CTL_H
#define TENANCY_CTL_H

#include <stdbool.h>

#include "sql/control/rows.h"
#include "tenancy/operator.h"

/* The words after the command's name. */
struct words {
	int n;
	char **word;
};

enum command_needs {
	NEEDS_CONFIG = 0, /* op->config alone */
	NEEDS_SERVER,     /* both connections; the control schema may not be there yet */
	NEEDS_CONTROL
};

struct command {
	const char *name;
	const char *usage; /* what follows the name */
	const char *help;  /* one sentence */
	enum command_needs needs;
	enum err (*run)(struct operator *op, struct words w);
};

extern const struct command command_init, command_migrate, command_spares, command_tenants,
    command_import, command_keys, command_jobs, command_health, command_config, command_wall, command_verify, command_numbers, command_domains,
    command_subscriptions, command_platform, command_mail, command_lmtp, command_ledger;

/* words_flag -- take "--name" out of the words; words_value takes "--name VALUE", NULL if absent */
bool words_flag(struct words *w, const char *name);
const char *words_value(struct words *w, const char *name);

/* words_done -- E_INVALID if more than `most` words are left, or one that begins with '-' */
must_use enum err words_done(struct operator *op, const struct words *w, int most);

/* words_number -- a whole number 0..max out of an option's text */
must_use enum err words_number(struct operator *op, const char *text, uint64_t max, uint64_t *out);

/* ctl_tenant -- by slug, "#12" or schema name; E_NOT_FOUND */
must_use enum err ctl_tenant(struct operator *op, const char *word, struct tenant_row *out);

/* ctl_walk -- every company that is not gone, in the order of ids; the arena is rewound after each */
must_use enum err ctl_walk(struct operator *op,
    enum err (*each)(struct operator *op, const struct tenant_row *row, void *ctx), void *ctx);

#endif
