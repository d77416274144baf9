/*
 * fcgi/acts/exports.c -- the home of lists that are taken away: rows become lines, each text goes through csv_cell.
 */
#include "fcgi/acts/exports.h"

#include "domain/base/csv.h"
#include "domain/base/money.h"
#include "domain/pools/volume.h"

static void put_figure(struct sheet *s, struct str digits);
static bool gallons(const struct work *w);

enum err
act_export(struct work *w, const struct sheet_list *l, const struct export_query *q, struct export_part *out)
{
	struct sheet s;
	size_t n;

	sheet_open(&s, w, l->english, l->spanish);
	s.last = q->before.is ? q->before.v : 0;
	do {
		struct arena_mark mark = arena_mark(w->arena);

		TRY(l->page(&s, &n));
		arena_rewind(w->arena, mark);
	} while (n == SHEET_PAGE && s.room);
	sheet_close(&s, !s.room, out);
	return OK;
}

/* The mark tells Excel that it is UTF-8. All its room from the start: pages are given back while it grows. */
void
sheet_open(struct sheet *s, struct work *w, const char *english, const char *spanish)
{
	const char *units = w->actor.language == SPANISH ? (gallons(w) ? "galones" : "litros") : gallons(w) ? "gallons" : "liters";
	struct str head = str_of(w->actor.language == SPANISH ? spanish : english), rest;

	*s = (struct sheet){.w = w, .out = buf_open(w->arena, EXPORT_BYTES, EXPORT_BYTES), .room = true};
	buf_add(&s->out, STR("\xef\xbb\xbf"));
	buf_add(&s->out, str_cut(head, '@', &rest));
	if (str_find(head, '@') < head.n)
		buf_printf(&s->out, "%s%.*s", units, STR_ARG(rest));
	buf_add(&s->out, STR("\r\n"));
}

void
put(struct sheet *s, struct str text)
{
	s->cell[s->cells++] = text;
}

/* A number of ours is no formula, whatever its sign. */
static void
put_figure(struct sheet *s, struct str digits)
{
	s->numbers |= UINT64_C(1) << s->cells;
	put(s, digits);
}

void
put_word(struct sheet *s, const char *const *words, uint64_t i)
{
	for (uint64_t at = 0; words[at] != NULL; at++)
		if (at == i) {
			put(s, str_eq(str_of(words[at]), STR("unknown")) ? STR("") : str_of(words[at]));
			return;
		}
	put(s, STR(""));
}

void
put_degrees(struct sheet *s, struct maybe_i64 e6)
{
	uint64_t size = e6.v < 0 ? (uint64_t)-e6.v : (uint64_t)e6.v;

	put_figure(s, !e6.is ? STR("") : str_printf(s->w->arena, "%s%llu.%06llu", e6.v < 0 ? "-" : "",
	    (unsigned long long)(size / 1000000), (unsigned long long)(size % 1000000)));
}

void
put_number(struct sheet *s, int64_t n)
{
	put_figure(s, str_printf(s->w->arena, "%lld", (long long)n));
}

void
put_hundredths(struct sheet *s, int64_t x100)
{
	uint64_t size = x100 < 0 ? (uint64_t)-x100 : (uint64_t)x100;

	put_figure(s, str_printf(s->w->arena, "%s%llu.%02llu", x100 < 0 ? "-" : "", (unsigned long long)(size / 100),
	    (unsigned long long)(size % 100)));
}

/* A spreadsheet adds up numbers, not "$1,234.50". */
void
put_cents(struct sheet *s, int64_t cents)
{
	if (currency_decimals(str_of(s->w->tenant->currency)) == 0)
		put_number(s, cents);
	else
		put_hundredths(s, cents);
}

/* In what the company thinks in. */
void
put_litres(struct sheet *s, struct maybe_u32 volume_l)
{
	put(s, !volume_l.is ? STR("")
	    : str_printf(s->w->arena, "%u", gallons(s->w) ? volume_us_gallons(volume_l.v) : volume_l.v));
}

void
put_minute(struct sheet *s, struct maybe_u32 minute)
{
	put(s, !minute.is ? STR("") : str_printf(s->w->arena, "%02u:%02u", minute.v / 60, minute.v % 60));
}

void
put_day(struct sheet *s, struct maybe_day day)
{
	char letters[DAY_LETTERS + 1];

	if (day.is)
		day_write(day.v, letters);
	put(s, day.is ? str_copy(s->w->arena, str_of(letters)) : STR(""));
}

bool
row_end(struct sheet *s, uint64_t id)
{
	size_t whole = s->out.n;

	csv_row(&s->out, s->cell, s->cells, s->numbers);
	s->cells = 0;
	s->numbers = 0;
	if (s->out.full) {
		s->out.n = whole;
		s->room = false;
		return false;
	}
	s->last = id;
	s->room = ++s->rows < EXPORT_ROWS;
	return s->room;
}

void
sheet_close(struct sheet *s, bool more, struct export_part *out)
{
	*out = (struct export_part){buf_str(&s->out), {more, s->last}};
}

static bool
gallons(const struct work *w)
{
	return strcmp(w->tenant->currency, "USD") == 0;
}
