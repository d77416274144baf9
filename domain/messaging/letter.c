#include "domain/messaging/letter.h"

#include "domain/base/id.h"
#include "domain/messaging/mail.h"

static bool kind_word(struct str value, const char *const *words);
static bool machine_name(struct str address);
static struct str line_of(struct str *rest);
static bool attribution(struct str line, struct str next);
static bool original_head(struct str text, size_t at);
static bool quoted_line(struct str line);
static void value_of(struct str line, const char *name, struct str *out);
static struct str mailbox_of(struct str value);

/* ---- from one program to another: "name length\nvalue\n" ---- */

static void
put(struct buf *out, const char *name, struct str value)
{
	buf_printf(out, "%s %zu\n", name, value.n);
	buf_add(out, value);
	buf_char(out, '\n');
}

void
letter_write(const struct letter *l, struct buf *out)
{
	char kind = (char)('0' + l->kind);

	put(out, "kind", (struct str){&kind, 1});
	put(out, "from", l->from);
	put(out, "name", l->name);
	put(out, "subject", l->subject);
	put(out, "message_id", l->message_id);
	put(out, "references", l->references);
	put(out, "text", l->text);
	put(out, "quoted", l->quoted);
	put(out, "failed", l->failed);
	put(out, "status", l->status);
	put(out, "why", l->why);
	put(out, "original", l->original);
	for (size_t i = 0; i < l->files; i++) {
		put(out, l->file[i].kept ? "kept" : "dropped", l->file[i].name);
		put(out, "type", l->file[i].type);
	}
	for (size_t i = 0; i < l->left_out; i++)
		put(out, "more", STR(""));
}

enum err
letter_read(struct str text, struct letter *out, struct fault *f)
{
	struct str rest = text, kind = STR("");
	struct letter l = {0};
	const struct {
		const char *name;
		struct str *to;
	} words[] = {{"kind", &kind}, {"from", &l.from}, {"name", &l.name}, {"subject", &l.subject}, {"message_id", &l.message_id},
		{"references", &l.references}, {"text", &l.text}, {"quoted", &l.quoted}, {"failed", &l.failed}, {"status", &l.status},
		{"why", &l.why}, {"original", &l.original}};

	while (rest.n > 0) {
		struct str number, line = str_cut(rest, '\n', &rest), name = str_cut(line, ' ', &number), value;
		uint64_t n;

		if (!str_u64(number, &n) || n >= rest.n || rest.p[n] != '\n')
			return fail(f, E_INVALID, "letter", "This is not a mail.");
		value = str_sub(rest, 0, (size_t)n);
		rest = str_sub(rest, (size_t)n + 1, rest.n);
		if (!str_utf8(value, NULL))
			return fail(f, E_INVALID, "letter", "This is not a mail.");
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (str_eq(name, str_of(words[i].name)))
				*words[i].to = value;
		if (str_eq(name, STR("kept")) || str_eq(name, STR("dropped"))) {
			if (l.files == LETTER_FILES_MAX)
				return fail(f, E_INVALID, "letter", "This is not a mail.");
			l.file[l.files++] = (struct letter_file){value, STR(""), name.n == 4};
		} else if (str_eq(name, STR("type")) && l.files > 0) {
			l.file[l.files - 1].type = value;
		} else if (str_eq(name, STR("more"))) {
			l.left_out++;
		}
	}
	if (kind.n != 1 || kind.p[0] <= '0' || kind.p[0] >= '0' + LETTER_KINDS)
		return fail(f, E_INVALID, "letter", "This is not a mail.");
	l.kind = (enum letter_kind)(kind.p[0] - '0');
	*out = l;
	return OK;
}

/* ---- who wrote it ---- */

enum letter_kind
letter_kind_of(const struct letter_head *h)
{
	static const char *const bulk[] = {"bulk", "junk", "list", "auto_reply", NULL};
	struct str rest;

	if (str_eq_nocase(h->report, STR("delivery-status")))
		return LETTER_BOUNCE;
	if (str_eq_nocase(h->report, STR("feedback-report")))
		return LETTER_COMPLAINT;
	if (str_trim(h->auto_submitted).n > 0 && !str_eq_nocase(str_trim(str_cut(h->auto_submitted, ';', &rest)), STR("no")))
		return LETTER_MACHINE;
	if (kind_word(h->precedence, bulk) || h->list_id.n > 0 || h->auto_reply.n > 0)
		return LETTER_MACHINE;
	if (!str_eq(str_trim(h->return_path), STR("<>")) && !machine_name(h->from))
		return LETTER_PERSON;
	return h->status ? LETTER_BOUNCE : LETTER_MACHINE;
}

static bool
kind_word(struct str value, const char *const *words)
{
	for (; *words != NULL; words++)
		if (str_eq_nocase(str_trim(value), str_of(*words)))
			return true;
	return false;
}

static bool
machine_name(struct str address)
{
	static const char *const names[] = {"mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply", NULL};
	struct str rest;

	return kind_word(str_cut(address, '@', &rest), names);
}

/* ---- words ---- */

/* utf8_one -- how many bytes the character at the head of s has; 0: it is none */
static size_t
utf8_one(struct str s)
{
	const unsigned char c = (unsigned char)s.p[0];
	const size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;

	return n > 0 && n <= s.n && str_utf8(str_sub(s, 0, n), NULL) ? n : 0;
}

/* C1 controls, marks of direction and embedding, the byte order mark, line separators. */
static bool
unseen(struct str c)
{
	const unsigned char *p = (const unsigned char *)c.p;

	if (c.n == 2)
		return p[0] == 0xc2 && p[1] < 0xa0;
	if (c.n != 3)
		return false;
	return (p[0] == 0xe2 && p[1] == 0x80 && ((p[2] >= 0xa8 && p[2] <= 0xae) || p[2] == 0x8e || p[2] == 0x8f)) ||
	       (p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9) || (p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf);
}

struct str
letter_clean(struct arena *a, struct str text, size_t max)
{
	struct buf b = buf_open(a, (text.n < max ? text.n : max) + 8, max + 8);
	size_t breaks = 0;

	for (size_t i = 0, n; i < text.n && b.n < max; i += n) {
		const struct str rest = str_sub(text, i, text.n);
		const char c = rest.p[0];

		n = utf8_one(rest);
		if (n == 0) {
			n = 1;
			if (b.n + 3 > max)
				break;
			buf_add(&b, STR("\xef\xbf\xbd"));
			breaks = 0;
		} else if (c == '\n' || (c == '\r' && !str_starts(rest, STR("\r\n")))) {
			while (b.n > 0 && b.p[b.n - 1] == ' ')
				b.n--;
			if (++breaks <= 2)
				buf_char(&b, '\n');
		} else if (n == 1 && ((unsigned char)c < ' ' || c == 0x7f)) {
			if (c == '\t')
				buf_char(&b, ' ');
		} else if (!unseen(str_sub(rest, 0, n))) {
			if (b.n + n > max)
				break;
			buf_add(&b, str_sub(rest, 0, n));
			breaks = c == ' ' ? breaks : 0;
		}
	}
	return str_trim(buf_str(&b));
}

static struct str
line_of(struct str *rest)
{
	return str_cut(*rest, '\n', rest);
}

static bool
quoted_line(struct str line)
{
	return str_starts(str_trim(line), STR(">"));
}

/* "On Tue, Ann <ann@home.example> wrote:", in one line or two; dividers of other programs. */
static bool
attribution(struct str line, struct str next)
{
	static const char *const begin[] = {"On ", "El ", "Le ", "Am ", NULL};
	static const char *const end[] = {"wrote:", "escribi\xc3\xb3:", "escribio:", NULL};
	static const char *const dividers[] = {"-----Original Message-----", "-----Mensaje original-----",
		"---------- Forwarded message ---------", "---------- Forwarded message ----------", "---------- Mensaje reenviado ---------",
		"Begin forwarded message:", NULL};
	const struct str s = str_trim(line), t = str_trim(next);
	bool begins = false;

	for (const char *const *d = dividers; *d != NULL; d++)
		if (str_eq_nocase(s, str_of(*d)))
			return true;
	for (const char *const *b = begin; *b != NULL; b++)
		begins = begins || str_starts(s, str_of(*b));
	if (!begins || s.n > 400)
		return false;
	for (const char *const *e = end; *e != NULL; e++)
		if (str_ends(s, str_of(*e)) || (str_find(s, '<') + str_find(t, '<') < s.n + t.n && t.n < 120 && str_ends(t, str_of(*e))))
			return true;
	return false;
}

/* The head that Outlook writes above what it repeats: From, Sent, To ... in lines of their own. */
static bool
original_head(struct str text, size_t at)
{
	static const char *const from[] = {"From:", "De:", NULL};
	static const char *const more[] = {"Sent:", "Date:", "To:", "Enviado:", "Enviado el:", "Fecha:", "Para:", NULL};
	struct str rest = str_sub(text, at, text.n);
	const struct str first = str_trim(line_of(&rest));
	unsigned found = 0;
	bool begins = false;

	for (const char *const *w = from; *w != NULL; w++)
		begins = begins || str_starts(first, str_of(*w));
	for (unsigned i = 0; begins && i < 4 && rest.n > 0; i++) {
		const struct str line = str_trim(line_of(&rest));

		for (const char *const *w = more; *w != NULL; w++)
			found += str_starts(line, str_of(*w));
	}
	return found >= 2;
}

void
letter_fold(struct arena *a, struct str text, struct str *fresh, struct str *quoted)
{
	struct str rest = text;
	size_t from = text.n, behind;

	*fresh = str_trim(text);
	*quoted = STR("");
	while (rest.n > 0) {
		const size_t at = (size_t)(rest.p - text.p);
		const struct str line = line_of(&rest);
		struct str after = rest.p != NULL ? rest : STR("");

		if (attribution(line, line_of(&after)) || original_head(text, at) || quoted_line(line)) {
			from = at;
			break;
		}
	}
	if (from == text.n || str_trim(str_sub(text, 0, from)).n == 0)
		return; /* nothing is repeated, or nothing else is there: a mail that was passed on */
	behind = text.n;
	rest = str_sub(text, from, text.n);
	if (!quoted_line(rest))
		(void)line_of(&rest);
	struct str look = rest;
	bool marked = false;

	/* What is marked by '>' ends somewhere; what stands below is new. */
	while (look.n > 0 && behind == text.n) {
		const size_t at = (size_t)(look.p - text.p);
		const struct str line = line_of(&look);
		const bool empty = str_trim(line).n == 0;

		if (quoted_line(line))
			marked = true;
		else if (!empty && marked)
			behind = at;
		else if (!empty && !str_ends(str_trim(line), STR(":")))
			break; /* an unmarked quote goes to the end */
	}
	while (behind < text.n && look.n > 0)
		if (quoted_line(line_of(&look)))
			return; /* answered between the lines: shown whole */
	*quoted = str_trim(str_sub(text, from, behind - from));
	*fresh = behind < text.n ? str_trim(str_printf(a, "%.*s\n\n%.*s", STR_ARG(str_trim(str_sub(text, 0, from))),
	                               STR_ARG(str_trim(str_sub(text, behind, text.n)))))
	                         : str_trim(str_sub(text, 0, from));
}

/* ---- reports ---- */

static void
value_of(struct str line, const char *name, struct str *out)
{
	struct str value, key = str_cut(line, ':', &value);

	if (out->n == 0 && str_eq_nocase(str_trim(key), str_of(name)))
		*out = str_trim(value);
}

/* "rfc822; ann@home.example", "<ann@home.example>" */
static struct str
mailbox_of(struct str value)
{
	struct str rest, head = str_cut(value, ';', &rest), s = str_trim(rest.p != NULL ? rest : head);

	if (str_starts(s, STR("<")))
		s = str_sub(s, 1, str_find(s, '>') - 1);
	return mail_address_valid(s) ? s : STR("");
}

void
letter_report(struct str lines, struct letter *out)
{
	struct str rest = lines, final = STR(""), original = STR(""), action = STR(""), status = STR(""), why = STR(""),
		   complained = STR("");

	while (rest.n > 0) {
		const struct str line = str_trim(line_of(&rest));

		value_of(line, "Final-Recipient", &final);
		value_of(line, "Original-Recipient", &original);
		value_of(line, "Original-Rcpt-To", &complained);
		value_of(line, "Action", &action);
		value_of(line, "Status", &status);
		value_of(line, "Diagnostic-Code", &why);
		value_of(line, "Feedback-Type", &why);
	}
	/* As it was asked for, before the other side passed it on: that is the one that we know. */
	out->failed = mailbox_of(complained.n > 0 ? complained : original);
	if (out->failed.n == 0)
		out->failed = mailbox_of(final);
	/* Delayed, relayed, delivered: nothing has failed. */
	status = str_sub(status, 0, 12);
	for (size_t i = 0; i < status.n; i++)
		if (!((status.p[i] >= '0' && status.p[i] <= '9') || status.p[i] == '.'))
			status.n = i;
	out->status = complained.n > 0 || action.n == 0 || str_eq_nocase(action, STR("failed")) ? status : STR("");
	out->why = why;
}

/* "dead@far.example: 550 5.1.1 no such user" */
void
letter_exact(struct str text, struct letter *out)
{
	while (out->failed.n > 0 && str_eq(out->status, STR("5.0.0")) && text.n > 0) {
		struct str words, code, status, rest, line = str_trim(line_of(&text));

		if (!str_eq_nocase(str_cut(line, ':', &words), out->failed))
			continue;
		words = str_trim(words);
		code = str_cut(words, ' ', &rest);
		status = str_cut(rest, ' ', &rest);
		out->why = words;
		for (size_t i = 0; i < status.n; i++)
			if (!((status.p[i] >= '0' && status.p[i] <= '9') || status.p[i] == '.'))
				return;
		if (code.n == 3 && status.n >= 5 && status.n <= 12 && status.p[0] == code.p[0])
			out->status = status;
		return;
	}
}

bool
letter_lasting(struct str status)
{
	static const char *const ours[] = {"5.2.2", "5.2.3", "5.3", "5.5", "5.6", "5.7", NULL};

	for (const char *const *o = ours; *o != NULL; o++)
		if (str_eq(status, str_of(*o)) || (str_starts(status, str_of(*o)) && status.p[strlen(*o)] == '.'))
			return false;
	return str_starts(status, STR("5."));
}

/* ---- addresses ---- */

struct str
inlet_write(struct arena *a, const struct inlet_address *i, struct str domain)
{
	char id[ID_LETTERS + 1];

	if (i->inlet == INLET_COMPLAINTS)
		return str_printf(a, "complaints@%.*s", STR_ARG(domain));
	if (i->inlet == INLET_COMPANY)
		return str_printf(a, "%.*s@%.*s", STR_ARG(i->slug), STR_ARG(domain));
	id_write(i->id, id);
	return str_printf(a, "%.*s+%c%s%.*s@%.*s", STR_ARG(i->slug), i->inlet == INLET_THREAD ? 'r' : 'b', id, STR_ARG(i->seal),
	    STR_ARG(domain));
}

bool
inlet_read(struct arena *a, struct str address, struct str domain, struct inlet_address *out)
{
	struct str host, token, local = str_cut(str_lower(a, address), '@', &host);
	struct inlet_address i = {.inlet = INLET_COMPANY};

	if (domain.n == 0 || !str_eq_nocase(host, domain))
		return false;
	for (size_t k = 0; k < local.n; k++)
		if (!mail_local_letter(local.p[k]))
			return false;
	if (str_eq(local, STR("complaints")) || str_eq(local, STR("abuse"))) {
		*out = (struct inlet_address){.inlet = INLET_COMPLAINTS};
		return true;
	}
	i.slug = str_cut(local, '+', &token);
	if (i.slug.n == 0)
		return false;
	/* Another word behind the '+' is the writer's own; the company is meant. */
	if (token.n == 1 + ID_LETTERS + INLET_SEAL && (token.p[0] == 'r' || token.p[0] == 'b') &&
	    id_read(str_sub(token, 1, ID_LETTERS), &i.id)) {
		i.inlet = token.p[0] == 'r' ? INLET_THREAD : INLET_BOUNCE;
		i.seal = str_sub(token, 1 + ID_LETTERS, INLET_SEAL);
	}
	*out = i;
	return true;
}

bool
inlet_find(struct arena *a, struct str text, struct str domain, enum inlet inlet, struct inlet_address *out)
{
	struct str rest = text;

	while (domain.n > 0 && rest.n > 0) {
		const size_t at = str_find(rest, '@');
		size_t from = at, to = at + 1;

		if (at == rest.n)
			return false;
		while (from > 0 && mail_local_letter(rest.p[from - 1]))
			from--;
		while (to < rest.n && (mail_local_letter(rest.p[to])))
			to++;
		if (to - from <= MAIL_ADDRESS_MAX && inlet_read(a, str_sub(rest, from, to - from), domain, out) && out->inlet == inlet)
			return true;
		rest = str_sub(rest, at + 1, rest.n);
	}
	return false;
}
