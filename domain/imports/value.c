/*
 * domain/imports/value.c -- words, numbers and days of other people's lists.
 */
#include "domain/imports/value.h"

#include "domain/base/day.h"
#include "domain/imports/row.h"

#define DIGITS_MAX 15

struct meaning {
	const char *normal; /* as header_normal writes it */
	int v;
};

static const struct meaning pool_kind[] = {{"pool", POOL_POOL}, {"swimmingpool", POOL_POOL}, {"inground", POOL_POOL},
	{"ingroundpool", POOL_POOL}, {"aboveground", POOL_POOL}, {"piscina", POOL_POOL}, {"alberca", POOL_POOL},
	{"spa", POOL_SPA}, {"hottub", POOL_SPA}, {"jacuzzi", POOL_SPA}, {"fountain", POOL_FOUNTAIN}, {"fuente", POOL_FOUNTAIN},
	{"other", POOL_OTHER}, {"otro", POOL_OTHER}, {"pond", POOL_OTHER}, {NULL, 0}};
static const struct meaning surface[] = {{"plaster", SURFACE_PLASTER}, {"marcite", SURFACE_PLASTER},
	{"gunite", SURFACE_PLASTER}, {"yeso", SURFACE_PLASTER}, {"marmolina", SURFACE_PLASTER}, {"pebble", SURFACE_PEBBLE},
	{"pebbletec", SURFACE_PEBBLE}, {"aggregate", SURFACE_PEBBLE}, {"quartz", SURFACE_QUARTZ}, {"cuarzo", SURFACE_QUARTZ},
	{"tile", SURFACE_TILE}, {"azulejo", SURFACE_TILE}, {"gresite", SURFACE_TILE}, {"vinyl", SURFACE_VINYL},
	{"liner", SURFACE_VINYL}, {"vinylliner", SURFACE_VINYL}, {"vinilo", SURFACE_VINYL}, {"fiberglass", SURFACE_FIBREGLASS},
	{"fibreglass", SURFACE_FIBREGLASS}, {"fibradevidrio", SURFACE_FIBREGLASS}, {"paint", SURFACE_PAINT},
	{"painted", SURFACE_PAINT}, {"pintura", SURFACE_PAINT}, {"steel", SURFACE_STEEL}, {"acero", SURFACE_STEEL},
	{"other", SURFACE_OTHER}, {"otro", SURFACE_OTHER}, {"unknown", SURFACE_UNKNOWN}, {NULL, 0}};
static const struct meaning sanitiser[] = {{"chlorine", SANITISER_CHLORINE}, {"cl", SANITISER_CHLORINE},
	{"liquidchlorine", SANITISER_CHLORINE}, {"tabs", SANITISER_CHLORINE}, {"trichlor", SANITISER_CHLORINE},
	{"cloro", SANITISER_CHLORINE}, {"salt", SANITISER_SALT}, {"saltwater", SANITISER_SALT}, {"saltcell", SANITISER_SALT},
	{"swg", SANITISER_SALT}, {"sal", SANITISER_SALT}, {"aguasalada", SANITISER_SALT}, {"bromine", SANITISER_BROMINE},
	{"bromo", SANITISER_BROMINE}, {"biguanide", SANITISER_BIGUANIDE}, {"baquacil", SANITISER_BIGUANIDE},
	{"mineral", SANITISER_MINERAL}, {"minerals", SANITISER_MINERAL}, {"ozone", SANITISER_OZONE}, {"ozono", SANITISER_OZONE},
	{"uv", SANITISER_UV}, {"other", SANITISER_OTHER}, {"otro", SANITISER_OTHER}, {"unknown", SANITISER_UNKNOWN}, {NULL, 0}};
static const struct meaning status[] = {{"active", STATUS_ACTIVE}, {"yes", STATUS_ACTIVE}, {"true", STATUS_ACTIVE},
	{"1", STATUS_ACTIVE}, {"y", STATUS_ACTIVE}, {"activo", STATUS_ACTIVE}, {"activa", STATUS_ACTIVE}, {"si", STATUS_ACTIVE},
	{"current", STATUS_ACTIVE}, {"inactive", STATUS_INACTIVE}, {"no", STATUS_INACTIVE}, {"false", STATUS_INACTIVE},
	{"0", STATUS_INACTIVE}, {"n", STATUS_INACTIVE}, {"inactivo", STATUS_INACTIVE}, {"inactiva", STATUS_INACTIVE},
	{"cancelled", STATUS_INACTIVE}, {"canceled", STATUS_INACTIVE}, {"archived", STATUS_INACTIVE},
	{"former", STATUS_INACTIVE}, {"baja", STATUS_INACTIVE}, {"lead", STATUS_LEAD}, {"prospect", STATUS_LEAD},
	{"prospecto", STATUS_LEAD}, {NULL, 0}};
static const struct meaning unit[] = {{"l", UNIT_LITRES}, {"lt", UNIT_LITRES}, {"lts", UNIT_LITRES}, {"liter", UNIT_LITRES},
	{"liters", UNIT_LITRES}, {"litre", UNIT_LITRES}, {"litres", UNIT_LITRES}, {"litros", UNIT_LITRES}, {"gal", UNIT_US_GALLONS},
	{"gals", UNIT_US_GALLONS}, {"gallon", UNIT_US_GALLONS}, {"gallons", UNIT_US_GALLONS}, {"usgal", UNIT_US_GALLONS},
	{"usgallons", UNIT_US_GALLONS}, {"galones", UNIT_US_GALLONS}, {"m3", UNIT_CUBIC_METRES},
	{"cbm", UNIT_CUBIC_METRES}, {"cubicmeters", UNIT_CUBIC_METRES}, {"cubicmetres", UNIT_CUBIC_METRES},
	{"metroscubicos", UNIT_CUBIC_METRES}, {"m", UNIT_CUBIC_METRES}, /* what is left of a small raised 3 */
	{NULL, 0}};
static const struct meaning *const words[VALUE_WORDS] = {pool_kind, surface, sanitiser, status, unit};

/* -1: a word between days that says nothing. */
static const struct meaning weekday[] = {{"monday", MONDAY}, {"mon", MONDAY}, {"mo", MONDAY}, {"lunes", MONDAY},
	{"lun", MONDAY}, {"lu", MONDAY}, {"tuesday", TUESDAY}, {"tue", TUESDAY}, {"tues", TUESDAY}, {"tu", TUESDAY},
	{"martes", TUESDAY}, {"mar", TUESDAY}, {"ma", TUESDAY}, {"wednesday", WEDNESDAY}, {"wed", WEDNESDAY}, {"we", WEDNESDAY},
	{"miercoles", WEDNESDAY}, {"mie", WEDNESDAY}, {"mi", WEDNESDAY}, {"thursday", THURSDAY}, {"thu", THURSDAY},
	{"thur", THURSDAY}, {"thurs", THURSDAY}, {"th", THURSDAY}, {"jueves", THURSDAY}, {"jue", THURSDAY}, {"ju", THURSDAY},
	{"friday", FRIDAY}, {"fri", FRIDAY}, {"fr", FRIDAY}, {"viernes", FRIDAY}, {"vie", FRIDAY}, {"vi", FRIDAY},
	{"saturday", SATURDAY}, {"sat", SATURDAY}, {"sa", SATURDAY}, {"sabado", SATURDAY}, {"sab", SATURDAY},
	{"sunday", SUNDAY}, {"sun", SUNDAY}, {"su", SUNDAY}, {"domingo", SUNDAY}, {"dom", SUNDAY}, {"do", SUNDAY},
	{"mondays", MONDAY}, {"tuesdays", TUESDAY}, {"wednesdays", WEDNESDAY}, {"thursdays", THURSDAY}, {"fridays", FRIDAY},
	{"every", -1}, {"on", -1}, {"and", -1}, {"cada", -1}, {"los", -1}, {"el", -1}, {"y", -1}, {"", -1}, {NULL, 0}};

static bool look(const struct meaning *m, struct str normal, int *out);
static bool digits_read(struct str s, char decimal, unsigned decimals, int64_t *out);

bool
value_word(enum value_words of, struct str word, struct arena *a, int *out)
{
	return look(words[of], header_normal(a, word), out);
}

struct str
value_clean(struct arena *a, struct str in)
{
	struct str s = str_trim(in);
	char *p = NULL;

	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\n') || s.p[i] == 127) {
			if (p == NULL)
				p = memcpy(arena_alloc(a, s.n + 1, 1), s.p, s.n);
			p[i] = ' ';
		}
	return p == NULL ? s : (struct str){p, s.n};
}

struct str
value_cut(struct str s, size_t max)
{
	size_t chars = 0, i = 0;

	for (; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80 && chars++ == max)
			break;
	return str_sub(s, 0, i);
}

void
value_number_and_unit(struct str s, struct str *number, struct str *behind)
{
	size_t i = 0;

	while (i < s.n && strchr("0123456789.,+- ", s.p[i]) != NULL && s.p[i] != '\0')
		i++;
	*number = str_trim(str_sub(s, 0, i));
	*behind = str_trim(str_sub(s, i, s.n));
}

bool
value_money(struct str s, unsigned decimals, int64_t *cents)
{
	static const char *const around[] = {"$", "US$", "USD", "MXN", "EUR", "\xe2\x82\xac", "\xc2\xa3", "GBP", "CAD", "AUD"};
	static const char *const every[] = {"/mo", "/month", "/mes", "/visit", "/stop", "/visita", "monthly", "al mes", "per month",
	    "per stop", "per visit"};
	size_t i;

	for (i = 0; i < sizeof(every) / sizeof(*every); i++)
		if (s.n > strlen(every[i]) &&
		    str_eq_nocase(str_sub(s, s.n - strlen(every[i]), s.n), str_of(every[i])))
			s = str_trim(str_sub(s, 0, s.n - strlen(every[i])));
	for (i = 0; i < sizeof(around) / sizeof(*around); i++) {
		size_t n = strlen(around[i]);

		if (s.n > n && str_eq_nocase(str_sub(s, 0, n), str_of(around[i])))
			s = str_trim(str_sub(s, n, s.n));
		if (s.n > n && str_eq_nocase(str_sub(s, s.n - n, n), str_of(around[i])))
			s = str_trim(str_sub(s, 0, s.n - n));
	}
	return number_read(s, decimals, cents);
}

bool
value_degrees(struct str s, int64_t *e6)
{
	return digits_read(s, str_find(s, ',') < s.n ? ',' : '.', 6, e6);
}

struct str
value_days(struct str s, struct arena *a, unsigned *days)
{
	struct str odd = STR("");
	unsigned got = 0;

	for (size_t i = 0, from = 0; i <= s.n; i++) {
		if (i < s.n && strchr(",;/&+-. |\n", s.p[i]) == NULL)
			continue;
		struct str word = str_sub(s, from, i - from);
		int day;

		from = i + 1;
		if (!look(weekday, header_normal(a, word), &day))
			odd = odd.n == 0 ? word : odd;
		else if (day >= 0)
			got |= 1U << day;
	}
	*days = got;
	return odd;
}

bool
number_read(struct str s, unsigned decimals, int64_t *out)
{
	size_t points = 0, commas = 0, last = s.n;

	for (size_t i = 0; i < s.n; i++) {
		points += s.p[i] == '.';
		commas += s.p[i] == ',';
		if (s.p[i] == '.' || s.p[i] == ',')
			last = i;
	}
	if (points > 0 && commas > 0)
		return (s.p[last] == '.' ? points : commas) == 1 && digits_read(s, s.p[last], decimals, out);
	if (points == 1 || (commas == 1 && s.n - last != 4))
		return digits_read(s, s.p[last], decimals, out);
	return digits_read(s, '\0', decimals, out);
}

static bool
look(const struct meaning *m, struct str normal, int *out)
{
	for (; m->normal != NULL; m++)
		if (str_eq(normal, str_of(m->normal))) {
			*out = m->v;
			return true;
		}
	return false;
}

/* Points and commas that are not the decimal sign part groups of three digits. */
static bool
digits_read(struct str s, char decimal, unsigned decimals, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-', behind = false, parted = false;
	int64_t v = 0;
	unsigned kept = 0, group = 0, digits = 0;
	size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
	bool up = false;

	for (; i < s.n; i++) {
		char c = s.p[i];

		if (c >= '0' && c <= '9') {
			if (behind && kept == decimals) {
				/* The first digit that has no place rounds. */
				up = up || (group == 0 && c >= '5');
				group = 1;
				continue;
			}
			if (++digits > DIGITS_MAX)
				return false;
			v = v * 10 + (c - '0');
			group++;
			kept += behind;
			if (kept == decimals && behind)
				group = 0;
		} else if (c == decimal && !behind) {
			if (parted && group != 3)
				return false;
			behind = true;
			group = 0;
		} else if ((c == '.' || c == ',') && !behind && (parted ? group == 3 : group >= 1 && group <= 3)) {
			parted = true;
			group = 0;
		} else {
			return false;
		}
	}
	if (digits == 0 || (parted && !behind && group != 3) || digits + decimals - kept > 18)
		return false;
	for (; kept < decimals; kept++)
		v *= 10;
	v += up;
	*out = minus ? -v : v;
	return true;
}
