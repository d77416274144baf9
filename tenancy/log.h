/*
 * tenancy/log.h -- one logfmt line per piece of work, to standard error: t= trace= who= verb= ms=
 * sql= err=
 *
 * Never a secret, never a person's data: callers give names of verbs, ids, codes and figures only.
 * A value is cut at LOG_VALUE_MAX bytes, and whatever could end the line or the value is escaped,
 * so that hostile input never makes a second line or a second key. A line is one write(2).
 */
#ifndef TENANCY_LOG_H
#define TENANCY_LOG_H

#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"

#define LOG_LINE_MAX 1500
#define LOG_VALUE_MAX 160

struct line {
	char text[LOG_LINE_MAX];
	size_t n;
};

void line_open(struct line *l);
void line_str(struct line *l, const char *key, struct str value); /* key: a literal */
void line_i64(struct line *l, const char *key, int64_t v);
/* line_ms -- microseconds as milliseconds with one digit behind the point */
void line_ms(struct line *l, const char *key, int64_t us);
/* line_fault -- err= field=; for our own mistakes and an absent database also at=file:line and why=
 * (literal) */
void line_fault(struct line *l, const struct fault *f);
void line_write(struct line *l);

/* log_note -- what= alone, for the life of a process: "started", "stopping" */
void log_note(const char *who, const char *what, int64_t number);

int64_t mono_us(void); /* the clock that never jumps, for durations */

#endif
