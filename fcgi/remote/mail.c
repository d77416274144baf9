#include "fcgi/remote/mail.h"

#include "domain/base/day.h"
#include "domain/messaging/mail.h"
#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/log.h"

static enum err ask_relay(struct arena *a, const struct call_mail *mail, struct fault *f);
static struct str sender(struct arena *a, struct str company, struct str house, struct str address);
static struct str references(struct arena *a, const struct mail_message *m);
static struct str date_header(struct arena *a, int64_t at);

enum err
mail_send(struct arena *a, const struct config *c, const struct mail_message *m, struct fault *f)
{
	struct str house, from, host;

	if (!c->smtp_url || !*c->smtp_url)
		return fail(f, E_AWAY, NULL, "No mail relay is set (smtp_url).");
	if (!mail_split(str_of(c->mail_from), &house, &from))
		return fail(f, E_BUG, "mail_from", "This is not an e-mail address.");
	str_cut(from, '@', &host);

	struct call_header header[12] = {
	    {"Date", date_header(a, m->at)},
	    {"From", sender(a, m->company, house, from)},
	    {"To", str_printf(a, "<%.*s>", STR_ARG(m->to))},
	    {"Subject", mail_word(a, m->twin.subject)},
	    {"Message-ID", str_printf(a, "<%.*s@%.*s>", STR_ARG(m->message_id), STR_ARG(host))},
	};
	size_t headers = 5;

	/* RFC 3834: machines do not answer it. */
	if (!m->typed)
		header[headers++] = (struct call_header){"Auto-Submitted", STR("auto-generated")};
	if (m->answer_to.n > 0)
		header[headers++] = (struct call_header){"Reply-To", str_printf(a, "<%.*s>", STR_ARG(m->answer_to))};
	if (m->answers.n > 0) {
		header[headers++] = (struct call_header){"In-Reply-To", str_printf(a, "<%.*s>", STR_ARG(m->answers))};
		header[headers++] = (struct call_header){"References", references(a, m)};
	}
	if (m->unsubscribe.n > 0) {
		header[headers++] = (struct call_header){"List-Unsubscribe", str_printf(a, "<%.*s>", STR_ARG(m->unsubscribe))};
		header[headers++] = (struct call_header){"List-Unsubscribe-Post", STR("List-Unsubscribe=One-Click")};
	}
	const struct call_mail mail = {
	    .url = c->smtp_url,
	    .user = c->smtp_user,
	    .password = c->smtp_password,
	    .from = m->envelope.n > 0 ? m->envelope : from,
	    .to = m->to,
	    .header = header,
	    .headers = headers,
	    .text = m->twin.text,
	    .html = m->twin.html,
	    .paper = m->paper,
	    .paper_name = m->paper_name,
	};
	return ask_relay(a, &mail, f);
}

/* A line each: a header has at most 998 letters in one. The first and the last ones matter, so the middle goes. */
static struct str
references(struct arena *a, const struct mail_message *m)
{
	struct buf b = buf_open(a, 256, 4096);
	struct str rest = m->thread;

	while (rest.n > 0) {
		const struct str one = str_trim(str_cut(rest, ' ', &rest));

		if (one.n > 2 && one.n < 300 && str_starts(one, STR("<")) && str_ends(one, STR(">")) && str_find(str_sub(one, 1, one.n - 2), '<') == one.n - 2)
			buf_printf(&b, "%.*s\r\n ", STR_ARG(one));
	}
	buf_printf(&b, "<%.*s>", STR_ARG(m->answers));
	return buf_str(&b);
}

/* There is one relay, so there is one breaker. */
static enum err
ask_relay(struct arena *a, const struct call_mail *mail, struct fault *f)
{
	static struct breaker relay;
	const int64_t from_us = mono_us();
	const unsigned wait_s = breaker_wait_s(&relay, from_us);
	enum err e;

	if (wait_s > 0) {
		f->retry_after_s = wait_s;
		return fail(f, E_AWAY, NULL, "The mail relay did not answer a moment ago.");
	}
	e = call_mail(a, mail, f);
	breaker_note(&relay, from_us, mono_us(), e);
	return e;
}

static struct str
sender(struct arena *a, struct str company, struct str house, struct str address)
{
	struct str name = company.n && house.n
			      ? str_printf(a, "%.*s via %.*s", STR_ARG(company), STR_ARG(house))
			  : company.n ? company
				      : house;

	if (name.n == 0)
		return str_printf(a, "<%.*s>", STR_ARG(address));
	return str_printf(a, "%.*s <%.*s>", STR_ARG(mail_phrase(a, name)), STR_ARG(address));
}

/* RFC 5322, in UTC: the reader's program knows where the reader is. */
static struct str
date_header(struct arena *a, int64_t at)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {
	    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const struct day day = {(int32_t)(at / 86400)};
	const int s = (int)(at % 86400);
	struct civil c;

	day_civil(day, &c);
	return str_printf(a, "%s, %d %s %d %02d:%02d:%02d +0000", days[day_weekday(day)], c.mday,
	    months[c.month - 1], (int)c.year, s / 3600, s / 60 % 60, s % 60);
}
