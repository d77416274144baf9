/*
 * fcgi/acts/work.c -- load, decide, save, tell: what technicians are to the plan.
 */
#include "fcgi/acts/work.h"

#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_place.h"
#include "sql/tenant/queries/services.h"
#include "sql/tenant/queries/visits.h"
#include "sql/tenant/queries/work.h"
#include "tenancy/credential.h"

#define FEED_BACK_DAYS 7
#define FEED_DAYS 60
#define DAY_MINUTES 1440

static struct day today(const struct work *w);
static enum err technician_days(struct work *w, const struct technicians_query *q, const struct availability *all,
    size_t n, struct technician *out);
static void endings(struct work *w, const struct skill_ending_row *rows, size_t n, struct technician *out);
static struct maybe_i32 kept(struct str address, struct maybe_i64 said, struct str was_address, struct maybe_i32 was);
static enum err looked_up(struct work *w, uint64_t id, struct str address, struct maybe_i32 lat_e6);
static void hours_read(const struct availability *a, size_t n, struct day from, struct staff_work *out);
static enum err pair(struct work *w, struct maybe_i64 lat, struct maybe_i64 lng, const char *field);

enum err
act_technicians(struct work *w, const struct technicians_query *q, struct technician_page *out)
{
	struct availability *all;
	struct skill_ending_row *ending;
	struct worker_row *rows;
	size_t n, all_n, ending_n;

	if (q->to.n < q->from.n)
		return fail(&w->fault, E_INVALID, "to", "The last day is before the first.");
	if (q->to.n - q->from.n >= TECHNICIAN_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to", "This is too much for one look. Choose fewer days, or one technician.");
	TRY(sql_workers(w->db, STAFF_DISABLED, w->arena, &rows, &n));
	TRY(sql_availability_of_all(w->db, AVAILABLE_HOURS, q->from, q->to, STAFF_DISABLED, w->arena, &all, &all_n));
	TRY(sql_skills_ending(w->db, day_add(today(w), ENDS_SOON_DAYS), STAFF_DISABLED, w->arena, &ending, &ending_n));
	*out = (struct technician_page){.rows = arena_array(w->arena, struct technician, n)};
	for (size_t i = 0; i < n && out->rows_n < WORKERS_MAX; i++) {
		struct technician *t = &out->rows[out->rows_n];
		size_t first = 0, count = 0;

		if (!staff_drives(rows[i].role, rows[i].own_may, rows[i].colour))
			continue;
		while (first < all_n && all[first].staff_id != rows[i].id)
			first++;
		while (first + count < all_n && all[first + count].staff_id == rows[i].id)
			count++;
		*t = (struct technician){.id = rows[i].id, .name = rows[i].name, .colour = rows[i].colour,
		    .vehicle = rows[i].vehicle};
		endings(w, ending, ending_n, t);
		TRY(technician_days(w, q, all + first, count, t));
		out->rows_n++;
	}
	return OK;
}

enum err
act_staff_work(struct work *w, uint64_t id, struct staff_work *out)
{
	struct staff_skill_row *skills;
	struct availability *rows;
	struct worker_row p;
	size_t n;

	TRY(sql_worker_one(w->db, id, w->arena, &p));
	*out = (struct staff_work){
	    .id = p.id,
	    .name = p.name,
	    .phone = p.phone,
	    .colour = p.colour,
	    .vehicle = p.vehicle,
	    .start_address = p.start_address,
	    .end_address = p.end_address,
	    .start_lat_e6 = {p.start_lat_e6.is, p.start_lat_e6.v},
	    .start_lng_e6 = {p.start_lng_e6.is, p.start_lng_e6.v},
	    .end_lat_e6 = {p.end_lat_e6.is, p.end_lat_e6.v},
	    .end_lng_e6 = {p.end_lng_e6.is, p.end_lng_e6.v},
	    .has_feed = p.has_feed,
	    .version = p.version,
	};
	TRY(sql_skills_of_staff(w->db, id, w->arena, &skills, &out->skills_n));
	out->skills = arena_array(w->arena, struct staff_skill, out->skills_n);
	for (size_t i = 0; i < out->skills_n; i++)
		out->skills[i] = (struct staff_skill){skills[i].skill_id, skills[i].name, skills[i].certificate,
		    skills[i].expires_day, skills[i].expires_day.is && skills[i].expires_day.v.n < today(w).n};
	TRY(sql_availability_of(w->db, id, AVAILABLE_HOURS, today(w), w->arena, &rows, &n));
	out->hours = arena_array(w->arena, struct hours_line, n);
	out->off = arena_array(w->arena, struct off_line, n);
	hours_read(rows, n, today(w), out);
	return OK;
}

enum err
act_staff_work_change(struct work *w, uint64_t id, const struct work_change *in, struct staff_work *out)
{
	struct worker_row was;
	struct str phone;

	TRY(phone_read(in->phone, w->arena, &phone, "phone", &w->fault));
	TRY(pair(w, in->start_lat_e6, in->start_lng_e6, "start_lat_e6"));
	TRY(pair(w, in->end_lat_e6, in->end_lng_e6, "end_lat_e6"));
	TRY(sql_worker_one(w->db, id, w->arena, &was));
	const struct str start = str_trim(in->start_address), end = str_trim(in->end_address);
	const struct maybe_i32 start_lat = kept(start, in->start_lat_e6, was.start_address, was.start_lat_e6);
	const struct maybe_i32 end_lat = kept(end, in->end_lat_e6, was.end_address, was.end_lat_e6);
	TRY(sql_worker_change(w->db, id, phone, in->colour, in->vehicle, start, start_lat,
	    kept(start, in->start_lng_e6, was.start_address, was.start_lng_e6), end, end_lat,
	    kept(end, in->end_lng_e6, was.end_address, was.end_lng_e6), in->version));
	TRY(looked_up(w, id, start, start_lat));
	if (!str_eq(start, end))
		TRY(looked_up(w, id, end, end_lat));
	TRY(act_staff_work(w, id, out));
	return audit(w, "staff.work_changed", "staff", id, out->name);
}

enum err
act_staff_skills(struct work *w, uint64_t id, const struct skills_change *in, struct staff_work *out)
{
	uint64_t dropped;

	TRY(act_staff_work(w, id, out));
	TRY(sql_worker_touch(w->db, id, in->version));
	TRY(sql_staff_skills_drop(w->db, id, &dropped));
	for (size_t i = 0; i < in->rows_n; i++) {
		const struct staff_skill *s = &in->rows[i];
		struct skill_row row;

		enum err e = sql_skill_one(w->db, s->skill_id, SETTING_SKILL, w->arena, &row);
		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "skill_id", "This skill does not exist.");
		TRY(e);
		for (size_t k = 0; k < i; k++)
			if (in->rows[k].skill_id == s->skill_id)
				return fail(&w->fault, E_INVALID, "skill_id", "This skill is there twice.");
		TRY(sql_staff_skill_insert(w->db, id, s->skill_id, s->certificate, s->expires_day));
	}
	TRY(act_staff_work(w, id, out));
	return audit(w, "staff.skills_changed", "staff", id, out->name);
}

enum err
act_staff_hours(struct work *w, uint64_t id, const struct hours_change *in, struct staff_work *out)
{
	uint64_t dropped;

	TRY(act_staff_work(w, id, out));
	TRY(sql_worker_touch(w->db, id, in->version));
	TRY(sql_hours_drop(w->db, id, AVAILABLE_HOURS, in->from_day, &dropped));
	for (enum weekday d = MONDAY; d <= SUNDAY; d++) {
		bool works = false;

		for (size_t i = 0; i < in->rows_n; i++) {
			if (in->rows[i].weekday != d)
				continue;
			if (in->rows[i].from_minute >= in->rows[i].to_minute)
				return fail(&w->fault, E_INVALID, "to_minute", "The end is before the beginning.");
			for (size_t k = 0; k < i; k++)
				if (in->rows[k].weekday == d && in->rows[k].from_minute < in->rows[i].to_minute &&
				    in->rows[i].from_minute < in->rows[k].to_minute)
					return fail(&w->fault, E_INVALID, "from_minute", "These hours overlap others of the same day.");
			works = true;
			TRY(sql_availability_insert(w->db, work_id(w), id, AVAILABLE_HOURS, d, in->from_day,
			    (struct maybe_day){0}, in->rows[i].from_minute, in->rows[i].to_minute, STR("")));
		}
		/* A free day is said too, or the hours of before would go on. */
		if (!works)
			TRY(sql_availability_insert(w->db, work_id(w), id, AVAILABLE_HOURS, d, in->from_day,
			    (struct maybe_day){0}, 0, 0, STR("")));
	}
	TRY(act_staff_work(w, id, out));
	return audit(w, "staff.hours_changed", "staff", id, out->name);
}

enum err
act_staff_off(struct work *w, uint64_t id, const struct off_wish *in, struct staff_work *out)
{
	const uint32_t from = in->from_minute.is ? in->from_minute.v : 0, to = in->to_minute.is ? in->to_minute.v : DAY_MINUTES;

	TRY(act_staff_work(w, id, out));
	if (in->to_day.is && in->to_day.v.n < in->from_day.n)
		return fail(&w->fault, E_INVALID, "to_day", "The last day is before the first.");
	if (from >= to)
		return fail(&w->fault, E_INVALID, "to_minute", "The end is before the beginning.");
	if (out->off_n + out->hours_n >= AVAILABILITY_MAX - 10)
		return fail(&w->fault, E_LIMIT, NULL, "That is enough time off.");
	TRY(sql_worker_touch(w->db, id, out->version));
	TRY(sql_availability_insert(w->db, work_id(w), id, AVAILABLE_OFF, MONDAY, in->from_day, in->to_day, from, to,
	    in->reason));
	TRY(audit(w, "staff.time_off", "staff", id, out->name));
	return act_staff_work(w, id, out);
}

enum err
act_staff_off_drop(struct work *w, uint64_t id, uint64_t off, struct staff_work *out)
{
	TRY(act_staff_work(w, id, out));
	bool there = false;
	for (size_t i = 0; i < out->off_n; i++)
		there |= out->off[i].id == off;
	if (!there)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	TRY(sql_availability_drop(w->db, off, id, AVAILABLE_OFF));
	TRY(audit(w, "staff.time_off_dropped", "staff", id, out->name));
	return act_staff_work(w, id, out);
}

enum err
act_feed_make(struct work *w, uint64_t id, struct feed *out)
{
	struct worker_row p;
	struct token t;

	TRY(sql_worker_one(w->db, id, w->arena, &p));
	token_make(&t);
	TRY(sql_worker_feed(w->db, id, (struct maybe_str){true, {(const char *)t.hash, HASH_BYTES}}));
	out->url = str_printf(w->arena, "%s?key=%s",
	    company_url(w, "api/tech/calendar.ics").p, t.text);
	return audit(w, "staff.feed_made", "staff", id, p.name);
}

enum err
act_feed_drop(struct work *w, uint64_t id)
{
	struct worker_row p;

	TRY(sql_worker_one(w->db, id, w->arena, &p));
	TRY(sql_worker_feed(w->db, id, (struct maybe_str){0}));
	return audit(w, "staff.feed_dropped", "staff", id, p.name);
}

enum err
act_feed_read(struct work *w, struct str key, struct feed_visits *out)
{
	const struct day from = day_add(today(w), -FEED_BACK_DAYS);
	uint8_t hash[HASH_BYTES];
	struct worker_row *p = NULL;

	if (token_hash(key, hash))
		TRY(sql_worker_of_feed(w->db, (struct str){(const char *)hash, HASH_BYTES}, STAFF_ACTIVE, w->arena, &p));
	if (p == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	*out = (struct feed_visits){.name = p->name, .language = language_of(p->language)};
	return sql_visits_between(w->db, from, day_add(from, FEED_DAYS), (struct maybe_u64){true, p->id}, w->arena,
	    &out->rows, &out->rows_n);
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}

static enum err
technician_days(struct work *w, const struct technicians_query *q, const struct availability *all, size_t n,
    struct technician *out)
{
	out->days_n = (size_t)(q->to.n - q->from.n + 1);
	out->days = arena_array(w->arena, struct technician_day, out->days_n);
	for (size_t i = 0; i < out->days_n; i++) {
		struct technician_day *d = &out->days[i];
		struct stretch s[STRETCHES_MAX];
		size_t k;

		d->day = day_add(q->from, (int32_t)i);
		d->said = hours_of_day(all, n, d->day, s, &k);
		d->minutes = hours_minutes(s, k);
		if (k > 0) {
			d->from_minute = (struct maybe_u32){true, s[0].from_minute};
			d->to_minute = (struct maybe_u32){true, s[k - 1].to_minute};
		}
		for (size_t j = 0; j < n; j++)
			if (all[j].kind == AVAILABLE_OFF && all[j].from_day.n <= d->day.n &&
			    (!all[j].to_day.is || d->day.n <= all[j].to_day.v.n))
				d->off = all[j].reason;
	}
	return OK;
}

/* Hours that others of their weekday have replaced by now are history. */
static void
hours_read(const struct availability *a, size_t n, struct day from, struct staff_work *out)
{
	for (size_t i = 0; i < n; i++) {
		bool past = false;

		if (a[i].kind == AVAILABLE_OFF) {
			out->off[out->off_n++] = (struct off_line){a[i].id, a[i].from_day, a[i].to_day, a[i].from_minute,
			    a[i].to_minute, a[i].reason};
			continue;
		}
		for (size_t k = 0; k < n; k++)
			past |= a[k].kind == AVAILABLE_HOURS && a[k].weekday == a[i].weekday &&
			    a[k].from_day.n > a[i].from_day.n && a[k].from_day.n <= from.n;
		if (!past && a[i].from_minute < a[i].to_minute)
			out->hours[out->hours_n++] = (struct hours_line){a[i].weekday, a[i].from_day, a[i].from_minute,
			    a[i].to_minute};
	}
}

static enum err
pair(struct work *w, struct maybe_i64 lat, struct maybe_i64 lng, const char *field)
{
	if (lat.is != lng.is)
		return fail(&w->fault, E_INVALID, field, "A place has a latitude and a longitude.");
	return OK;
}

/* What is said now; of an address that stays as it was, the place that was found for it. The row is compared by its version. */
static struct maybe_i32
kept(struct str address, struct maybe_i64 said, struct str was_address, struct maybe_i32 was)
{
	if (!said.is && address.n > 0 && str_eq(address, was_address))
		return was;
	return (struct maybe_i32){said.is, (int32_t)said.v};
}

static enum err
looked_up(struct work *w, uint64_t id, struct str address, struct maybe_i32 lat_e6)
{
	return address.n == 0 || lat_e6.is ? OK : tell_home(w, id, address);
}

/* The rows come in the order of people. */
static void
endings(struct work *w, const struct skill_ending_row *rows, size_t n, struct technician *out)
{
	size_t first = 0, count = 0;

	while (first < n && rows[first].staff_id != out->id)
		first++;
	while (first + count < n && rows[first + count].staff_id == out->id && count < STAFF_SKILLS_MAX)
		count++;
	out->ending = arena_array(w->arena, struct skill_ending, count);
	out->ending_n = count;
	for (size_t i = 0; i < count; i++)
		out->ending[i] = (struct skill_ending){rows[first + i].name, rows[first + i].expires_day,
		    rows[first + i].expires_day.v.n < today(w).n};
}
