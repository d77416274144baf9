/*
 * fcgi/acts/tell_van.c -- what services take out of the vans, and what is in them: one answer for plans, offers and a day
 * planned anew.
 *
 * A service lists its parts by name; an item of the same name says how many each van has. A van in which nobody ever
 * counted an item is taken to have it.
 */
#include "fcgi/acts/tell_van.h"

#include "domain/dispatch/shift.h"
#include "fcgi/acts/tell.h"

#include "fcgi/acts/tell_board.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/routes.h"

#define WANTED_MAX 64
#define LISTED_MAX 100

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

/* The parts of one service. */
struct takes {
	uint64_t service_id;
	struct parts parts;
};
struct vans {
	struct takes *takes;
	size_t takes_n;
	struct stock_line_row *stock;
	size_t stock_n;
};

/* One part that some stop takes. */
struct wanted {
	struct str name;
	uint64_t all;
	int64_t short_by; /* of the emptiest van, if it did everything alone */
};

static const struct parts *parts_of(const struct vans *v, uint64_t service_id);
static size_t wanted_of(const struct vans *v, const uint64_t *service, size_t n, struct wanted *out);

enum err
tell_vans(struct work *w, const uint64_t *service, size_t n, struct vans **out)
{
	struct service_parts_row *rows;
	struct vans *v = arena_new(w->arena, struct vans);
	bool any = false;

	*out = v;
	TRY(sql_services_parts(w->db, w->arena, &rows, &v->takes_n));
	v->takes = arena_array(w->arena, struct takes, v->takes_n);
	for (size_t i = 0; i < v->takes_n; i++) {
		v->takes[i].service_id = rows[i].id;
		TRY(shape_read(&parts_shape, rows[i].parts, w->arena, &v->takes[i].parts, &w->fault));
	}
	for (size_t i = 0; i < n && !any; i++)
		any = parts_of(v, service[i]) != NULL;
	return any ? sql_stock_lines(w->db, (struct maybe_u64){0}, w->arena, &v->stock, &v->stock_n) : OK;
}

uint32_t
vans_take(const struct vans *v, uint64_t service_id, struct str name)
{
	const struct parts *p = parts_of(v, service_id);
	uint32_t sum = 0;

	for (size_t k = 0; p != NULL && k < p->rows_n; k++)
		sum += str_eq_nocase(p->rows[k].name, name) ? p->rows[k].quantity : 0;
	return sum;
}

uint32_t
vans_have(const struct vans *v, uint64_t tech_id, struct str name)
{
	for (size_t i = 0; i < v->stock_n; i++) {
		const struct stock_line_row *s = &v->stock[i];

		if (s->place_id == tech_id && s->counted_at.is && str_eq_nocase(s->item, name)) {
			int64_t units = s->holds_x100 > 0 && s->amount_x100 > 0 ? s->amount_x100 / s->holds_x100 : 0;

			return units > VAN_PLENTY ? VAN_PLENTY : (uint32_t)units;
		}
	}
	return VAN_PLENTY;
}

size_t
vans_goods(const struct vans *v, const uint64_t *service, size_t n, const uint64_t *tech, size_t techs,
    struct str good[DISPATCH_GOODS])
{
	struct wanted want[WANTED_MAX];
	size_t kept = 0, wants = wanted_of(v, service, n, want);

	for (size_t k = 0; k < wants; k++) {
		struct wanted x = want[k];
		size_t at;

		for (size_t t = 0; t < techs; t++) {
			int64_t lacks = (int64_t)x.all - vans_have(v, tech[t], x.name);

			x.short_by = lacks > x.short_by ? lacks : x.short_by;
		}
		if (x.short_by <= 0)
			continue;
		for (at = kept++; at > 0 && want[at - 1].short_by < x.short_by; at--)
			want[at] = want[at - 1];
		want[at] = x;
	}
	kept = kept < DISPATCH_GOODS ? kept : DISPATCH_GOODS;
	for (size_t g = 0; g < kept; g++)
		good[g] = want[g].name;
	return kept;
}

struct str
vans_lack(struct work *w, const struct vans *v, uint64_t service_id, const struct board_lane *l, uint64_t but)
{
	const struct parts *p = parts_of(v, service_id);
	struct buf out = buf_open(w->arena, VISIT_FETCH_MAX, 4 * VISIT_FETCH_MAX);

	for (size_t k = 0; p != NULL && k < p->rows_n; k++) {
		const struct str name = p->rows[k].name;
		const uint64_t need = p->rows[k].quantity;
		uint64_t taken = 0, has = vans_have(v, l->tech_id, name);

		for (size_t i = 0; i < l->lane.stops; i++) {
			if (l->rows[i].fetched_at.is && fetch_list_names(l->rows[i].errand, name))
				has = VAN_PLENTY;
			if (l->rows[i].id != but && (l->rows[i].state == VISIT_SCHEDULED || l->rows[i].state == VISIT_ON_WAY) &&
			    l->rows[i].errand.n == 0)
				taken += vans_take(v, l->rows[i].service_id, name);
		}
		has = has > taken ? has - taken : 0;
		if (need > has)
			fetch_list_add(&out, need - has, name);
	}
	return buf_str(&out);
}

void
fetch_list_add(struct buf *out, uint64_t n, struct str what)
{
	struct buf one = buf_open(out->a, VISIT_FETCH_MAX, 8 * VISIT_FETCH_MAX);
	size_t letters = 0, more = 0;

	buf_add(&one, out->n == 0 ? STR("") : STR(", "));
	if (n > 0)
		buf_printf(&one, "%llu × ", (unsigned long long)n);
	buf_add(&one, what);
	/* What has no room any more is left out whole: half a name would be another thing. */
	if (str_utf8(buf_str(out), &letters) && str_utf8(buf_str(&one), &more) && letters + more <= VISIT_FETCH_MAX)
		buf_add(out, buf_str(&one));
}

bool
fetch_list_names(struct str list, struct str what)
{
	for (size_t i = 0; what.n > 0 && i + what.n <= list.n; i++)
		if (str_eq_nocase(str_sub(list, i, what.n), what))
			return true;
	return false;
}

static const struct parts *
parts_of(const struct vans *v, uint64_t service_id)
{
	for (size_t i = 0; i < v->takes_n; i++)
		if (v->takes[i].service_id == service_id)
			return &v->takes[i].parts;
	return NULL;
}

static size_t
wanted_of(const struct vans *v, const uint64_t *service, size_t n, struct wanted *out)
{
	size_t wants = 0;

	for (size_t i = 0; i < n; i++) {
		const struct parts *p = parts_of(v, service[i]);

		for (size_t k = 0; p != NULL && k < p->rows_n; k++) {
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
