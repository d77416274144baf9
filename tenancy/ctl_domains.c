/*
 * tenancy/ctl_domains.c -- poolctl domains: companies' own domains that are proven, for whoever gets their certificates.
 */
#include <inttypes.h>
#include <unistd.h>

#include "sql/control/queries/domains.h"
#include "tenancy/ctl.h"

typedef void line_fn(const struct domain_line_row *row, const char *folder);

static enum err domains(struct operator* op, struct words w);
static enum err walk(struct operator* op, line_fn *line, const char *folder);
static line_fn line_list, line_name, line_nginx;

const struct command command_domains = {"domains", "[names | nginx FOLDER]",
    "Companies' own domains that are proven: host, company, since when, when its record was last seen (seconds UTC). names: the hosts "
    "alone, for an ACME client. nginx: the servers of those whose certificate lies at FOLDER/<host>/ (fullchain.pem, privkey.pem).",
    NEEDS_CONTROL, domains};

static enum err
domains(struct operator* op, struct words w)
{
	if (w.n == 0)
		return walk(op, line_list, "");
	if (w.n == 1 && strcmp(w.word[0], "names") == 0)
		return walk(op, line_name, "");
	if (w.n == 2 && strcmp(w.word[0], "nginx") == 0)
		return walk(op, line_nginx, w.word[1]);
	return fail(op->fault, E_INVALID, "words", "Which of the verbs?");
}

static enum err
walk(struct operator* op, line_fn *line, const char *folder)
{
	char after[DOMAIN_HOST_MAX + 1] = "";
	size_t n;

	do {
		struct arena_mark mark = arena_mark(op->arena);
		struct domain_line_row *row;

		TRY(sql_domains_after(op->control, str_of(after), op->arena, &row, &n));
		for (size_t i = 0; i < n; i++)
			line(&row[i], folder);
		if (n > 0)
			(void)snprintf(after, sizeof(after), "%.*s", STR_ARG(row[n - 1].host));
		arena_rewind(op->arena, mark);
	} while (n > 0);
	return OK;
}

static void
line_list(const struct domain_line_row *row, const char *folder)
{
	(void)folder;
	printf("%-40.*s %-40.*s %" PRId64 " %" PRId64 "\n", STR_ARG(row->host), STR_ARG(row->slug.is ? row->slug.v : STR("-")),
	    row->proven_at, row->seen_at);
}

static void
line_name(const struct domain_line_row *row, const char *folder)
{
	(void)folder;
	printf("%.*s\n", STR_ARG(row->host));
}

/* Without its certificate nginx would not start for anybody: such a host is left to the default server. */
static void
line_nginx(const struct domain_line_row *row, const char *folder)
{
	static const char *const files[] = {"fullchain.pem", "privkey.pem"};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[1024];
		const int n = snprintf(path, sizeof(path), "%s/%.*s/%s", folder, STR_ARG(row->host), files[i]);

		if (n < 0 || (size_t)n >= sizeof(path) || access(path, R_OK) != 0)
			return;
	}
	printf("server {\n\tserver_name %.*s;\n\tinclude tls-own.inc;\n\tssl_certificate %s/%.*s/fullchain.pem;\n"
	       "\tssl_certificate_key %s/%.*s/privkey.pem;\n\tinclude own.inc;\n}\n",
	    STR_ARG(row->host), folder, STR_ARG(row->host), folder, STR_ARG(row->host));
}
