/*
 * fcgi/acts/routes_van.c -- what a day's stops take out of the vans, and what is in them.
 *
 * A service lists its parts by name; an item of the same name says how many each van has. Of all of them the few that
 * fall shortest count, as many as a plan can tell apart. A van in which nobody ever counted an item is taken to have it.
 * Where a plan drives by the supply house, the visit behind it has an errand: what to fetch there, a stop of its own.
 */
#include "fcgi/acts/routes.h"

#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/water.h"

#define WANTED_MAX 64
#define LISTED_MAX 100
#define PLENTY 1000000

struct part {
	struct str name;
	uint32_t quantity;
};
struct parts {
	struct part *rows;
	size_t rows_n;
};
static const struct field part_fields[] = {
	FIELD_TEXT(struct part, name, 1, 120), FIELD_INT(struct part, quantity, 1, 999), FIELD_END};
static const struct shape part_shape = {"VanPart", sizeof(struct part), part_fields};
static const struct field parts_fields[] = {FIELD_LIST(struct parts, rows, rows_n, &part_shape, LISTED_MAX), FIELD_END};
static const struct shape parts_shape = {"VanParts", sizeof(struct parts), parts_fields};

/* One part that some stop takes. */
struct wanted {
	struct str name;
	uint64_t all;
	int64_t short_by; /* of the emptiest van, if it did everything alone */
};

/* The parts of one service. */
struct takes {
	uint64_t service_id;
	struct parts parts;
};

static enum err takes_read(struct work *w, struct takes **out, size_t *n);
static const struct parts *parts_of(const struct takes *t, size_t n, uint64_t service_id);
static size_t wanted_of(const struct route_facts *f, const struct takes *t, size_t n, struct wanted *out);
static uint32_t on_board(const struct stock_line_row *s, size_t n, uint64_t tech_id, struct str name);
static void choose(const struct route_facts *f, const struct stock_line_row *s, size_t n, struct wanted *want, size_t *wants);
static uint32_t quantity(const struct parts *p, struct str name);

enum err
routes_van(struct work *w, struct route_facts *f)
{
	struct wanted want[WANTED_MAX];
	struct route_figure_settings settings;
	struct stock_line_row *stock;
	struct takes *takes;
	size_t takes_n, stock_n, wants;

	TRY(takes_read(w, &takes, &takes_n));
	wants = takes_n > 0 ? wanted_of(f, takes, takes_n, want) : 0;
	if (wants == 0)
		return OK;
	TRY(sql_stock_lines(w->db, (struct maybe_u64){0}, w->arena, &stock, &stock_n));
	choose(f, stock, stock_n, want, &wants);
	if (wants == 0)
		return OK;
	TRY(tell_route_figures(w, &settings));
	f->rounds.supply = (struct round_supply){settings.has_supply, settings.supply, settings.supply_minutes};
	for (size_t g = 0; g < wants; g++) {
		f->good[g] = want[g].name;
		for (uint32_t t = 0; t < f->rounds.techs; t++)
			f->tech[t].van[g] = on_board(stock, stock_n, f->tech[t].id, want[g].name);
		for (uint32_t i = 0; i < f->rounds.stops; i++)
			f->stop[i].goods[g] = quantity(parts_of(takes, takes_n, f->row[i].service_id), want[g].name);
	}
	return OK;
}

static enum err
takes_read(struct work *w, struct takes **out, size_t *n)
{
	struct service_parts_row *rows;

	TRY(sql_services_parts(w->db, w->arena, &rows, n));
	*out = arena_array(w->arena, struct takes, *n);
	for (size_t i = 0; i < *n; i++) {
		(*out)[i].service_id = rows[i].id;
		TRY(shape_read(&parts_shape, rows[i].parts, w->arena, &(*out)[i].parts, &w->fault));
	}
	return OK;
}

static size_t
wanted_of(const struct route_facts *f, const struct takes *t, size_t n, struct wanted *out)
{
	size_t wants = 0;

	for (uint32_t i = 0; i < f->rounds.stops; i++) {
		const struct parts *p = parts_of(t, n, f->row[i].service_id);

		/* What is done has taken its parts already. */
		for (size_t k = 0; p != NULL && !f->stop[i].fixed && k < p->rows_n; k++) {
			size_t at = 0;

			while (at < wants && !str_eq_nocase(out[at].name, p->rows[k].name))
				at++;
			if (at == WANTED_MAX)
				continue;
			if (at == wants)
				out[wants++] = (struct wanted){.name = p->rows[k].name};
			out[at].all += p->rows[k].quantity;
		}
	}
	return wants;
}

/* The ones that fall shortest, if they fall short at all. */
static void
choose(const struct route_facts *f, const struct stock_line_row *s, size_t n, struct wanted *want, size_t *wants)
{
	size_t kept = 0;

	for (size_t k = 0; k < *wants; k++) {
		struct wanted x = want[k];
		size_t at;

		for (uint32_t t = 0; t < f->rounds.techs; t++) {
			int64_t lacks = (int64_t)x.all - on_board(s, n, f->tech[t].id, x.name);

			x.short_by = lacks > x.short_by ? lacks : x.short_by;
		}
		if (x.short_by <= 0)
			continue;
		for (at = kept++; at > 0 && want[at - 1].short_by < x.short_by; at--)
			want[at] = want[at - 1];
		want[at] = x;
	}
	*wants = kept < ROUTING_GOODS ? kept : ROUTING_GOODS;
}

static const struct parts *
parts_of(const struct takes *t, size_t n, uint64_t service_id)
{
	for (size_t i = 0; i < n; i++)
		if (t[i].service_id == service_id)
			return &t[i].parts;
	return NULL;
}

static uint32_t
quantity(const struct parts *p, struct str name)
{
	uint32_t sum = 0;

	for (size_t k = 0; p != NULL && k < p->rows_n; k++)
		sum += str_eq_nocase(p->rows[k].name, name) ? p->rows[k].quantity : 0;
	return sum;
}

static uint32_t
on_board(const struct stock_line_row *s, size_t n, uint64_t tech_id, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (s[i].place_id == tech_id && s[i].counted_at.is && str_eq_nocase(s[i].item, name)) {
			int64_t units = s[i].holds_x100 > 0 && s[i].amount_x100 > 0 ? s[i].amount_x100 / s[i].holds_x100 : 0;

			return units > PLENTY ? PLENTY : (uint32_t)units;
		}
	return PLENTY;
}

struct str
routes_errand(struct work *w, const struct route_facts *f, const struct route_load *l, size_t loads,
    const struct route_stop *all, size_t n, const struct route_stop *s)
{
	struct buf out = buf_open(w->arena, VISIT_FETCH_MAX, VISIT_FETCH_MAX);
	uint64_t wants[ROUTING_GOODS] = {0};
	uint32_t tech = 0;

	while (loads > 0 && !(s->to_tech.is && l->tech_id == s->to_tech.v && l->supply.is && s->to_at == l->supply_after + 1)) {
		loads--;
		l++;
	}
	while (tech < f->rounds.techs && (loads == 0 || f->tech[tech].id != l->tech_id))
		tech++;
	if (tech == f->rounds.techs)
		return STR("");
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = 0; all[i].to_tech.is && all[i].to_tech.v == l->tech_id && !all[i].fixed && k < f->rounds.stops; k++)
			for (int g = 0; f->row[k].id == all[i].record_id && g < ROUTING_GOODS; g++)
				wants[g] += f->stop[k].goods[g];
	for (int g = 0; g < ROUTING_GOODS; g++)
		if (wants[g] > f->tech[tech].van[g])
			buf_printf(&out, "%s%llu × %.*s", out.n == 0 ? "" : ", ",
			    (unsigned long long)(wants[g] - f->tech[tech].van[g]), STR_ARG(f->good[g]));
	return out.full ? audit_cut(w->arena, f->good[0], VISIT_FETCH_MAX) : buf_str(&out);
}
