#include "fcgi/remote/maps.h"

#include <jansson.h>
#include <math.h>

#include "domain/imports/value.h"
#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "fcgi/remote/pace.h"
#include "tenancy/log.h"

/* One place with its details is under two kilobytes; jansson would turn a megabyte into eighty. */
#define ANSWER_MAX (64 * 1024)
/* A house; its street; less is not worth driving to. */
#define SCORE_HOUSE 95
#define SCORE_STREET 60
#define SCORE_MIN 50
#define SCORE_SEVERAL 30  /* taken off if there are several */
#define SCORE_POSTCODE 25 /* taken off if the postcode is another */

static struct str one_line(struct arena *a, const struct maps_question *q);
static struct str escaped(struct arena *a, struct str s);
static struct str url_of(struct arena *a, const struct config *c, enum maps_format format, const struct maps_question *q);
static enum err judge(const struct call_answer *answer, struct fault *f);
static bool read_nominatim(const json_t *root, const struct maps_question *q, struct maps_found *out);
static bool read_census(const json_t *root, const struct maps_question *q, struct maps_found *out);
static struct str text_of(const json_t *object, const char *name);
static bool other_postcode(struct str said, const struct maps_question *q);
static void settle(struct maps_found *out, int64_t lat_e6, int64_t lng_e6, int score);

enum maps_format
maps_format_of(const struct config *c)
{
	if (c->geocoder == NULL || c->geocoder_url == NULL || *c->geocoder_url == '\0')
		return MAPS_NONE;
	return strcmp(c->geocoder, "nominatim") == 0 ? MAPS_NOMINATIM
	    : strcmp(c->geocoder, "census") == 0     ? MAPS_CENSUS
						     : MAPS_NONE;
}

enum err
maps_find(struct arena *a, const struct config *c, const struct maps_question *q, struct maps_found *out,
    struct fault *f)
{
	static struct breaker geocoder;
	const enum maps_format format = maps_format_of(c);
	/* Nominatim's rules want to know who asks, and where to complain. */
	const struct call_header header[] = {
	    {"User-Agent", str_printf(a, "Poolhouse (%s)", c->base_url)}, {"Accept", STR("application/json")}};
	const struct call_http ask = {.reach = CALL_OPERATOR, .method = "GET", .url = url_of(a, c, format, q),
	    .header = header, .headers = 2};
	struct call_answer answer;
	int64_t from_us;
	unsigned wait_s;
	enum err e;

	/* The census knows no other country. */
	if (format == MAPS_NONE || (format == MAPS_CENSUS && strcmp(q->country, "US") != 0)) {
		*out = (struct maps_found){0};
		return OK;
	}
	TRY(pace_take(c->data_dir, "geocoder", c->geocoder_per_minute, f));
	from_us = mono_us();
	wait_s = breaker_wait_s(&geocoder, from_us);
	if (wait_s > 0) {
		f->retry_after_s = wait_s;
		return fail(f, E_AWAY, NULL, "The geocoder did not answer a moment ago.");
	}
	e = call_http(a, &ask, &answer, f);
	breaker_note(&geocoder, from_us, mono_us(), e);
	TRY(e);
	TRY(judge(&answer, f));
	if (answer.status != 200)
		*out = (struct maps_found){0};
	else if (!maps_read(format, answer.body, q, out))
		return fail(f, E_AWAY, NULL, "The geocoder's answer makes no sense.");
	return OK;
}

/* 400 and 404 speak of this address: it knows no such place. */
static enum err
judge(const struct call_answer *answer, struct fault *f)
{
	switch (answer->status) {
	case 200:
	case 400:
	case 404:
	case 422:
		return OK;
	case 429:
		f->retry_after_s = answer->retry_after_s > 0 ? answer->retry_after_s : 60;
		return fail(f, E_LIMIT, NULL, "The geocoder wants us to ask less often.");
	case 401:
	case 403:
		return fail(f, E_FORBIDDEN, NULL, "The geocoder refuses us (status %d).", answer->status);
	default:
		f->retry_after_s = answer->retry_after_s;
		return fail(f, E_AWAY, NULL, "The geocoder answers with status %d.", answer->status);
	}
}

static struct str
url_of(struct arena *a, const struct config *c, enum maps_format format, const struct maps_question *q)
{
	struct str text = escaped(a, one_line(a, q)), base = str_of(c->geocoder_url);

	while (str_ends(base, STR("/")))
		base = str_sub(base, 0, base.n - 1);
	if (format == MAPS_CENSUS)
		return str_printf(a, "%.*s/locations/onelineaddress?address=%.*s&benchmark=Public_AR_Current&format=json",
		    STR_ARG(base), STR_ARG(text));
	return str_printf(a, "%.*s/search?q=%.*s&format=jsonv2&addressdetails=1&countrycodes=%.*s&limit=2", STR_ARG(base),
	    STR_ARG(text), STR_ARG(str_lower(a, str_of(q->country))));
}

static struct str
one_line(struct arena *a, const struct maps_question *q)
{
	struct buf b = buf_open(a, 256, 1200);

	buf_add(&b, q->street);
	if (q->city.n > 0)
		buf_printf(&b, ", %.*s", STR_ARG(q->city));
	if (q->region.n + q->postcode.n > 0)
		buf_printf(&b, ", %.*s%s%.*s", STR_ARG(q->region), q->region.n > 0 && q->postcode.n > 0 ? " " : "",
		    STR_ARG(q->postcode));
	return buf_str(&b);
}

/* RFC 3986: all but the unreserved letters. */
static struct str
escaped(struct arena *a, struct str s)
{
	struct buf b = buf_open(a, 3 * s.n + 1, 3 * s.n + 1);

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c) != NULL)
			buf_char(&b, (char)c);
		else
			buf_printf(&b, "%%%02X", c);
	}
	return buf_str(&b);
}

bool
maps_read(enum maps_format format, struct str json, const struct maps_question *q, struct maps_found *out)
{
	json_t *root = json.n > ANSWER_MAX ? NULL : json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL);
	bool good;

	*out = (struct maps_found){0};
	if (root == NULL)
		return false;
	good = format == MAPS_CENSUS ? read_census(root, q, out) : read_nominatim(root, q, out);
	json_decref(root);
	return good;
}

/* [{"lat":"38.6","lon":"-121.4","address":{"house_number":..,"road":..,"postcode":..,"country_code":"us"}}] */
static bool
read_nominatim(const json_t *root, const struct maps_question *q, struct maps_found *out)
{
	const json_t *first = json_array_get(root, 0), *address = json_object_get(first, "address");
	struct str country = text_of(address, "country_code");
	int64_t lat_e6 = 0, lng_e6 = 0;
	int score;

	if (!json_is_array(root))
		return false;
	if (first == NULL)
		return true;
	if (!value_degrees(text_of(first, "lat"), &lat_e6) || !value_degrees(text_of(first, "lon"), &lng_e6))
		return false;
	if (country.n > 0 && !str_eq_nocase(country, str_of(q->country)))
		return true;
	score = text_of(address, "house_number").n > 0 ? SCORE_HOUSE : text_of(address, "road").n > 0 ? SCORE_STREET : 0;
	if (other_postcode(text_of(address, "postcode"), q))
		score -= SCORE_POSTCODE;
	settle(out, lat_e6, lng_e6, score);
	return true;
}

/* {"result":{"addressMatches":[{"coordinates":{"x":-121.4,"y":38.6},"addressComponents":{"zip":"95838"}}]}} */
static bool
read_census(const json_t *root, const struct maps_question *q, struct maps_found *out)
{
	const json_t *all = json_object_get(json_object_get(root, "result"), "addressMatches"), *first, *at;
	int score = SCORE_HOUSE;

	if (!json_is_array(all))
		return false;
	first = json_array_get(all, 0);
	if (first == NULL)
		return true;
	at = json_object_get(first, "coordinates");
	if (!json_is_number(json_object_get(at, "x")) || !json_is_number(json_object_get(at, "y")))
		return false;
	if (json_array_size(all) > 1)
		score -= SCORE_SEVERAL;
	if (other_postcode(text_of(json_object_get(first, "addressComponents"), "zip"), q))
		score -= SCORE_POSTCODE;
	settle(out, (int64_t)llround(json_number_value(json_object_get(at, "y")) * 1e6),
	    (int64_t)llround(json_number_value(json_object_get(at, "x")) * 1e6), score);
	return true;
}

static struct str
text_of(const json_t *object, const char *name)
{
	return str_of(json_string_value(json_object_get(object, name)));
}

/* The first five letters: "95838-1234" is "95838". */
static bool
other_postcode(struct str said, const struct maps_question *q)
{
	return said.n > 0 && q->postcode.n > 0 && !str_eq_nocase(str_sub(said, 0, 5), str_sub(q->postcode, 0, 5));
}

static void
settle(struct maps_found *out, int64_t lat_e6, int64_t lng_e6, int score)
{
	if (score < SCORE_MIN || lat_e6 < -90000000 || lat_e6 > 90000000 || lng_e6 < -180000000 || lng_e6 > 180000000 ||
	    (lat_e6 == 0 && lng_e6 == 0))
		return;
	*out = (struct maps_found){true, lat_e6, lng_e6, (uint32_t)score};
}
