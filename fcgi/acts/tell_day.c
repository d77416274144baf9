/*
 * fcgi/acts/tell_day.c -- stop cards: a technician's day kept flat by whatever changes a visit.
 *
 * 1. The head of a day is locked before its cards are written, heads in ascending order: it is the guard, and
 *    its version says that something changed. Where a head says "built", all cards of its day are there.
 * 2. Cards are kept from yesterday to a week ahead. Other days are read from their sources.
 * 3. A card is what its sources say (tell_day_cards); a test compares them.
 */
#include "fcgi/acts/tell_day.h"

#include "fcgi/acts/tell.h"

#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_bill.h"

#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_proof.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/sessions.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"

/* A day whose head is locked. */
struct held {
	struct tech_day at;
	uint32_t version; /* after the bump */
	bool built;       /* before it */
	uint64_t came;    /* the agreement whose stops are new, and nothing else is; 0: anything may be different */
};

struct more_days {
	bool again;
};

static bool kept(const struct work *w, struct day d);
static bool in_day(const struct visit *v);
static enum err briefs_from(struct work *w, uint64_t customer_id, struct day first, uint64_t but);
static enum err hold(struct work *w, struct tech_day at, struct held *out);
static enum err follow(struct work *w, const struct visit *was, const struct visit *is, const struct held *from,
    const struct held *to);
static bool replanned(const struct visit *was, const struct visit *is);
static enum err step(struct work *w, const struct visit *v);
static enum err put(struct work *w, const struct visit *v, const struct held *h, const struct card_told *had, bool news);
static enum err build(struct work *w, const struct held *h, bool news);
static const struct card_told *told_of(const struct card_told *all, size_t n, uint64_t visit_id);
static bool says(const struct card_told *had, const struct visit *v, struct str brief);
static enum err again(struct work *w, const struct tech_day *d, size_t n, uint64_t came, bool quiet);
static bool to_be_told(const struct work *w, const struct tech_day *at);
static enum err news(struct work *w, const struct visit *was, const struct visit *is, const struct held *from,
    const struct held *to);
static enum err news_order(struct work *w, const struct held *of, enum brief_news what, uint64_t visit_id);
static enum err log_write(struct work *w, const struct visit *is, const struct visit_said *said, uint32_t version);
static int before(const struct tech_day *a, const struct tech_day *b);
static size_t sort(struct tech_day *d, size_t n);

enum err
tell_visit(struct work *w, const struct visit *was, const struct visit *is, const struct visit_said *said)
{
	const struct visit *old = was == NULL ? is : was;
	struct tech_day a = {old->tech_id.is ? old->tech_id.v : 0, old->day},
	    b = {is->tech_id.is ? is->tech_id.v : 0, is->day};
	const bool one = before(&a, &b) == 0, turned = before(&a, &b) > 0;
	struct held first = {0}, second = {0};

	TRY(hold(w, turned ? b : a, &first));
	if (one)
		second = first;
	else
		TRY(hold(w, turned ? a : b, &second));
	TRY(log_write(w, is, said, turned ? first.version : second.version));
	if (was != NULL && was->state != is->state)
		TRY(tell_visit_charge(w, is));
	if (is->state == VISIT_DONE || is->state == VISIT_NO_ACCESS ||
	    (was != NULL && was->state != is->state && (visit_over(is->state) || visit_over(was->state))))
		TRY(tell_record(w, is->id));
	TRY(follow(w, was, is, turned ? &second : &first, turned ? &first : &second));
	TRY(tell_visit_facts(w, was, is));
	/* The office confirms what somebody booked by giving it to a technician. */
	if (was != NULL && !was->tech_id.is && is->tech_id.is && is->source == VISIT_OF_BOOKING && w->actor.kind == ACTOR_STAFF)
		TRY(tell_booked(w, is, true, false));
	/* A window of today that is new to the plan: somebody watches it from now on. */
	if (is->to_minute.is && is->day.n == zone_day(w->tenant->zone, w->now).n && (was == NULL || replanned(was, is)))
		TRY(tell_watch(w, w->now + 300));
	if (was == NULL)
		TRY(tell_landed(w, is));
	return news(w, was, is, turned ? &second : &first, turned ? &first : &second);
}

enum err
tell_live(struct work *w)
{
	static const struct field fields[] = {FIELD_BOOL(struct more_days, again), FIELD_END};
	static const struct shape shape = {"LiveHint", sizeof(struct more_days), fields};

	if (w->hinted)
		return OK;
	w->hinted = true;
	return tell(w, "live", &shape, &(struct more_days){false});
}

enum err
tell_device(struct work *w, uint64_t device_id)
{
	const uint64_t before = w->actor.device;
	struct device_row *was;
	uint64_t changed;

	if (before == device_id)
		return OK;
	w->actor.device = device_id;
	TRY(sql_session_on_device(w->db, w->actor.session, device_id, &changed));
	if (before == 0)
		return OK;
	/* The same phone under another name: a PIN that was chosen there is not free to be chosen again. */
	TRY(sql_device_one(w->db, before, w->arena, &was));
	return was != NULL && was->pin_at.is ? sql_device_pin(w->db, device_id, was->pin_at.v) : OK;
}

enum err
tell_days(struct work *w, const struct tech_day *d, size_t n)
{
	return again(w, d, n, 0, false);
}

enum err
tell_days_came(struct work *w, uint64_t agreement_id)
{
	struct tech_day *d = arena_array(w->arena, struct tech_day, TECH_DAYS_MAX);
	size_t n = 0;

	TRY(tell_days_of_agreement(w, agreement_id, d, &n));
	return again(w, d, n, agreement_id, false);
}

enum err
tell_renumbered(struct work *w, const struct tech_day *d)
{
	return again(w, d, 1, 0, true);
}

static enum err
again(struct work *w, const struct tech_day *d, size_t n, uint64_t came, bool quiet)
{
	struct tech_day *all = arena_array(w->arena, struct tech_day, n);

	if (n > 0)
		memcpy(all, d, n * sizeof(*d));
	n = sort(all, n);
	for (size_t i = 0; i < n; i++) {
		struct held h;

		if (!kept(w, all[i].day))
			continue;
		TRY(hold(w, all[i], &h));
		/* What a night builds for the first time is no news. */
		const bool news = h.built || w->actor.kind != ACTOR_SYSTEM;

		h.came = came;
		TRY(build(w, &h, news));
		if (!quiet && news && to_be_told(w, &h.at))
			TRY(news_order(w, &h, BRIEF_MANY, 0));
	}
	return OK;
}

enum err
tell_clock(struct work *w, uint64_t tech_id, struct day day)
{
	for (int32_t i = 0; i < 2; i++) {
		struct held h;

		TRY(hold(w, (struct tech_day){tech_id, day_add(day, i)}, &h));
		if (h.version > 0 && !h.built)
			TRY(build(w, &h, false));
	}
	return OK;
}

enum err
tell_progress(struct work *w, uint64_t visit_id)
{
	struct visit v;
	struct held h;
	enum err e = sql_visit_for_update(w->db, visit_id, w->arena, &v);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (!in_day(&v))
		return OK;
	TRY(hold(w, (struct tech_day){v.tech_id.v, v.day}, &h));
	return h.version == 0 ? OK : h.built ? step(w, &v) : build(w, &h, false);
}

enum err
tell_services(struct work *w)
{
	static const struct field fields[] = {FIELD_BOOL(struct more_days, again), FIELD_END};
	static const struct shape shape = {"MoreDays", sizeof(struct more_days), fields};
	const struct day today = zone_day(w->tenant->zone, w->now);
	uint64_t changed;

	TRY(sql_days_unbuild(w->db, day_add(today, -CARD_BACK_DAYS), day_add(today, CARD_AHEAD_DAYS), &changed));
	return tell(w, "cards", &shape, &(struct more_days){true});
}

enum err
tell_days_of_agreement(struct work *w, uint64_t agreement_id, struct tech_day *d, size_t *n)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct tech_day_row *rows;
	size_t more;

	TRY(sql_tech_days_of_agreement(w->db, agreement_id, day_add(today, -CARD_BACK_DAYS),
	    day_add(today, CARD_AHEAD_DAYS), w->arena, &rows, &more));
	for (size_t i = 0; i < more && *n < TECH_DAYS_MAX; i++)
		d[(*n)++] = (struct tech_day){rows[i].tech_id, rows[i].day};
	return OK;
}

enum err
tell_brief(struct work *w, uint64_t customer_id)
{
	return briefs_from(w, customer_id, day_add(zone_day(w->tenant->zone, w->now), -CARD_BACK_DAYS), 0);
}

enum err
tell_brief_after(struct work *w, const struct visit *v)
{
	const struct day first = day_add(zone_day(w->tenant->zone, w->now), -CARD_BACK_DAYS);

	return briefs_from(w, v->customer_id, v->day.n < first.n ? first : v->day, v->id);
}

/* but: a visit whose own brief does not follow from what happened */
static enum err
briefs_from(struct work *w, uint64_t customer_id, struct day first, uint64_t but)
{
	const struct day last = day_add(zone_day(w->tenant->zone, w->now), CARD_AHEAD_DAYS);
	struct visit *v;
	uint64_t changed;
	size_t n;

	if (first.n > last.n)
		return OK;
	TRY(sql_visits_of_customer_between(w->db, customer_id, first, last, VISIT_CANCELLED, w->arena, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct str brief;
		struct held h;

		if (v[i].id == but)
			continue;
		TRY(hold(w, (struct tech_day){v[i].tech_id.v, v[i].day}, &h));
		if (!h.built) {
			TRY(build(w, &h, false));
			continue;
		}
		TRY(brief_write(w, v[i].id, &brief));
		TRY(sql_card_brief(w->db, v[i].id, brief, v[i].version, &changed));
	}
	return OK;
}

enum err
tell_briefs(struct work *w, struct str ids)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct tech_day_customer *row;
	size_t n;

	TRY(sql_customers_with_visits(w->db, ids, day_add(today, -CARD_BACK_DAYS), day_add(today, CARD_AHEAD_DAYS),
	    VISIT_CANCELLED, w->arena, &row, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_brief(w, row[i].customer_id));
	return OK;
}

enum err
tell_day_cards(struct work *w, uint64_t tech_id, struct day day, struct card_row **rows, size_t *n)
{
	struct visit *v;

	TRY(sql_visits_of_tech_day(w->db, tech_id, day, VISIT_CANCELLED, w->arena, &v, n));
	*rows = arena_array(w->arena, struct card_row, *n);
	for (size_t i = 0; i < *n; i++) {
		struct card_row *c = &(*rows)[i];

		*c = (struct card_row){.id = v[i].id, .seq = v[i].seq, .state = v[i].state, .from_minute = v[i].from_minute,
		    .to_minute = v[i].to_minute, .minutes = v[i].minutes, .on_way_at = v[i].on_way_at,
		    .started_at = v[i].started_at, .ended_at = v[i].ended_at, .confirmed_at = v[i].confirmed_at,
		    .flag = v[i].flag, .skip_reason = v[i].skip_reason, .note = v[i].note, .fetched_at = v[i].fetched_at,
		    .visit_version = v[i].version};
		TRY(brief_write(w, v[i].id, &c->brief));
		TRY(progress_write(w, v[i].id, &c->progress));
	}
	return OK;
}

static bool
kept(const struct work *w, struct day d)
{
	const struct day today = zone_day(w->tenant->zone, w->now);

	return d.n >= today.n - CARD_BACK_DAYS && d.n <= today.n + CARD_AHEAD_DAYS;
}

static bool
in_day(const struct visit *v)
{
	return v->tech_id.is && v->state != VISIT_CANCELLED;
}

/* Locks the head and moves its version on. Of a day that is not kept there is none: version 0. */
static enum err
hold(struct work *w, struct tech_day at, struct held *out)
{
	struct day_head *head;
	enum err e;

	*out = (struct held){.at = at};
	if (!kept(w, at.day))
		return OK;
	TRY(sql_day_head_for_update(w->db, at.tech_id, at.day, w->arena, &head));
	if (head == NULL) {
		e = sql_day_head_insert(w->db, at.tech_id, at.day);
		if (e == E_STALE) {
			w->fault = (struct fault){0};
			return fail(&w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
		}
		TRY(e);
		out->version = 1;
	} else {
		out->version = head->version;
		out->built = head->built;
	}
	TRY(sql_day_head_bump(w->db, at.tech_id, at.day, at.tech_id != 0));
	out->version++;
	return tell_live(w);
}

static enum err
follow(struct work *w, const struct visit *was, const struct visit *is, const struct held *from, const struct held *to)
{
	const bool moved = before(&from->at, &to->at) != 0;
	uint64_t changed;

	if (was != NULL && !replanned(was, is) && to->built && in_day(was) && in_day(is))
		return step(w, is);
	TRY(sql_card_drop(w->db, is->id, &changed));
	if (moved && from->version > 0 && from->at.tech_id != 0 && !from->built)
		TRY(build(w, from, true));
	if (to->version == 0 || to->at.tech_id == 0)
		return OK;
	if (!to->built)
		return build(w, to, true);
	return in_day(is) ? put(w, is, to, NULL, true) : OK;
}

static bool
replanned(const struct visit *was, const struct visit *is)
{
	return was->tech_id.is != is->tech_id.is || was->tech_id.v != is->tech_id.v || was->day.n != is->day.n ||
	    was->seq != is->seq || was->from_minute.is != is->from_minute.is || was->from_minute.v != is->from_minute.v ||
	    was->to_minute.is != is->to_minute.is || was->to_minute.v != is->to_minute.v ||
	    was->minutes != is->minutes || was->service_id != is->service_id || was->customer_id != is->customer_id ||
	    !str_eq(was->note, is->note) || !str_eq(was->errand, is->errand) || was->errand_minutes != is->errand_minutes;
}

static enum err
step(struct work *w, const struct visit *v)
{
	struct str progress;
	uint64_t changed;

	TRY(progress_write(w, v->id, &progress));
	return sql_card_step(w->db, v->id, v->state, v->on_way_at, v->started_at, v->ended_at, v->confirmed_at, v->flag,
	    v->skip_reason, v->fetched_at, v->version, progress, &changed);
}

/* had: what the phone was told of it before; NULL: nothing. */
static enum err
put(struct work *w, const struct visit *v, const struct held *h, const struct card_told *had, bool news)
{
	const struct tech_day at = {v->tech_id.v, v->day};
	struct maybe_i64 told = {news && to_be_told(w, &at), w->now};
	struct str brief, progress;
	uint32_t since = h->version;

	TRY(brief_write(w, v->id, &brief));
	TRY(progress_write(w, v->id, &progress));
	if (had != NULL && says(had, v, brief)) {
		since = had->since;
		told = had->told_at;
	}
	return sql_card_insert(w->db, v->tech_id.v, v->day, v->seq, v->id, v->state, v->from_minute, v->to_minute,
	    v->minutes, v->on_way_at, v->started_at, v->ended_at, v->confirmed_at, v->flag, v->skip_reason, v->note,
	    v->fetched_at, v->version, brief, progress, since, told);
}

/*
 * All cards of a day anew; a stop that stands in another day's cards by now leaves them. A card that only has another place in the
 * order stays told and received: the day's version brings the order, and twelve stops are not undelivered because a thirteenth came.
 * Where nothing else is new theirs alone are written: a day of thirty stops would take 465 cards while it fills.
 */
static enum err
build(struct work *w, const struct held *h, bool news)
{
	const bool all = h->came == 0 || !h->built;
	struct card_told *had;
	uint64_t changed;
	struct visit *v;
	size_t n, had_n;

	TRY(sql_cards_told(w->db, h->at.tech_id, h->at.day, w->arena, &had, &had_n));
	if (all)
		TRY(sql_day_clear(w->db, h->at.tech_id, h->at.day, &changed));
	if (h->at.tech_id == 0)
		return OK;
	TRY(sql_visits_of_tech_day(w->db, h->at.tech_id, h->at.day, VISIT_CANCELLED, w->arena, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (!all && (!v[i].agreement_id.is || v[i].agreement_id.v != h->came))
			continue;
		TRY(sql_card_drop(w->db, v[i].id, &changed));
		TRY(put(w, &v[i], h, told_of(had, had_n, v[i].id), news));
	}
	return OK;
}

static const struct card_told *
told_of(const struct card_told *all, size_t n, uint64_t visit_id)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].id == visit_id)
			return &all[i];
	return NULL;
}

static bool
says(const struct card_told *had, const struct visit *v, struct str brief)
{
	return had->from_minute.is == v->from_minute.is && had->from_minute.v == v->from_minute.v &&
	    had->to_minute.is == v->to_minute.is && had->to_minute.v == v->to_minute.v && had->minutes == v->minutes &&
	    str_eq(had->note, v->note) && str_eq(had->brief, brief);
}

/* The phone holds today and tomorrow. Whoever does it on their own phone knows. */
static bool
to_be_told(const struct work *w, const struct tech_day *at)
{
	const struct day today = zone_day(w->tenant->zone, w->now);

	return at->tech_id != 0 && at->day.n >= today.n && at->day.n <= today.n + 1 &&
	    !(w->actor.kind == ACTOR_STAFF && w->actor.id == at->tech_id);
}

static enum err
news(struct work *w, const struct visit *was, const struct visit *is, const struct held *from, const struct held *to)
{
	const bool had = was != NULL && in_day(was), has = in_day(is), moved = before(&from->at, &to->at) != 0;

	if (had && (moved || !has) && to_be_told(w, &from->at))
		TRY(news_order(w, from, BRIEF_GONE, is->id));
	if (!has || !to_be_told(w, &to->at))
		return OK;
	if (!had || moved)
		return news_order(w, to, BRIEF_NEW, is->id);
	if (replanned(was, is) || (was->state != is->state && is->state != VISIT_DONE))
		return news_order(w, to, BRIEF_CHANGED, is->id);
	return OK;
}

static enum err
news_order(struct work *w, const struct held *of, enum brief_news what, uint64_t visit_id)
{
	const struct brief_order o = {.tech_id = of->at.tech_id, .day = of->at.day, .version = of->version, .news = what,
	    .visit_id = {visit_id != 0, visit_id}};

	return of->version == 0 ? OK : tell(w, "brief", &brief_order_shape, &o);
}

static enum err
log_write(struct work *w, const struct visit *is, const struct visit_said *said, uint32_t version)
{
	const bool phone = said->device_id != 0;

	return sql_log_insert(w->db, said->id != 0 ? said->id : work_id(w), is->id, said->verb, SYNC_APPLIED,
	    w->actor.kind, w->actor.id, (struct maybe_u64){phone, said->device_id}, (struct maybe_u32){phone, said->n},
	    phone ? said->device_at : w->now, said->skew_s, w->now, is->version, version, STR(""),
	    said->body.p == NULL ? STR("") : said->body);
}

static int
before(const struct tech_day *a, const struct tech_day *b)
{
	if (a->tech_id != b->tech_id)
		return a->tech_id < b->tech_id ? -1 : 1;
	return a->day.n < b->day.n ? -1 : a->day.n > b->day.n;
}

/* In ascending order, each once: heads are locked so, and two works do not wait for each other in a circle. */
static size_t
sort(struct tech_day *d, size_t n)
{
	size_t kept_n = 0;

	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && before(&d[k], &d[k - 1]) < 0; k--) {
			const struct tech_day t = d[k];

			d[k] = d[k - 1];
			d[k - 1] = t;
		}
	for (size_t i = 0; i < n; i++)
		if (kept_n == 0 || before(&d[kept_n - 1], &d[i]) != 0)
			d[kept_n++] = d[i];
	return kept_n;
}
