#include "fcgi/remote/mail.h"

#include "domain/base/day.h"
#include "domain/messaging/dkim.h"
#include "domain/messaging/mail.h"
#include "domain/messaging/mime.h"
#include "fcgi/remote/breaker.h"
#include "fcgi/remote/call.h"
#include "tenancy/crypto.h"
#include "tenancy/log.h"

#define HEADERS_MAX 20 /* fifteen of ours, three of a relay */

static enum err ask_relay(struct arena *a, const struct call_mail *mail, struct fault *f);
static struct str sender(struct arena *a, struct str company, struct str house, struct str address);
static struct str references(struct arena *a, const struct mail_message *m);
static size_t put_relays(const struct config *c, const struct mail_message *m, struct mime_header *header);
static struct str mark_of(struct arena *a, struct str id);
static enum err put_signature(struct arena *a, const struct mail_message *m, struct mime_header *header, size_t *n, struct str body,
    struct fault *f);
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

	struct mime_header header[HEADERS_MAX] = {
	    {"Date", date_header(a, m->at)},
	    {"From", m->sender.address.n > 0 ? sender(a, m->company, STR(""), m->sender.address) : sender(a, m->company, house, from)},
	    {"To", str_printf(a, "<%.*s>", STR_ARG(m->to))},
	    {"Subject", mail_word(a, m->twin.subject)},
	    {"Message-ID", str_printf(a, "<%.*s@%.*s>", STR_ARG(m->message_id), STR_ARG(host))},
	};
	size_t headers = 5;

	/* RFC 3834: machines do not answer it. */
	if (!m->typed)
		header[headers++] = (struct mime_header){"Auto-Submitted", STR("auto-generated")};
	if (m->answer_to.n > 0)
		header[headers++] = (struct mime_header){"Reply-To", str_printf(a, "<%.*s>", STR_ARG(m->answer_to))};
	if (m->answers.n > 0) {
		header[headers++] = (struct mime_header){"In-Reply-To", str_printf(a, "<%.*s>", STR_ARG(m->answers))};
		header[headers++] = (struct mime_header){"References", references(a, m)};
	}
	if (m->unsubscribe.n > 0) {
		header[headers++] = (struct mime_header){"List-Unsubscribe", str_printf(a, "<%.*s>", STR_ARG(m->unsubscribe))};
		header[headers++] = (struct mime_header){"List-Unsubscribe-Post", STR("List-Unsubscribe=One-Click")};
	}
	const bool calendar = str_ends(m->paper_name, STR(".ics"));
	const struct mime_mail words = {.text = m->twin.text, .html = m->twin.html, .paper = m->paper, .paper_name = m->paper_name,
	    .paper_type = calendar ? STR("text/calendar; charset=utf-8; method=PUBLISH") : STR("application/pdf"),
	    .picture = m->picture, .pictures = m->pictures, .mark = mark_of(a, m->message_id)};
	struct str type, body = mime_body(a, &words, &type);

	header[headers++] = (struct mime_header){"MIME-Version", STR("1.0")};
	header[headers++] = (struct mime_header){"Content-Type", type};
	if (m->sender.key.n > 0)
		TRY(put_signature(a, m, header, &headers, body, f));
	headers += put_relays(c, m, header + headers);
	struct str head;

	if (!mime_head(a, header, headers, &head))
		return fail(f, E_INVALID, "header", "A header cannot hold this value.");
	const struct call_mail mail = {
	    .url = c->smtp_url,
	    .user = c->smtp_user,
	    .password = c->smtp_password,
	    .from = m->envelope.n > 0 ? m->envelope : from,
	    .to = m->to,
	    .head = head,
	    .body = body,
	};
	return ask_relay(a, &mail, f);
}

/*
 * What Postmark takes out again: its envelope is its own, so the name of what comes back goes along as its "metadata"; our Message-ID,
 * which it would replace, is what an answer names; what many get goes by a way of its own. Source  Postmark, "Send email with SMTP"
 */
static size_t
put_relays(const struct config *c, const struct mail_message *m, struct mime_header *header)
{
	struct str host;
	size_t n = 0;

	if (strcmp(c->mail_relay, "postmark") != 0)
		return 0;
	header[n++] = (struct mime_header){"X-PM-KeepID", STR("true")};
	if (m->envelope.n > 0)
		header[n++] = (struct mime_header){"X-PM-Metadata-inlet", str_cut(m->envelope, '@', &host)};
	if (m->unsubscribe.n > 0)
		header[n++] = (struct mime_header){"X-PM-Message-Stream", STR("broadcast")};
	return n;
}

/* The name of a mail, as far as it may stand in a boundary. */
static struct str
mark_of(struct arena *a, struct str id)
{
	struct buf b = buf_open(a, 40, 40);

	for (size_t i = 0; i < id.n && b.n < 40; i++)
		if ((id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9'))
			buf_char(&b, id.p[i]);
	return buf_str(&b);
}

/* RFC 6376: over the body as it is sent, and the head as it is read. */
static enum err
put_signature(struct arena *a, const struct mail_message *m, struct mime_header *header, size_t *n, struct str body, struct fault *f)
{
	const struct str signed_body = dkim_body(body);
	struct dkim d = {.domain = m->sender.domain, .selector = m->sender.selector, .at = m->at};
	uint8_t hash[SHA256_BYTES], signature[RSA_SIGNATURE];
	struct buf b = buf_open(a, 64, 64), out = buf_open(a, 1024, 4096), letters = buf_open(a, 400, 400);
	struct str value, text;

	if (crypto_sha256(signed_body.p, signed_body.n, hash) != OK)
		return fail(f, E_AWAY, NULL, "The call could not be set up.");
	mail_base64(&b, hash, sizeof(hash));
	d.body_hash = buf_str(&b);
	value = dkim_header(a, &d, header, *n);
	text = dkim_text(a, value, header, *n);
	if (crypto_rsa_sign(m->sender.key.p, m->sender.key.n, text.p, text.n, signature) != OK)
		return fail(f, E_AWAY, NULL, "The call could not be set up.");
	mail_base64(&letters, signature, sizeof(signature));
	buf_add(&out, value);
	for (size_t i = 0; i < letters.n; i += 70)
		buf_printf(&out, "%s%.*s", i > 0 ? "\r\n " : "", STR_ARG(str_sub(buf_str(&letters), i, 70)));
	header[(*n)++] = (struct mime_header){"DKIM-Signature", buf_str(&out)};
	return OK;
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
