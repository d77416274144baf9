/* tests/fuzz/letter.c -- words and addresses of mails that came in: nothing is lost by folding, an address that we read is one that
 * we would write, a page of any kind becomes clean words. */
#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"
#include "tests/fuzz/fuzz.h"

static size_t
letters(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] > ' ';
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	const struct str all = fuzz_text(data, size), domain = STR("in.example");
	struct str clean = letter_clean(a, all, LETTER_TEXT_MAX), fresh, quoted, name, address;
	struct inlet_address i;
	struct letter l = {0};
	struct fault f = {0};

	MUST(clean.n <= LETTER_TEXT_MAX && str_utf8(clean, NULL) && str_eq(letter_clean(a, clean, LETTER_TEXT_MAX), clean));
	letter_fold(a, clean, &fresh, &quoted);
	MUST(letters(fresh) + letters(quoted) == letters(clean));
	MUST(str_utf8(letter_clean(a, letter_plain(a, all), LETTER_TEXT_MAX), NULL));
	letter_report(clean, &l);
	MUST(l.failed.n == 0 || mail_address_valid(l.failed));
	(void)letter_lasting(l.status);
	if (letter_read(all, &l, &f) != OK)
		MUST(f.err == E_INVALID);
	if (mail_split(all, &name, &address))
		MUST(mail_address_valid(address));
	if (inlet_read(a, all, domain, &i)) {
		const struct str written = inlet_write(a, &i, domain);
		struct inlet_address again;

		MUST(inlet_read(a, written, domain, &again) && again.inlet == i.inlet && again.id == i.id && str_eq(again.slug, i.slug));
	}
	if (inlet_find(a, all, domain, INLET_BOUNCE, &i))
		MUST(i.inlet == INLET_BOUNCE && i.seal.n == INLET_SEAL);
	if (mail_address_valid(all))
		for (size_t k = 0; k < all.n; k++)
			MUST(mail_local_letter(all.p[k]) || all.p[k] == '@');
	return 0;
}
