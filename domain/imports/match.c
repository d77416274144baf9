/*
 * domain/imports/match.c -- prints, and the book of who has them.
 */
#include "domain/imports/match.h"

#include <assert.h>

#define WORDS_MAX 24
#define WORD_MAX 40
#define NOBODY UINT32_MAX
/* Of FNV-1a with 64 bits. */
#define OFFSET UINT64_C(0xcbf29ce484222325)
#define PRIME UINT64_C(0x100000001b3)
/* So many who share a print are looked at; a telephone of an agency may stand on hundreds. */
#define CANDIDATES_MAX 64
/* A chain is walked no further: fifty thousand rows with one telephone must not cost their square. */
#define CHAIN_MAX 256

const char *const match_by_names[] = {"external_id", "email", "phone", "address", "name", NULL};
static_assert(sizeof(match_by_names) / sizeof(char *) == MATCH_BYS + 1, "each has its name");

struct entry {
	uint64_t print, who;
	uint32_t next; /* of the same chain */
	uint8_t by;
};

struct book {
	struct entry *entry;
	uint32_t *head; /* of each chain */
	size_t entries, max, heads;
};

struct word {
	char p[WORD_MAX];
	size_t n;
};

static size_t words_of(struct str s, struct word *w);
static unsigned char plain_letter(struct str s, size_t *at);
static void shorten(struct word *w);
static bool of_no_weight(const struct word *w);
static uint64_t print_of(enum match_by by, const struct word *w, size_t n);
static uint64_t mixed(uint64_t h, const char *p, size_t n);

uint64_t
match_print(enum match_by by, struct str value, struct str place)
{
	struct word w[2 * WORDS_MAX];
	size_t n, kept = 0;

	value = str_trim(value);
	if (value.n == 0)
		return 0;
	if (by == BY_EXTERNAL_ID || by == BY_EMAIL || by == BY_PHONE) {
		uint64_t h = mixed(OFFSET + by, value.p, value.n);

		return h == 0 ? 1 : h;
	}
	n = words_of(value, w);
	if (by == BY_ADDRESS) {
		for (size_t i = 0; i < n; i++)
			shorten(&w[i]);
		/* A street without its town is anywhere. */
		kept = words_of(place, w + n);
		return n == 0 || kept == 0 ? 0 : print_of(by, w, n + kept);
	}
	for (size_t i = 0; i < n; i++)
		if (!of_no_weight(&w[i]))
			w[kept++] = w[i];
	/* In the order of the alphabet: "Ellison, Kathryn" is "Kathryn Ellison". */
	for (size_t i = 1; i < kept; i++)
		for (size_t k = i; k > 0 && str_cmp((struct str){w[k].p, w[k].n}, (struct str){w[k - 1].p, w[k - 1].n}) < 0; k--) {
			struct word swap = w[k];

			w[k] = w[k - 1];
			w[k - 1] = swap;
		}
	return kept == 0 ? 0 : print_of(by, w, kept);
}

enum match
match_judge(unsigned by)
{
	if ((by & 1U << BY_EXTERNAL_ID) != 0)
		return MATCH_SAME;
	if ((by & 1U << BY_NAME) != 0 && (by & ~(1U << BY_NAME)) != 0)
		return MATCH_SAME;
	return by != 0 ? MATCH_PERHAPS : MATCH_NOBODY;
}

struct book *
book_open(struct arena *a, size_t prints)
{
	struct book *b = arena_new(a, struct book);

	b->max = prints < BOOK_MAX ? prints : BOOK_MAX;
	b->heads = 16;
	while (b->heads < b->max)
		b->heads *= 2;
	b->entry = arena_array(a, struct entry, b->max);
	b->head = arena_array(a, uint32_t, b->heads);
	for (size_t i = 0; i < b->heads; i++)
		b->head[i] = NOBODY;
	return b;
}

bool
book_enter(struct book *b, enum match_by by, uint64_t print, uint64_t who)
{
	size_t slot = (size_t)(print ^ print >> 32) & (b->heads - 1), steps = 0;

	if (print == 0)
		return true;
	for (uint32_t i = b->head[slot]; i != NOBODY && steps++ < CHAIN_MAX; i = b->entry[i].next)
		if (b->entry[i].print == print && b->entry[i].who == who && b->entry[i].by == by)
			return true;
	if (b->entries == b->max)
		return false;
	b->entry[b->entries] = (struct entry){print, who, b->head[slot], (uint8_t)by};
	b->head[slot] = (uint32_t)b->entries++;
	return true;
}

enum match
book_find(const struct book *b, const uint64_t print[MATCH_BYS], unsigned only, uint64_t *who, unsigned *by)
{
	struct {
		uint64_t who;
		unsigned by;
	} found[CANDIDATES_MAX];
	size_t n = 0, best = 0;

	for (unsigned k = 0; k < MATCH_BYS; k++) {
		size_t slot = (size_t)(print[k] ^ print[k] >> 32) & (b->heads - 1), steps = 0;

		if (print[k] == 0)
			continue;
		for (uint32_t i = b->head[slot]; i != NOBODY && steps++ < CHAIN_MAX; i = b->entry[i].next) {
			const struct entry *e = &b->entry[i];
			size_t at = 0;

			if (e->print != print[k] || e->by != k || (unsigned)(e->who >> 63) != only)
				continue;
			while (at < n && found[at].who != e->who)
				at++;
			if (at == CANDIDATES_MAX)
				continue;
			if (at == n) {
				found[n].who = e->who;
				found[n++].by = 0;
			}
			found[at].by |= 1U << k;
		}
	}
	for (size_t i = 1; i < n; i++) {
		enum match is = match_judge(found[i].by), was = match_judge(found[best].by);
		int more = __builtin_popcount(found[i].by) - __builtin_popcount(found[best].by);

		/* Of two who share as much, the one who was there first. */
		if (is > was || (is == was && (more > 0 || (more == 0 && found[i].who < found[best].who))))
			best = i;
	}
	*who = n > 0 ? found[best].who : 0;
	if (by != NULL)
		*by = n > 0 ? found[best].by : 0;
	return n > 0 ? match_judge(found[best].by) : MATCH_NOBODY;
}

/* Words of letters and digits, folded; at most WORDS_MAX, each cut to WORD_MAX. */
static size_t
words_of(struct str s, struct word *w)
{
	size_t n = 0, at = 0;
	bool inside = false;

	while (at < s.n && (n < WORDS_MAX || inside)) {
		unsigned char c = plain_letter(s, &at);

		if (c == '\'')
			continue; /* O'Brien is Obrien */
		if (c == 0) {
			inside = false;
			continue;
		}
		if (!inside) {
			if (n == WORDS_MAX)
				break;
			w[n++].n = 0;
		}
		inside = true;
		if (w[n - 1].n < WORD_MAX)
			w[n - 1].p[w[n - 1].n++] = (char)c;
	}
	return n;
}

/* Small, without its accent; 0 for what parts words. Other alphabets stay as their bytes. */
static unsigned char
plain_letter(struct str s, size_t *at)
{
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
	unsigned char c = (unsigned char)s.p[(*at)++];

	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'')
		return c;
	if (c == 0xc3 && *at < s.n) {
		c = (unsigned char)latin[(unsigned char)s.p[(*at)++] & 0x3f];
		return c == ' ' ? 0 : c;
	}
	/* U+2019, the apostrophe of word processors */
	if (c == 0xe2 && *at + 1 < s.n && (unsigned char)s.p[*at] == 0x80 && (unsigned char)s.p[*at + 1] == 0x99) {
		*at += 2;
		return '\'';
	}
	return c >= 0x80 ? c : 0;
}

/* The words that addresses shorten, by the list of the US Postal Service (Publication 28), the common ones. */
static void
shorten(struct word *w)
{
	static const struct {
		const char *full, *brief;
	} known[] = {
		{"street", "st"}, {"str", "st"}, {"avenue", "ave"}, {"av", "ave"}, {"boulevard", "blvd"}, {"bl", "blvd"}, {"boul", "blvd"},
		{"drive", "dr"}, {"drv", "dr"}, {"court", "ct"}, {"lane", "ln"}, {"road", "rd"}, {"circle", "cir"}, {"circ", "cir"},
		{"place", "pl"}, {"terrace", "ter"}, {"terr", "ter"}, {"parkway", "pkwy"}, {"pky", "pkwy"}, {"highway", "hwy"},
		{"trail", "trl"}, {"square", "sq"}, {"crossing", "xing"}, {"point", "pt"}, {"heights", "hts"}, {"way", "wy"},
		{"north", "n"}, {"south", "s"}, {"east", "e"}, {"west", "w"}, {"northeast", "ne"}, {"northwest", "nw"},
		{"southeast", "se"}, {"southwest", "sw"}, {"apartment", "unit"}, {"apt", "unit"}, {"suite", "unit"}, {"ste", "unit"},
		{"avenida", "ave"}, {"calle", "c"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (w->n == strlen(known[i].full) && memcmp(w->p, known[i].full, w->n) == 0) {
			w->n = strlen(known[i].brief);
			memcpy(w->p, known[i].brief, w->n);
			return;
		}
}

/* Forms of address, of companies, and what joins two names. */
static bool
of_no_weight(const struct word *w)
{
	static const char *const light[] = {"mr", "mrs", "ms", "miss", "dr", "sr", "sra", "and", "y", "the", "inc", "llc", "ltd", "co",
	    "corp", NULL};

	for (size_t i = 0; light[i] != NULL; i++)
		if (w->n == strlen(light[i]) && memcmp(w->p, light[i], w->n) == 0)
			return true;
	return false;
}

static uint64_t
print_of(enum match_by by, const struct word *w, size_t n)
{
	uint64_t h = OFFSET + by;

	for (size_t i = 0; i < n; i++) {
		h = mixed(h, w[i].p, w[i].n);
		h = mixed(h, " ", 1);
	}
	return h == 0 ? 1 : h;
}

/* FNV-1a; capital letters of ASCII count as small ones. */
static uint64_t
mixed(uint64_t h, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] - 'A' + 'a' : p[i])) * PRIME;
	return h;
}
