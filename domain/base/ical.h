/*
 * domain/base/ical.h -- lines of a calendar file (RFC 5545): escaped, folded, ended.
 */
#ifndef DOMAIN_BASE_ICAL_H
#define DOMAIN_BASE_ICAL_H

#include "domain/base/day.h"
#include "domain/base/str.h"

/* A line is folded before it has more bytes than this; a letter of several bytes stays whole. */
#define ICAL_LINE_MAX 75

/* ical_line -- "NAME:value" as it is: numbers, names of the standard */
void ical_line(struct buf *b, const char *name, struct str value);
/* ical_text -- the same with a person's words: backslash, comma, semicolon and new lines are escaped, other controls dropped */
void ical_text(struct buf *b, const char *name, struct str text);
/* ical_day -- "NAME;VALUE=DATE:20261104" */
void ical_day(struct buf *b, const char *name, struct day d);
/* ical_instant -- "NAME:20261104T160000Z"; at_s in seconds UTC */
void ical_instant(struct buf *b, const char *name, int64_t at_s);

#endif
