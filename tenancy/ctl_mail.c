/*
 * tenancy/ctl_mail.c -- poolctl mail: the pipe that a mail server of this machine delivers into (ops/mail-in.md).
 *
 * Status, as mail servers read it (sysexits): 0 kept, 75 come again later, 65 or 67 never.
 */
#include <unistd.h>

#include "domain/base/words.h"
#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"
#include "tenancy/ctl.h"
#include "tenancy/readers.h"
#include "tenancy/spool.h"
#include "tenancy/work.h"

static enum err mail(struct operator* op, struct words w);
static struct str taken_in(struct arena *a);
static int ends(struct arena *a, enum err e, const struct fault *f);

const struct command command_mail = {"mail", "TO [FROM] < MAIL",
    "Take in one mail for a company, as the mail server of this machine hands it over: by its envelope, whole, from standard input.",
    NEEDS_CONFIG, mail};

static enum err
mail(struct operator* op, struct words w)
{
	struct readers readers;
	struct spooled m = {.from = STR("")};
	enum err e;

	TRY(words_done(op, &w, 2));
	if (w.n == 0)
		return fail(op->fault, E_INVALID, "words", "Whom is it for?");
	m.to = str_of(w.word[0]);
	if (w.n == 2 && mail_address_valid(str_of(w.word[1])))
		m.from = str_of(w.word[1]);
	/* What is wrong with the house is no fault of the mail's: its server keeps it, and comes again. */
	if (readers_open(op->config, &readers, op->fault) != OK)
		exit(ends(op->proc, E_AWAY, op->fault));
	e = readers_know(&readers, m.to, op->fault);
	if (e != OK)
		exit(ends(op->proc, e, op->fault));
	m.raw = taken_in(op->proc);
	e = spool_put(op->proc, op->config, &m, op->fault);
	if (e == OK)
		work_wake(op->config, 0);
	if (e != OK)
		exit(ends(op->proc, e, op->fault));
	return OK;
}

static int
ends(struct arena *a, enum err e, const struct fault *f)
{
	const struct str why = words_fault(a, ENGLISH, f);

	fprintf(stderr, "poolctl mail: %.*s\n", STR_ARG(why));
	return e == E_NOT_FOUND ? 67 : e == E_INVALID ? 65 : 75; /* EX_NOUSER, EX_DATAERR, EX_TEMPFAIL */
}

static struct str
taken_in(struct arena *a)
{
	char *p = arena_array(a, char, LETTER_RAW_MAX + 1);
	size_t n = 0;

	while (n <= LETTER_RAW_MAX) {
		const ssize_t more = read(STDIN_FILENO, p + n, LETTER_RAW_MAX + 1 - n);

		if (more <= 0)
			break;
		n += (size_t)more;
	}
	return (struct str){p, n};
}
