#include "domain/routing/matrix.h"

#include <math.h>

#define DETOUR 1.32
#define PARK_S 60.0
#define SLOW_M 3000.0
#define MIDDLE_M 12000.0
#define SLOW_M_S (28 / 3.6)
#define MIDDLE_M_S (42 / 3.6)
#define FAST_M_S (75 / 3.6)
#define EARTH_M 6371008.8
#define RADIANS_PER_UDEG (3.14159265358979323846 / 180e6)
/* Half a thousandth of a degree: 55 m from south to north, less from west to east. */
#define CELL_UDEG 500

/* A place as a point of the unit ball: a distance is then one root and one arc. */
struct point {
	double x, y, z;
	uint64_t cell;
};

static struct point point_of(struct spot s);
static struct way estimate(const struct point *a, const struct point *b, const struct pace *p);
static size_t band_of(double road_m);
static void sort(uint32_t *v, size_t n);

uint64_t
place_cell(struct spot s)
{
	uint32_t north = (uint32_t)(s.lat_udeg + 90000000) / CELL_UDEG, east = (uint32_t)(s.lon_udeg + 180000000) / CELL_UDEG;

	return (uint64_t)north << 32 | east;
}

struct spot
cell_spot(uint64_t cell)
{
	return (struct spot){(int32_t)(cell >> 32) * CELL_UDEG + CELL_UDEG / 2 - 90000000,
	    (int32_t)(cell & UINT32_MAX) * CELL_UDEG + CELL_UDEG / 2 - 180000000};
}

struct way
way_estimate(struct spot from, struct spot to, const struct pace *p)
{
	const struct point a = point_of(from), b = point_of(to);

	return estimate(&a, &b, p);
}

struct ways
ways_estimate(const struct spot *at, uint32_t n, const struct pace *p, struct arena *a)
{
	struct ways w = {.places = n};
	struct point *point = arena_array(a, struct point, n);
	size_t pairs = (size_t)n * n;

	w.seconds = arena_array(a, int32_t, pairs);
	w.metres = arena_array(a, int32_t, pairs);
	w.measured = arena_array(a, uint8_t, pairs);
	for (uint32_t i = 0; i < n; i++)
		point[i] = point_of(at[i]);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = i + 1; j < n; j++) {
			struct way way = estimate(&point[i], &point[j], p);

			w.seconds[(size_t)i * n + j] = w.seconds[(size_t)j * n + i] = way.seconds;
			w.metres[(size_t)i * n + j] = w.metres[(size_t)j * n + i] = way.metres;
		}
	return w;
}

void
ways_know(struct ways *w, uint32_t from, uint32_t to, int32_t seconds, int32_t metres)
{
	size_t at = (size_t)from * w->places + to;

	w->seconds[at] = seconds < 0 ? 0 : seconds > 86400 ? 86400 : seconds;
	w->metres[at] = metres < 0 ? 0 : metres;
	w->measured[at] = 1;
}

struct way
ways_at(const struct ways *w, uint32_t from, uint32_t to)
{
	size_t at = (size_t)from * w->places + to;

	/* To stay where one is takes nothing, and nobody needs a map for it. */
	return (struct way){w->seconds[at], w->metres[at], w->measured[at] == 0 && w->metres[at] > 0};
}

struct matrix
ways_matrix(const struct ways *w)
{
	return (struct matrix){w->places, w->seconds, w->seconds};
}

size_t
pace_measure(const struct measured *d, size_t n, struct arena *a, struct pace *out)
{
	uint32_t *ratio[PACE_BANDS];
	size_t of[PACE_BANDS] = {0}, counted = 0;
	const struct pace plain = PACE_DEFAULT;

	*out = plain;
	for (size_t b = 0; b < PACE_BANDS; b++)
		ratio[b] = arena_array(a, uint32_t, n);
	for (size_t i = 0; i < n; i++) {
		struct way w = way_estimate(d[i].from, d[i].to, &plain);
		int64_t r = w.seconds > 0 ? (int64_t)d[i].seconds * 1000 / w.seconds : 0;

		if (r < 250 || r > 4000)
			continue;
		size_t b = band_of(w.metres);
		ratio[b][of[b]++] = (uint32_t)r;
		counted++;
	}
	for (size_t b = 0; b < PACE_BANDS; b++) {
		if (of[b] < PACE_DRIVES_MIN)
			continue;
		sort(ratio[b], of[b]);
		uint32_t r = ratio[b][of[b] / 2];
		out->band[b] = r < PACE_MIN ? PACE_MIN : r > PACE_MAX ? PACE_MAX : r;
	}
	return counted;
}

static struct point
point_of(struct spot s)
{
	double lat = s.lat_udeg * RADIANS_PER_UDEG, lon = s.lon_udeg * RADIANS_PER_UDEG;

	return (struct point){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat), place_cell(s)};
}

static struct way
estimate(const struct point *a, const struct point *b, const struct pace *p)
{
	double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z, half = sqrt(x * x + y * y + z * z) / 2;
	double road = 2 * EARTH_M * asin(half > 1 ? 1 : half) * DETOUR, rest = road, s = PARK_S, part;
	uint32_t share = p->band[band_of(road)];

	if (a->cell == b->cell)
		return (struct way){0, 0, true};
	part = rest < SLOW_M ? rest : SLOW_M;
	s += part / SLOW_M_S;
	rest -= part;
	part = rest < MIDDLE_M ? rest : MIDDLE_M;
	s += part / MIDDLE_M_S;
	s += (rest - part) / FAST_M_S;
	s = s * share / PACE_AS_ESTIMATED;
	return (struct way){(int32_t)lround(s > 86400 ? 86400 : s), (int32_t)lround(road), true};
}

static size_t
band_of(double road_m)
{
	return road_m <= SLOW_M ? 0 : road_m <= SLOW_M + MIDDLE_M ? 1 : 2;
}

/* Shell's: no memory, no library, quick enough for some thousand drives. */
static void
sort(uint32_t *v, size_t n)
{
	for (size_t gap = n / 2; gap > 0; gap /= 2)
		for (size_t i = gap; i < n; i++) {
			uint32_t x = v[i];
			size_t j = i;

			for (; j >= gap && v[j - gap] > x; j -= gap)
				v[j] = v[j - gap];
			v[j] = x;
		}
}
