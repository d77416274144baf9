/*
 * domain/billing/sheet.c -- documents to lines of text, in the reader's language.
 */
#include "domain/billing/sheet.h"

#define SAY(s, english) str_of(words_say((s)->language, (english)))

static const char *const titles[BILL_KINDS] = {"", "Quote", "Invoice", "Statement", "Receipt"};

static void top(const struct sheet *s, struct arena *a, struct buf *b);
static int64_t asked(const struct sheet *s);
static void rows(const struct sheet *s, struct arena *a, struct buf *b);
static void row(const struct sheet *s, const struct sheet_line *l, struct arena *a, struct buf *b);
static void option_sums(const struct sheet *s, struct arena *a, struct buf *b);
static void sums(const struct sheet *s, struct arena *a, struct buf *b);
static struct str why(const struct sheet *s, const struct sheet_line *l, struct arena *a);
static struct str decimal(struct arena *a, int64_t value, int digits);
static void say(struct buf *b, const char *word, struct str value);
static void say_two(struct buf *b, const char *word, struct str first, struct str second);
static void each_line(struct buf *b, const char *word, struct str lines, bool trimmed);
static void plain(struct buf *b, struct str s);
static struct str sum_of(const struct sheet *s, struct arena *a, int64_t cents);
static enum err closed(struct buf *b, struct fault *f);

enum err
sheet_write(const struct sheet *s, struct arena *a, struct buf *b, struct fault *f)
{
	top(s, a, b);
	rows(s, a, b);
	sums(s, a, b);
	if (s->note.n > 0)
		each_line(b, "note", s->note, true);
	if (s->draft)
		say(b, "small", SAY(s, "This is a draft: it has no number and no signature, and asks for nothing."));
	if (s->verify_url.n > 0)
		say_two(b, "code", s->verify_url,
		    SAY(s, "This document is signed. Scan the code to see that not one letter or cent was changed."));
	each_line(b, "proof", s->proof, false);
	return closed(b, f);
}

enum err
sheet_receipt_write(const struct sheet_receipt *r, struct arena *a, struct buf *b, struct fault *f)
{
	const struct sheet *s = &r->as;

	top(s, a, b);
	buf_printf(b, "head %s\t%s\t%s\n", words_say(s->language, "What it pays"), words_say(s->language, "Day"),
	    words_say(s->language, "Amount"));
	for (size_t i = 0; i < r->n; i++) {
		buf_add(b, STR("row "));
		plain(b, r->paid[i].number);
		buf_add(b, STR("\t\t"));
		plain(b, words_day(a, r->paid[i].day, s->language));
		buf_char(b, '\t');
		plain(b, sum_of(s, a, r->paid[i].cents));
		buf_char(b, '\n');
	}
	if (r->free_cents > 0)
		say_two(b, "sum", SAY(s, "Kept for the next bill"), sum_of(s, a, r->free_cents));
	say_two(b, "total", SAY(s, "Received"), sum_of(s, a, r->cents));
	say(b, "small", r->reference.n > 0 ? str_printf(a, "%.*s \xc2\xb7 %.*s", STR_ARG(r->way), STR_ARG(r->reference)) : r->way);
	return closed(b, f);
}

static void
top(const struct sheet *s, struct arena *a, struct buf *b)
{
	const struct str number = s->draft ? SAY(s, "Draft, not issued") : s->number;

	say(b, "file", s->file);
	say(b, "page", s->a4 ? STR("a4") : STR("letter"));
	say(b, "lang", str_of(language_tag(s->language)));
	say(b, "name", str_printf(a, "%s %.*s", words_say(s->language, titles[s->kind]), STR_ARG(number)));
	say(b, "brand", s->accent);
	if (s->draft)
		say(b, "stamp", SAY(s, "Draft"));
	say(b, "company", s->company);
	each_line(b, "company", s->company_address, true);
	if (s->company_phone.n > 0)
		say(b, "company", s->company_phone);
	say(b, "title", SAY(s, titles[s->kind]));
	say_two(b, "fact", SAY(s, "Number"), number);
	say_two(b, "fact", SAY(s, "Day"), words_day(a, s->day, s->language));
	if ((s->kind == BILL_INVOICE || s->kind == BILL_STATEMENT) && asked(s) > 0)
		say_two(b, "fact", SAY(s, "Please pay by"), words_day(a, s->due_day, s->language));
	if (s->kind == BILL_INVOICE || s->kind == BILL_STATEMENT)
		say_two(b, "fact", SAY(s, s->kind == BILL_STATEMENT ? "Balance" : "Total"), sum_of(s, a, asked(s)));
	if (s->kind == BILL_QUOTE)
		say_two(b, "fact", SAY(s, "Holds until"), words_day(a, s->due_day, s->language));
	say(b, "to", s->customer);
	each_line(b, "to", s->customer_address, true);
	buf_add(b, STR("foot "));
	plain(b, s->company);
	buf_add(b, STR(" \xc2\xb7 "));
	plain(b, number);
	buf_char(b, '\n');
}

/* What the document comes to; of a statement with all that was before. */
static int64_t
asked(const struct sheet *s)
{
	int64_t cents = s->opening_cents + s->total_cents;

	for (size_t i = 0; i < s->move_n; i++)
		cents += s->move[i].cents;
	return cents;
}

static void
rows(const struct sheet *s, struct arena *a, struct buf *b)
{
	if (s->title.n > 0)
		say(b, "subject", s->title);
	buf_printf(b, "head %s\t%s\t%s\t%s\n", words_say(s->language, "What"), words_say(s->language, "Quantity"),
	    words_say(s->language, "Price"), words_say(s->language, "Amount"));
	if (s->kind == BILL_STATEMENT) {
		buf_add(b, STR("row "));
		plain(b, SAY(s, "Carried over"));
		buf_add(b, STR("\t\t\t\t"));
		plain(b, sum_of(s, a, s->opening_cents));
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < s->move_n; i++) {
		buf_add(b, STR("row "));
		plain(b, s->move[i].text);
		buf_char(b, '\t');
		plain(b, words_day(a, s->move[i].day, s->language));
		buf_add(b, STR("\t\t\t"));
		plain(b, sum_of(s, a, s->move[i].cents));
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->line[i].choice == 0)
			row(s, &s->line[i], a, b);
	for (uint32_t o = 1; o <= s->option_n; o++) {
		const struct sheet_option *option = &s->option[o - 1];

		buf_add(b, STR("group "));
		plain(b, str_printf(a, "%s %u: %.*s", words_say(s->language, "Option"), o, STR_ARG(option->name)));
		buf_char(b, '\t');
		plain(b, option->text);
		buf_add(b, STR("\t\t\t\n"));
		for (size_t i = 0; i < s->n; i++)
			if (s->line[i].choice == o)
				row(s, &s->line[i], a, b);
	}
}

static void
row(const struct sheet *s, const struct sheet_line *l, struct arena *a, struct buf *b)
{
	buf_add(b, STR("row "));
	plain(b, l->text);
	buf_char(b, '\t');
	plain(b, why(s, l, a));
	buf_char(b, '\t');
	plain(b, l->quantity_milli == 1000 ? STR("") : decimal(a, l->quantity_milli, 3));
	buf_char(b, '\t');
	plain(b, l->quantity_milli == 1000 ? STR("") : sum_of(s, a, l->unit_cents));
	buf_char(b, '\t');
	plain(b, sum_of(s, a, l->net_cents));
	buf_char(b, '\n');
}

/* What each option comes to: whoever picks one pays that, and nothing of the others. */
static void
option_sums(const struct sheet *s, struct arena *a, struct buf *b)
{
	for (size_t i = 0; i < s->option_n; i++)
		say_two(b, "total", str_printf(a, "%.*s, %s", STR_ARG(s->option[i].name),
		    words_say(s->language, "all included")), sum_of(s, a, s->option[i].total_cents));
	if (s->deposit_ppm > 0)
		say_two(b, "sum", SAY(s, "Deposit when you approve"),
		    str_printf(a, "%.*s %%", STR_ARG(decimal(a, s->deposit_ppm, 4))));
}

static void
sums(const struct sheet *s, struct arena *a, struct buf *b)
{
	if (s->option_n > 0) {
		option_sums(s, a, b);
		return;
	}
	if (s->tax_n > 0)
		say_two(b, "sum", SAY(s, "Net"), sum_of(s, a, s->net_cents));
	for (size_t i = 0; i < s->tax_n; i++)
		say_two(b, "sum", str_printf(a, "%.*s %.*s %%", STR_ARG(s->tax[i].name),
		    STR_ARG(decimal(a, s->tax[i].rate_ppm, 4))), sum_of(s, a, s->tax[i].tax_cents));
	say_two(b, "total", SAY(s, s->kind == BILL_STATEMENT ? "Balance" : "Total"),
	    sum_of(s, a, asked(s)));
	if (s->deposit_cents > 0)
		say_two(b, "sum", SAY(s, "Deposit when you approve"), sum_of(s, a, s->deposit_cents));
}

/* How a line came about, so that nobody has to ask. */
static struct str
why(const struct sheet *s, const struct sheet_line *l, struct arena *a)
{
	const struct str day = words_day(a, l->day, s->language);

	if (s->kind == BILL_QUOTE)
		return STR("");
	if (l->kind == CHARGE_DISCOUNT && l->of > 1)
		return str_printf(a, "%.*s %% %s %.*s", STR_ARG(decimal(a, l->part, 4)), words_say(s->language, "of"),
		    STR_ARG(sum_of(s, a, l->rate_cents)));
	if (l->kind != CHARGE_MONTH && l->kind != CHARGE_SKIP)
		return day;
	if (l->kind == CHARGE_SKIP)
		return str_printf(a, "%.*s, %u/%u %s %.*s", STR_ARG(day), l->part, l->of, words_say(s->language, "of"),
		    STR_ARG(sum_of(s, a, l->rate_cents)));
	return str_printf(a, "%.*s \xe2\x80\x93 %.*s%s%.*s", STR_ARG(words_day(a, l->from_day, s->language)),
	    STR_ARG(words_day(a, l->to_day, s->language)), l->of > 1 ? ", " : "",
	    STR_ARG(l->of > 1 ? str_printf(a, "%u/%u %s %.*s", l->part, l->of, words_say(s->language, "of"),
	        STR_ARG(sum_of(s, a, l->rate_cents))) : STR("")));
}

/* 2500 thousandths are "2.5", 82500 of a million 8.25 per cent. */
static struct str
decimal(struct arena *a, int64_t value, int digits)
{
	int64_t one = 1;
	struct str s;

	for (int i = 0; i < digits; i++)
		one *= 10;
	s = str_printf(a, "%lld.%0*lld", (long long)(value / one), digits, (long long)(value % one));
	while (s.p[s.n - 1] == '0')
		s.n--;
	if (s.p[s.n - 1] == '.')
		s.n--;
	return s;
}

static void
say(struct buf *b, const char *word, struct str value)
{
	buf_add(b, str_of(word));
	buf_char(b, ' ');
	plain(b, value);
	buf_char(b, '\n');
}

static void
say_two(struct buf *b, const char *word, struct str first, struct str second)
{
	buf_add(b, str_of(word));
	buf_char(b, ' ');
	plain(b, first);
	buf_char(b, '\t');
	plain(b, second);
	buf_char(b, '\n');
}

static void
each_line(struct buf *b, const char *word, struct str lines, bool trimmed)
{
	while (lines.n > 0) {
		struct str one = str_cut(lines, '\n', &lines);

		if (trimmed)
			one = str_trim(one);
		if (!trimmed || one.n > 0)
			say(b, word, one);
	}
}

static void
plain(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_char(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

static struct str
sum_of(const struct sheet *s, struct arena *a, int64_t cents)
{
	return money_write(a, cents, s->currency, s->language);
}

static enum err
closed(struct buf *b, struct fault *f)
{
	buf_add(b, STR("end\n"));
	return b->full ? fail(f, E_LIMIT, NULL, "This document is too long.") : OK;
}
