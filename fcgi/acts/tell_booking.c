/*
 * fcgi/acts/tell_booking.c -- what a customer is told of what was booked: that it came in, that it
 * is confirmed.
 */
#include "fcgi/acts/tell.h"

#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/queries/company.h"

static const struct field reception_fields[] = {
	FIELD_ID(struct reception_order, conversation_id), FIELD_MAYBE_ID(struct reception_order, message_id), FIELD_END};
const struct shape reception_order_shape = {"ReceptionOrder", sizeof(struct reception_order), reception_fields};

enum err
tell_reception(struct work *w, uint64_t conversation_id, uint64_t message_id)
{
	const struct reception_order o = {conversation_id, {message_id != 0, message_id}};

	return tell(w, "reception", &reception_order_shape, &o);
}

int64_t
tell_booking_ttl(const struct work *w, struct day day)
{
	/* Until two days after it: "we were not there" is still said by the same link. */
	return ((int64_t)day.n - zone_day(w->tenant->zone, w->now).n + 3) * 86400;
}

enum err
tell_booked(struct work *w, const struct visit *v, bool confirmed)
{
	struct company_row company;
	struct booking_row *b;
	struct str url, token;

	TRY(sql_booking_one(w->db, v->id, w->arena, &b));
	if (b == NULL || b->email.n == 0)
		return OK;
	TRY(sql_company(w->db, w->arena, &company));
	TRY(link_show(w, LINK_BOOKING, v->id, tell_booking_ttl(w, v->day), "book/mine", &url));
	(void)str_cut(url, '#', &token);
	const enum language l = language_of(b->language);
	const struct str calendar = str_printf(w->arena, "%.*s?token=%.*s",
	    STR_ARG(company_url(
		w->arena, w->house->config, w->tenant->slug, "api/portal/bookings/calendar.ics")),
	    STR_ARG(token));
	const struct template_value values[] = {
	    {STR("name"), str_sub(b->customer, 0, TEMPLATE_VALUE_BYTES)},
	    {STR("company"), company.name}, {STR("service"), b->service},
	    {STR("place"), str_printf(w->arena, "%.*s, %.*s", STR_ARG(str_sub(b->street, 0, 100)),
			       STR_ARG(str_sub(b->city, 0, 50)))},
	    {STR("when"), words_when(w->arena, b->day, b->from_minute, b->to_minute, l)},
	    {STR("url"), url}, {STR("calendar"), calendar}};

	return tell_mail(w, confirmed ? MAIL_BOOKED : MAIL_BOOKING_ASKED, b->email, l, values,
	    sizeof(values) / sizeof(*values));
}
