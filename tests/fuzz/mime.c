/* tests/fuzz/mime.c -- any bytes as a mail: what comes out is bounded, clean, and reads back as it was written. */
#include "domain/messaging/letter.h"
#include "domain/messaging/mail.h"
#include "fcgi/press/press.h"
#include "tests/fuzz/fuzz.h"

static void
clean(struct str s, size_t max)
{
	MUST(s.n <= max && str_utf8(s, NULL));
	for (size_t i = 0; i < s.n; i++)
		MUST(s.p[i] == '\n' || ((unsigned char)s.p[i] >= ' ' && s.p[i] != 0x7f));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct buf b = buf_open(a, 4096, LETTER_WIRE_MAX);
	struct letter l, again;
	struct fault f = {0};
	unsigned kept;

	if (mail_read(a, fuzz_text(data, size), NULL, &l, &kept) != PRESS_MADE)
		return 0;
	MUST(l.kind >= LETTER_PERSON && l.kind < LETTER_KINDS && l.files <= LETTER_FILES_MAX && kept <= l.files);
	MUST(l.from.n == 0 || mail_address_valid(l.from));
	clean(l.name, 200);
	clean(l.subject, LETTER_WORD_MAX);
	clean(l.message_id, 250);
	clean(l.references, LETTER_WORD_MAX);
	clean(l.text, LETTER_TEXT_MAX);
	clean(l.quoted, LETTER_QUOTED_MAX);
	clean(l.why, 300);
	clean(l.original, 8000);
	MUST(l.failed.n == 0 || mail_address_valid(l.failed));
	for (size_t i = 0; i < l.files; i++) {
		clean(l.file[i].name, 200);
		clean(l.file[i].type, 60);
	}
	letter_write(&l, &b);
	MUST(!b.full && letter_read(buf_str(&b), &again, &f) == OK);
	MUST(str_eq(again.text, l.text) && str_eq(again.from, l.from) && again.files == l.files);
	return 0;
}
