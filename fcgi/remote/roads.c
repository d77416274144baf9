#include "fcgi/remote/roads.h"

#include <jansson.h>
#include <math.h>

#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/log.h"

#define URL_MAX 8000

static enum err call_roads(struct arena *a, struct str url, struct call_answer *out, struct fault *f);
static void add_places(struct buf *url, const struct spot *s, uint32_t n, bool first);
static void add_numbers(struct buf *url, const char *name, uint32_t from, uint32_t n);
static enum err table_read(struct arena *a, struct str text, struct roads_table *out, struct fault *f);
static bool numbers_read(const json_t *rows, uint32_t from, uint32_t to, int32_t *out);

enum err
roads_ask(struct arena *a, const struct config *c, const struct spot *from, uint32_t from_n, const struct spot *to, uint32_t to_n,
    struct roads_table *out, struct fault *f)
{
	struct buf url = buf_open(a, 4096, URL_MAX);
	struct call_answer answer;

	if (c->roads_url[0] == '\0')
		return fail(f, E_AWAY, NULL, "No road map is set (roads_url).");
	if (from_n < 1 || to_n < 1 || from_n + to_n > ROADS_PLACES_MAX)
		return fail(f, E_BUG, "roads", "A table of the road map has at most %d places.", ROADS_PLACES_MAX);
	buf_printf(&url, "%s/table/v1/driving/", c->roads_url);
	add_places(&url, from, from_n, true);
	add_places(&url, to, to_n, false);
	buf_add(&url, STR("?annotations=duration,distance"));
	add_numbers(&url, "sources", 0, from_n);
	add_numbers(&url, "destinations", from_n, to_n);
	TRY(call_roads(a, buf_str(&url), &answer, f));
	if (answer.status != 200) {
		f->retry_after_s = answer.retry_after_s;
		return answer.status == 400 ? fail(f, E_INVALID, "roads", "The road map refuses these places (%d).", answer.status)
					    : fail(f, E_AWAY, "roads", "The road map is not well (%d).", answer.status);
	}
	*out = (struct roads_table){from_n, to_n, arena_array(a, int32_t, (size_t)from_n * to_n),
	    arena_array(a, int32_t, (size_t)from_n * to_n)};
	return table_read(a, answer.body, out, f);
}

/* There is one road map, so there is one breaker. */
static enum err
call_roads(struct arena *a, struct str url, struct call_answer *out, struct fault *f)
{
	static struct breaker roads;
	const int64_t from_us = mono_us();
	const unsigned wait_s = breaker_wait_s(&roads, from_us);
	const struct call_http call = {.reach = CALL_OPERATOR, .method = "GET", .url = url};
	enum err e;

	if (wait_s > 0) {
		f->retry_after_s = wait_s;
		return fail(f, E_AWAY, NULL, "The road map did not answer a moment ago.");
	}
	e = call_http(a, &call, out, f);
	breaker_note(&roads, from_us, mono_us(), e);
	return e;
}

/* Longitude first, with six digits: that is OSRM's order. */
static void
add_places(struct buf *url, const struct spot *s, uint32_t n, bool first)
{
	for (uint32_t i = 0; i < n; i++)
		buf_printf(url, "%s%.6f,%.6f", first && i == 0 ? "" : ";", s[i].lon_udeg / 1e6, s[i].lat_udeg / 1e6);
}

static void
add_numbers(struct buf *url, const char *name, uint32_t from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		i == 0 ? buf_printf(url, "&%s=%u", name, from) : buf_printf(url, ";%u", from + i);
}

static enum err
table_read(struct arena *a, struct str text, struct roads_table *out, struct fault *f)
{
	json_error_t error;
	json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	const char *code = root ? json_string_value(json_object_get(root, "code")) : NULL;
	bool good;

	(void)a;
	good = code != NULL && strcmp(code, "Ok") == 0 &&
	    numbers_read(json_object_get(root, "durations"), out->from, out->to, out->seconds) &&
	    numbers_read(json_object_get(root, "distances"), out->from, out->to, out->metres);
	json_decref(root);
	if (!good)
		return fail(f, E_INVALID, "roads", "The road map's answer is no table of what was asked.");
	for (size_t i = 0; i < (size_t)out->from * out->to; i++)
		if (out->seconds[i] == ROADS_NO_WAY || out->metres[i] == ROADS_NO_WAY)
			out->seconds[i] = out->metres[i] = ROADS_NO_WAY;
	return OK;
}

/* Exactly as many rows and columns as were asked; null: no way leads there. */
static bool
numbers_read(const json_t *rows, uint32_t from, uint32_t to, int32_t *out)
{
	if (json_array_size(rows) != from)
		return false;
	for (uint32_t i = 0; i < from; i++) {
		const json_t *row = json_array_get(rows, i);

		if (json_array_size(row) != to)
			return false;
		for (uint32_t j = 0; j < to; j++) {
			const json_t *v = json_array_get(row, j);
			double d = json_is_number(v) ? json_number_value(v) : 0;

			if (!json_is_null(v) && (!json_is_number(v) || !(d >= 0 && d < 1e9)))
				return false;
			out[(size_t)i * to + j] = json_is_null(v) ? ROADS_NO_WAY : (int32_t)lround(d);
		}
	}
	return true;
}
