/* fcgi/route/vroom_values.c -- single values of VROOM's JSON, each inside its bounds or refused by
 * name. */
#include "fcgi/route/vroom.h"

#include <jansson.h>
#include <math.h>

#define RAD          0.017453292519943295
#define CAPACITY_MAX (INT32_MAX / 4)

enum err
vroom_window(struct vroom *v, json_t *pair, const char *what, struct window *out)
{
	json_t *from = json_array_get(pair, 0), *to = json_array_get(pair, 1);

	if (!json_is_integer(from) || !json_is_integer(to) || json_integer_value(from) < 0 ||
	    json_integer_value(from) > ROUTING_SECONDS_MAX ||
	    json_integer_value(to) < json_integer_value(from))
		return fail(v->f, E_INVALID, what, "A time window is [from, to] in seconds.");
	out->from_s = (int32_t)json_integer_value(from);
	out->to_s = (int32_t)(json_integer_value(to) < ROUTING_SECONDS_MAX ? json_integer_value(to)
									   : ROUTING_SECONDS_MAX);
	return OK;
}

enum err
vroom_days(struct vroom *v, json_t *list, uint32_t days, uint64_t *out)
{
	size_t k;
	json_t *day;

	json_array_foreach(list, k, day)
	{
		if (!json_is_integer(day) || json_integer_value(day) < 0 ||
		    json_integer_value(day) >= days)
			return fail(
			    v->f, E_INVALID, "day_sets", "A day is a number below that of days.");
		*out |= UINT64_C(1) << json_integer_value(day);
	}
	return OK;
}

/* Technicians are numbered as they come. */
uint32_t
vroom_tech(struct vroom *v, int64_t who)
{
	uint32_t n = 0;

	while (n < v->whos && v->who[n] != who)
		n++;
	if (n == v->whos)
		v->who[v->whos++] = who;
	return n;
}

/* <name>_index into the matrix, or <name>: [longitude, latitude] */
enum err
vroom_place(struct vroom *v, json_t *owner, const char *name, bool must, uint32_t *out)
{
	char index[24];
	json_t *number, *point = json_object_get(owner, name);
	double lon, lat;

	snprintf(index, sizeof(index), "%s_index", name);
	number = json_object_get(owner, index);
	*out = ROUTING_NOWHERE;
	if (v->by_index && number != NULL) {
		if (!json_is_integer(number) || json_integer_value(number) < 0 ||
		    json_integer_value(number) >= ROUTING_PLACES_MAX)
			return fail(v->f, E_INVALID, "location_index",
			    "An index into the matrix is wrong.");
		*out = (uint32_t)json_integer_value(number);
		return OK;
	}
	if (point == NULL || v->by_index) {
		if (must)
			return fail(v->f, E_INVALID, "location", "A job has no place.");
		return OK;
	}
	lon = json_number_value(json_array_get(point, 0));
	lat = json_number_value(json_array_get(point, 1));
	if (json_array_size(point) != 2 || !(fabs(lon) <= 180) || !(fabs(lat) <= 90))
		return fail(
		    v->f, E_INVALID, "location", "A place is [longitude, latitude] in degrees.");
	/* the same home on several days is one place */
	for (uint32_t n = 0; !must && n < v->places; n++)
		if (memcmp(v->place[n], (double[2]){lon, lat}, sizeof(v->place[n])) == 0) {
			*out = n;
			return OK;
		}
	v->place[v->places][0] = lon;
	v->place[v->places][1] = lat;
	*out = v->places++;
	return OK;
}

enum err
vroom_skills(struct vroom *v, json_t *list, uint64_t *out)
{
	size_t k;
	json_t *skill;

	json_array_foreach(list, k, skill)
	{
		unsigned bit = 0;

		while (bit < v->skills && v->skill[bit] != json_integer_value(skill))
			bit++;
		if (bit == v->skills) {
			if (bit == VROOM_SKILLS_MAX || !json_is_integer(skill))
				return fail(v->f, E_INVALID, "skills",
				    "Skills are at most 64 whole numbers.");
			v->skill[v->skills++] = json_integer_value(skill);
		}
		*out |= UINT64_C(1) << bit;
	}
	return OK;
}

/* The load and the goods, up to nine dimensions; without a list, all are `otherwise`. */
enum err
vroom_amount(struct vroom *v, json_t *owner, const char *name, int32_t otherwise, int32_t *out)
{
	json_t *list = json_object_get(owner, name);

	if (json_array_size(list) > 1 + ROUTING_GOODS)
		return fail(v->f, E_INVALID, name, "Loads have at most %d dimensions here.",
		    1 + ROUTING_GOODS);
	for (size_t g = 0; g <= ROUTING_GOODS; g++) {
		json_t *one = json_array_get(list, g);
		json_int_t value = json_integer_value(one);

		if (one != NULL && (!json_is_integer(one) || value < 0 || value > CAPACITY_MAX))
			return fail(v->f, E_INVALID, name, "A load is out of bounds.");
		out[g] = one != NULL ? (int32_t)value : list != NULL ? 0 : otherwise;
	}
	return OK;
}

enum err
vroom_number(
    struct vroom *v, json_t *owner, const char *name, int64_t otherwise, int64_t max, int64_t *out)
{
	json_t *value = json_object_get(owner, name);

	*out = otherwise;
	if (value == NULL)
		return OK;
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > max)
		return fail(v->f, E_INVALID, name, "A number is out of bounds.");
	*out = json_integer_value(value);
	return OK;
}

/* Great circle x 1.32 in three speed bands and a minute to park (the product's fallback). */
enum err
vroom_estimate(struct vroom *v, struct instance *i)
{
	size_t n = v->places;
	int32_t *legs;
	double(*at)[3];

	if (n > ROUTING_PLACES_MAX)
		return fail(v->f, E_INVALID, "location", "There are more than 20,000 places.");
	legs = arena_array(v->a, int32_t, n * n);
	at = arena_alloc(v->a, sizeof(*at) * (n + 1), alignof(double));
	for (size_t x = 0; x < n; x++) {
		double lon = v->place[x][0] * RAD, lat = v->place[x][1] * RAD;

		at[x][0] = cos(lat) * cos(lon);
		at[x][1] = cos(lat) * sin(lon);
		at[x][2] = sin(lat);
	}
	for (size_t x = 0; x < n; x++)
		for (size_t y = 0; y < n; y++) {
			double dx = at[x][0] - at[y][0], dy = at[x][1] - at[y][1],
			       dz = at[x][2] - at[y][2];
			double half = sqrt(dx * dx + dy * dy + dz * dz) / 2, s = 60, part;
			double m = 2 * 6371000.0 * asin(half < 1 ? half : 1) * 1.32;

			part = fmin(m, 3000);
			s += part / (28 / 3.6);
			m -= part;
			part = fmin(m, 12000);
			s += part / (42 / 3.6) + (m - part) / (75 / 3.6);
			legs[x * n + y] = x == y ? 0 : (int32_t)(s + 0.5);
		}
	i->problem.matrix = (struct matrix){(uint32_t)n, legs, legs};
	i->estimated = true;
	return OK;
}
