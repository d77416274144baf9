/*
 * domain/base/err.c -- filling a fault, and the names of errors.
 *
 * The values of a message are kept as text beside the sentence, so that the sentence can still be
 * translated when it is finally said.
 */
#include "domain/base/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

static const char *next_arg(const char *at, va_list *ap, char out[FAULT_ARG_MAX]);
static void keep(char out[FAULT_ARG_MAX], const char *p, size_t n);

enum err
fault_set(struct fault *f, enum err e, const char *field, const char *file, int line, const char *why, ...)
{
	assert(e != OK);
	if (f == NULL || f->err != OK)
		return e; /* the first to know has already said why */
	f->err = e;
	f->field = field;
	f->why = why;
	f->file = file;
	f->line = line;
	f->args = 0;
	if (why == NULL)
		return e;

	va_list ap;
	va_start(ap, why);
	for (const char *p = strchr(why, '%'); p != NULL && f->args < FAULT_ARGS; p = strchr(p, '%')) {
		if (p[1] == '%') {
			p += 2;
			continue;
		}
		p = next_arg(p, &ap, f->arg[f->args]);
		f->args++;
	}
	va_end(ap);
	return e;
}

const char *
err_name(enum err e)
{
	static const char *const names[ERR_COUNT] = {
		[OK] = "ok",
		[E_INVALID] = "invalid",
		[E_SIGNED_OUT] = "signed_out",
		[E_FORBIDDEN] = "forbidden",
		[E_NOT_FOUND] = "not_found",
		[E_STALE] = "stale",
		[E_LIMIT] = "limit",
		[E_RETRY] = "retry",
		[E_AWAY] = "away",
		[E_BUG] = "bug",
	};

	if ((unsigned)e >= ERR_COUNT)
		return names[E_BUG];
	return names[e];
}

/* Renders the conversion at `at` and returns what follows it. Any other conversion is a mistake of ours. */
static const char *
next_arg(const char *at, va_list *ap, char out[FAULT_ARG_MAX])
{
	char number[24];

	if (strncmp(at, "%s", 2) == 0) {
		const char *s = va_arg(*ap, const char *);

		if (s == NULL)
			s = "";
		keep(out, s, strnlen(s, FAULT_ARG_MAX));
		return at + 2;
	}
	if (strncmp(at, "%.*s", 4) == 0) {
		int n = va_arg(*ap, int);
		const char *s = va_arg(*ap, const char *);

		keep(out, s, n > 0 ? strnlen(s, (size_t)n) : 0);
		return at + 4;
	}
	if (strncmp(at, "%d", 2) == 0) {
		snprintf(number, sizeof(number), "%d", va_arg(*ap, int));
		at += 2;
	} else if (strncmp(at, "%u", 2) == 0) {
		snprintf(number, sizeof(number), "%u", va_arg(*ap, unsigned));
		at += 2;
	} else if (strncmp(at, "%lld", 4) == 0) {
		snprintf(number, sizeof(number), "%lld", va_arg(*ap, long long));
		at += 4;
	} else if (strncmp(at, "%llu", 4) == 0) {
		snprintf(number, sizeof(number), "%llu", va_arg(*ap, unsigned long long));
		at += 4;
	} else {
		assert(!"a conversion that fail() does not know");
	}
	keep(out, number, strlen(number));
	return at;
}

/* Cuts at the ceiling, never inside a UTF-8 character: the message must stay valid text. */
static void
keep(char out[FAULT_ARG_MAX], const char *p, size_t n)
{
	if (n > FAULT_ARG_MAX - 1) {
		n = FAULT_ARG_MAX - 1;
		while (n > 0 && ((unsigned char)p[n] & 0xc0) == 0x80)
			n--;
	}
	if (n > 0)
		memcpy(out, p, n);
	out[n] = '\0';
}
