/* fcgi/route/judge_text.c -- the checker's own reading of the three text formats. */
#include "fcgi/route/judge.h"

#include <math.h>

static enum err read_words(struct judge *j, struct str text);
static enum err read_days(struct judge *j, struct str text);
static double count(double v, double max);
static void read_sets(struct judge *j, struct node *x, const double *v, size_t k);

enum err
judge_read(struct judge *j, struct str text)
{
	size_t at = 0, fields = 0;

	while (at < text.n && strchr(" \t\r\n", text.p[at]) != NULL)
		at++;
	if (at < text.n && text.p[at] == '{')
		return judge_read_json(j, text);
	for (size_t n = at; n < text.n && text.p[n] != '\n'; n++)
		if (text.p[n] > ' ' && (n == at || text.p[n - 1] <= ' '))
			fields++;
	if (fields == 4 && text.p[at] == '1')
		return read_days(j, text);
	return read_words(j, text);
}

/* One word after another; the headings of both formats are words too. */
static bool
word(struct str text, size_t *at, char *out, size_t max)
{
	size_t n = 0;

	while (*at < text.n && (unsigned char)text.p[*at] <= ' ')
		++*at;
	while (*at < text.n && (unsigned char)text.p[*at] > ' ') {
		if (n + 1 < max)
			out[n++] = text.p[*at];
		++*at;
	}
	out[n] = '\0';
	return n > 0;
}

static enum err
read_words(struct judge *j, struct str text)
{
	char w[64] = "", before[64] = "";
	size_t at = 0;
	double v[7] = {0}, load = 0;
	struct car *car = j->car;

	j->kind = TEXT_WINDOWS;
	while (word(text, &at, w, sizeof(w))) {
		bool colon = strcmp(w, ":") == 0;

		if (colon)
			word(text, &at, w, sizeof(w));
		if (strncmp(before, "DIMENSION", 9) == 0) {
			j->nodes = (size_t)count(strtod(w, NULL), NODES_MAX);
			j->kind = TEXT_LOADS;
			if (j->nodes < 1 || j->nodes >= j->nodes_max)
				return fail(
				    j->f, E_INVALID, "file", "The dimension is out of bounds.");
		} else if (strncmp(before, "CAPACITY", 8) == 0 && j->kind == TEXT_LOADS)
			car->capacity[0] = strtod(w, NULL);
		else if (strcmp(w, "CAPACITY") == 0 && j->kind == TEXT_WINDOWS && !colon) {
			size_t peek = at;

			if (word(text, &peek, w, sizeof(w)) && strcmp(w, ":") != 0) {
				j->cars = (size_t)count(strtod(w, NULL), CARS_MAX + 1);
				word(text, &peek, w, sizeof(w));
				car->capacity[0] = strtod(w, NULL);
				at = peek;
			} else
				snprintf(w, sizeof(w), "CAPACITY");
		} else if (strcmp(before, "SERVICE") == 0 && strcmp(w, "TIME") == 0)
			break;
		else if (strcmp(w, "NODE_COORD_SECTION") == 0)
			for (size_t n = 0; n < j->nodes; n++) {
				for (int k = 0; k < 3 && word(text, &at, w, sizeof(w)); k++)
					v[k] = strtod(w, NULL);
				j->node[n].id = v[0] - 1;
				j->node[n].x = v[1];
				j->node[n].y = v[2];
			}
		else if (strcmp(w, "DEMAND_SECTION") == 0)
			for (size_t n = 0; n < j->nodes; n++) {
				for (int k = 0; k < 2 && word(text, &at, w, sizeof(w)); k++)
					v[k] = strtod(w, NULL);
				j->node[n].demand[0] = v[1];
				load += v[1];
			}
		snprintf(before, sizeof(before), "%s", w);
	}
	while (
	    j->kind == TEXT_WINDOWS && j->nodes < j->nodes_max && word(text, &at, w, sizeof(w))) {
		struct node *n = &j->node[j->nodes++];

		v[0] = strtod(w, NULL);
		for (int k = 1; k < 7 && word(text, &at, w, sizeof(w)); k++)
			v[k] = strtod(w, NULL);
		*n = (struct node){.id = v[0],
		    .x = v[1],
		    .y = v[2],
		    .demand = {v[3]},
		    .service = v[6],
		    .from = {v[4]},
		    .to = {v[5]},
		    .windows = 1};
	}
	if (j->kind == TEXT_LOADS)
		j->cars =
		    (size_t)count(ceil(1.3 * load / car->capacity[0] - 1e-9) + 3, CARS_MAX + 1);
	if (j->nodes < 1 || j->cars < 1 || j->cars > CARS_MAX)
		return fail(j->f, E_INVALID, "file", "The file is of no known format.");
	for (size_t n = 0; n < j->cars; n++)
		j->car[n] = (struct car){.id = (double)n + 1,
		    .capacity = {car->capacity[0]},
		    .from = j->node[0].from[0],
		    .to = j->kind == TEXT_WINDOWS ? j->node[0].to[0] : 1e18};
	for (size_t n = 0; n < j->nodes; n++)
		j->node[n].place = n;
	j->first = 1;
	return OK;
}

/* A number as one may count with it; 0 if it is none. */
static double
count(double v, double max)
{
	return v >= 0 ? fmin(v, max) : 0;
}

/* The file's highest bit is the first day. */
static void
read_sets(struct judge *j, struct node *x, const double *v, size_t k)
{
	x->set = arena_array(j->a, unsigned long long, SETS_MAX / 4);
	for (size_t s = 0; k >= 7 && s < v[6] && 7 + s < k && s < SETS_MAX / 4; s++) {
		unsigned long long bits = (unsigned long long)count(v[7 + s], 9e18), set = 0;

		for (unsigned d = 0; d < j->days; d++)
			set |= (bits >> (j->days - 1 - d) & 1) << d;
		x->set[x->sets++] = set;
	}
}

static enum err
read_days(struct judge *j, struct str text)
{
	double head[4] = {0};
	size_t at = 0, n = 0;

	j->kind = TEXT_DAYS;
	for (size_t line = 0; at < text.n; line++) {
		double v[SETS_MAX];
		size_t k = 0, stop = at;
		char w[64];
		struct str one;

		while (stop < text.n && text.p[stop] != '\n')
			stop++;
		one = (struct str){text.p + at, stop - at};
		at = 0;
		while (k < SETS_MAX && word(one, &at, w, sizeof(w)))
			v[k++] = strtod(w, NULL);
		at = (size_t)(one.p - text.p) + one.n + 1;
		if (k == 0) {
			line--;
			continue;
		}
		if (line == 0) {
			memcpy(head, v, sizeof(head));
			j->days = (unsigned)count(head[3], 63);
			if (j->days < 1 || j->days > 62 || head[1] < 1 || head[1] > CARS_MAX)
				return fail(
				    j->f, E_INVALID, "file", "The first line is out of bounds.");
		} else if (line <= j->days) {
			j->longest[line - 1] = v[0] > 0 ? v[0] : 1e18;
			j->capacity[line - 1] = v[1] > 0 ? v[1] : 1e18;
		} else if ((double)n <= head[2] && n < j->nodes_max) {
			struct node *x = &j->node[n];

			*x = (struct node){.id = v[0],
			    .x = v[1],
			    .y = v[2],
			    .service = v[3],
			    .demand = {v[4]},
			    .place = n++};
			read_sets(j, x, v, k);
		}
	}
	j->nodes = n;
	j->cars = (size_t)head[1];
	for (size_t c = 0; c < j->cars; c++)
		j->car[c] = (struct car){.id = (double)c + 1, .to = 1e18};
	j->first = 1;
	return n > 0 ? OK : fail(j->f, E_INVALID, "file", "The file has no customers.");
}
