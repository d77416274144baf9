/*
 * lives.c -- agreements that are edited while time passes, and the visits that domain/visits then wants.
 *
 * Reads one life after the other on stdin, a command a line; lives.mjs writes them and computes the same with
 * another library, another language and another clock. What acts do with rows is done here with a list.
 *
 *	life ZONE NOW STARTS RULE ANCHOR	a new agreement, seen at NOW (seconds)
 *	now NOW				a night comes: what is missing up to the horizon is made
 *	term FROM ANCHOR RULE		other terms from a day on
 *	hold FROM UNTIL|-		nobody comes
 *	free FROM			that hold is taken back
 *	end LAST			the last day promised
 *	once OCCURS DAY			one visit moves, only this time
 *	good OCCURS DAY			one visit moves, from then on
 *	done OCCURS			it was done
 *					(of no such visit: refused, as what a rule refuses is)
 *	say MINUTE			a line: all visits as OCCURS>DAY@INSTANT of that minute; and the commands refused
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/arena.h"
#include "domain/visits/due.h"

#define VISITS_ROOM 4000
#define ZONES_ROOM  64
#define LINE_ROOM   1024

struct visit {
	struct day occurs, day;
	bool by_hand, open;
};

static struct arena *life, *house;
static struct zone *zone, *known[ZONES_ROOM];
static struct agreement g;
static struct term term[TERMS_MAX + 1];
static size_t terms;
static struct visit visit[VISITS_ROOM];
static size_t visits;
static struct day today;
static unsigned asked;
static char refused[LINE_ROOM];

static void
must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "lives: %s\n", what);
	exit(1);
}

static struct day
day_at(const char *text)
{
	struct day d;

	must(day_read(str_of(text), &d), text);
	return d;
}

static struct zone *
zone_of(const char *name)
{
	static char bytes[ZONE_FILE_MAX];
	char path[LINE_ROOM];
	size_t i = 0, n;
	FILE *in;

	for (; known[i] != NULL; i++)
		if (str_eq(zone_name(known[i]), str_of(name)))
			return known[i];
	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	in = fopen(path, "re");
	must(in != NULL && i < ZONES_ROOM - 1, path);
	n = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	must(zone_parse(str_of(name), (struct str){bytes, n}, house, &known[i], NULL) == OK, path);
	return known[i];
}

static void
make(struct day from, struct day to)
{
	static struct due due[RULE_WINDOW_DAYS];
	const struct due_past past = {0};
	size_t n;

	must(due_days(&g, term, terms, &past, from, to, due, &n, NULL) == OK, "due");
	for (size_t i = 0; i < n; i++) {
		bool there = false;

		for (size_t k = 0; k < visits; k++)
			there |= visit[k].occurs.n == due[i].day.n;
		must(visits < VISITS_ROOM, "too many visits");
		if (!there)
			visit[visits++] = (struct visit){due[i].day, due[i].day, false, true};
	}
}

/* What nobody touched is made anew from that day on. */
static void
again(struct day from)
{
	size_t left = 0;

	from = from.n > today.n ? from : today;
	for (size_t i = 0; i < visits; i++)
		if (visit[i].occurs.n < from.n || visit[i].by_hand || !visit[i].open)
			visit[left++] = visit[i];
	visits = left;
	make(from, day_add(today, HORIZON_DAYS + HORIZON_AHEAD_DAYS));
}

static void
put(const struct term *fresh)
{
	const struct term t = term_with(term, terms, fresh);
	size_t at = 0;

	while (at < terms && term[at].from_day.n < t.from_day.n)
		at++;
	if (at == terms || term[at].from_day.n != t.from_day.n) {
		memmove(&term[at + 1], &term[at], (terms - at) * sizeof(*term));
		terms++;
	}
	term[at] = t;
}

static enum err
free_from(struct day from)
{
	for (size_t i = 0; i < terms; i++) {
		if (term[i].from_day.n != from.n || (term[i].kind == TERM_WORKS && !term[i].held))
			continue;
		if (!term_without(&term[i], TERM_HOLD, &term[i])) {
			memmove(&term[i], &term[i + 1], (terms - i - 1) * sizeof(*term));
			terms--;
		}
		return OK;
	}
	return E_NOT_FOUND;
}

static struct visit *
visit_of(struct day occurs)
{
	for (size_t i = 0; i < visits; i++)
		if (visit[i].occurs.n == occurs.n)
			return &visit[i];
	return NULL;
}

static enum err
good(struct day occurs, struct day day)
{
	struct visit *v = visit_of(occurs);
	struct term t;

	if (v == NULL)
		return E_NOT_FOUND;
	TRY(term_moved(&g, term, terms, occurs, day, life, &t, NULL));
	TRY(agreement_may_change(&g, terms, t.from_day, today, NULL));
	for (size_t i = 0; i < visits; i++)
		if (visit[i].occurs.n == day.n && day.n != occurs.n)
			return E_INVALID;
	*v = (struct visit){day, day, true, true};
	for (size_t i = terms; i-- > 0;)
		if (term_gives_way(&term[i], &t, occurs) && !term_without(&term[i], TERM_WORKS, &term[i])) {
			memmove(&term[i], &term[i + 1], (terms - i - 1) * sizeof(*term));
			terms--;
		}
	put(&t);
	again(t.from_day);
	v = visit_of(day);
	must(v != NULL, "the moved visit is gone");
	v->by_hand = false;
	return OK;
}

static enum err
edit(char *word[], size_t n)
{
	const char *verb = word[0];
	struct day from = n > 1 && strcmp(verb, "now") != 0 ? day_at(word[1]) : today;

	if (strcmp(verb, "now") == 0) {
		struct day until = day_add(today, HORIZON_DAYS + HORIZON_AHEAD_DAYS + 1);

		today = zone_day(zone, strtoll(word[1], NULL, 10));
		make(until.n > today.n ? until : today, day_add(today, HORIZON_DAYS + HORIZON_AHEAD_DAYS));
		return OK;
	}
	if (strcmp(verb, "done") == 0 || strcmp(verb, "once") == 0) {
		struct visit *v = visit_of(from);

		if (v == NULL)
			return E_NOT_FOUND;
		v->by_hand = v->by_hand || verb[0] == 'o';
		v->open = v->open && verb[0] == 'o';
		v->day = verb[0] == 'o' ? day_at(word[2]) : v->day;
		return OK;
	}
	if (strcmp(verb, "good") == 0)
		return good(from, day_at(word[2]));
	if (strcmp(verb, "end") == 0) {
		TRY(agreement_may_end(&g, from, today, NULL));
		g.ends_day = (struct maybe_day){true, from};
		again(day_add(from, 1));
		return OK;
	}
	TRY(agreement_may_change(&g, terms, from, today, NULL));
	if (strcmp(verb, "term") == 0) {
		struct term t = {.from_day = from, .kind = TERM_WORKS, .anchor_day = day_at(word[2]),
		    .rule = str_copy(life, str_of(word[3]))};

		TRY(rule_check(t.rule, NULL));
		put(&t);
	} else if (strcmp(verb, "hold") == 0) {
		struct term t = term_hold(from, (struct maybe_day){0});

		if (word[2][0] != '-')
			t.until_day = (struct maybe_day){true, day_at(word[2])};
		TRY(term_check(&t, REPEATS_CALENDAR, NULL));
		put(&t);
	} else {
		must(strcmp(verb, "free") == 0, verb);
		TRY(free_from(from));
	}
	again(from);
	return OK;
}

static void
begin(char *word[])
{
	struct term t = {.kind = TERM_WORKS, .anchor_day = day_at(word[5])};

	arena_reset(life);
	zone = zone_of(word[1]);
	today = zone_day(zone, strtoll(word[2], NULL, 10));
	g = (struct agreement){.repeats = REPEATS_CALENDAR, .starts_day = day_at(word[3])};
	t.from_day = g.starts_day;
	t.rule = str_copy(life, str_of(word[4]));
	terms = visits = asked = 0;
	refused[0] = '\0';
	put(&t);
	again(today);
}

static int
earlier(const void *a, const void *b)
{
	return ((const struct visit *)a)->occurs.n - ((const struct visit *)b)->occurs.n;
}

static void
say(uint32_t minute)
{
	qsort(visit, visits, sizeof(*visit), earlier);
	for (size_t i = 0; i < visits; i++) {
		char occurs[DAY_LETTERS + 1], day[DAY_LETTERS + 1];
		struct civil c;

		day_write(visit[i].occurs, occurs);
		day_write(visit[i].day, day);
		day_civil(visit[i].day, &c);
		c.hour = (uint8_t)(minute / 60);
		c.minute = (uint8_t)(minute % 60);
		printf("%s>%s@%" PRId64 " ", occurs, day, zone_instant(zone, &c));
	}
	printf("%s\n", refused);
}

int
main(void)
{
	char line[LINE_ROOM], *word[8];

	house = arena_open(1 << 16, 32 << 20, NULL);
	life = arena_open(1 << 14, 8 << 20, NULL);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		size_t n = 0;

		for (char *rest = line, *w; n < 7 && (w = strsep(&rest, " \n")) != NULL;)
			if (*w != '\0')
				word[n++] = w;
		must(n > 1, "an empty line");
		word[n] = NULL;
		if (strcmp(word[0], "life") == 0)
			begin(word);
		else if (strcmp(word[0], "say") == 0)
			say((uint32_t)strtoul(word[1], NULL, 10));
		else {
			asked++;
			if (edit(word, n) != OK)
				snprintf(refused + strlen(refused), sizeof(refused) - strlen(refused), "!%u", asked);
		}
	}
	arena_close(life);
	arena_close(house);
	return 0;
}
