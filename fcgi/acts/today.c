/*
 * fcgi/acts/today.c -- a technician's day as the phone reads it, the receipt for it, and the codes of its stops.
 */
#include "fcgi/acts/today.h"

#include "domain/customers/property.h"
#include "domain/staff/clock.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "sql/tenant/queries/alerts.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/sync.h"
#include "sql/tenant/queries/visits.h"

const char *const clock_kind_names[] = {"", "work", "break", NULL};

static struct day today(const struct work *w);
static enum err unseal(struct work *w, const char *column, uint64_t id, struct maybe_str sealed, struct maybe_str *out);

enum err
act_day_state(struct work *w, struct maybe_day day, struct day_state *out)
{
	struct day_head *head;

	*out = (struct day_state){.day = day.is ? day.v : today(w), .today = today(w)};
	TRY(sql_day_head(w->db, w->actor.id, out->day, w->arena, &head));
	out->version = head != NULL && head->built ? head->version : 0;
	return OK;
}

enum err
act_day(struct work *w, struct maybe_day day, struct tech_day_out *out)
{
	struct card_row *rows;
	size_t n;

	*out = (struct tech_day_out){.day = day.is ? day.v : today(w), .today = today(w), .server_now = w->now};
	/* The cards before the clock: what is newer than its version is told once more, what is older would stay. */
	TRY(sql_day_cards(w->db, w->actor.id, out->day, w->arena, &rows, &n));
	if (n > 0 && rows[0].id == 0 && rows[0].built) {
		out->version = rows[0].version;
		out->seen_version = rows[0].seen_version;
		out->stops = rows + 1;
		out->stops_n = n - 1;
	} else {
		TRY(work_firm(w));
		TRY(tell_day_cards(w, w->actor.id, out->day, &out->stops, &out->stops_n));
	}
	return sql_clock_of_day(w->db, w->actor.id, out->day, day_add(out->day, -1), w->now - CLOCK_LONGEST_S, w->arena,
	    &out->clock, &out->clock_n);
}

enum err
act_tech_shift(struct work *w, struct tech_shift *out)
{
	struct pace pace;
	struct lane l;

	TRY(tell_shift(w, today(w), &l, &pace));
	*out = (struct tech_shift){.day = today(w), .from_minute = (uint32_t)l.from_s / 60, .to_minute = (uint32_t)l.to_s / 60,
	    .lunch_minutes = (uint32_t)l.lunch_s / 60, .lunch_from = (uint32_t)l.lunch_from_s / 60,
	    .lunch_to = (uint32_t)l.lunch_to_s / 60, .start_lat_e6 = {l.placed, l.start.lat_udeg},
	    .start_lng_e6 = {l.placed, l.start.lon_udeg}, .end_lat_e6 = {l.has_end, l.end.lat_udeg},
	    .end_lng_e6 = {l.has_end, l.end.lon_udeg}, .pace_short = pace.band[0], .pace_middling = pace.band[1],
	    .pace_long = pace.band[2]};
	return OK;
}

enum err
act_receipt(struct work *w, const struct receipt_in *in)
{
	uint64_t changed, closed;

	TRY(sql_day_head_seen(w->db, w->actor.id, in->day, in->version, w->now, &changed));
	if (changed == 0)
		return OK;
	TRY(sql_alerts_close_of_staff(w->db, w->actor.id, ALERT_UNDELIVERED, w->now, &closed));
	return tell_live(w);
}

enum err
act_stop_codes(struct work *w, uint64_t visit_id, struct stop_codes *out)
{
	struct codes_row row;
	struct visit v;

	if (w->actor.device == 0)
		return fail(&w->fault, E_FORBIDDEN, "device_id", "Codes go to a phone that the office knows.");
	TRY(sql_visit_one(w->db, visit_id, w->arena, &v));
	if (!v.tech_id.is || v.tech_id.v != w->actor.id)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	if (v.state == VISIT_CANCELLED)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	if (v.day.n != today(w).n && v.day.n != today(w).n + 1)
		return fail(&w->fault, E_FORBIDDEN, "day", "Codes are shown for the stops of today and tomorrow.");
	TRY(sql_property_codes(w->db, v.property_id, w->arena, &row));
	*out = (struct stop_codes){.visit_id = visit_id, .changed_at = row.codes_changed_at};
	TRY(unseal(w, "gate_code", row.id, row.gate_code, &out->gate));
	TRY(unseal(w, "lockbox_code", row.id, row.lockbox_code, &out->lockbox));
	TRY(unseal(w, "alarm_code", row.id, row.alarm_code, &out->alarm));
	TRY(unseal(w, "access_note", row.id, row.access_note, &out->note));
	if (!out->gate.is && !out->lockbox.is && !out->alarm.is && !out->note.is)
		return OK;
	/* Not a look: whoever looks says so (VERB_LOOKED). From here on they could. */
	TRY(audit(w, "code.sent", "property", row.id, STR("")));
	return tell_event(w, &(struct event){.customer_id = row.customer_id, .property_id = row.id, .kind = EVENT_CODES_SENT,
	    .ref_kind = RECORD_PROPERTY, .ref_id = row.id});
}

static struct day
today(const struct work *w)
{
	return zone_day(w->tenant->zone, w->now);
}

static enum err
unseal(struct work *w, const char *column, uint64_t id, struct maybe_str sealed, struct maybe_str *out)
{
	out->is = sealed.is;
	return sealed.is ? work_unseal(w, KEY_GATE, "property", column, id, sealed.v, &out->v) : OK;
}
