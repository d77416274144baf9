/*
 * tests/fuzz/links.c -- no text but the very link that we signed is taken for one: not with one
 * letter more, not for another company, not for another purpose, not a moment too late.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tenancy/keys.h"
#include "tests/fuzz/fuzz.h"

#define NOW INT64_C(1795300000)
#define ROOT "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

static struct keys *keys;
static char signed_link[512];

static void
open_keys(void)
{
	struct link l = {.tenant = 7, .purpose = LINK_RESET, .object = 99, .expires_at = NOW + 900};
	struct arena *a = arena_open(1 << 20, 64 << 20, NULL);
	char path[] = "/tmp/poolhouse-fuzz-XXXXXX";
	struct config c = {.master_key_file = path};
	int fd = mkstemp(path);
	struct str wrapped, text;

	MUST(fd >= 0 && write(fd, ROOT, sizeof(ROOT) - 1) == sizeof(ROOT) - 1 && fchmod(fd, 0400) == 0);
	close(fd);
	MUST(keys_open(&c, a, &keys, NULL) == OK);
	unlink(path);
	MUST(keys_make(keys, 7, 1, a, &wrapped, NULL) == OK);
	MUST(keys_learn(keys, NOW, 7, 1, wrapped, NULL) == OK);
	MUST(keys_link_write(keys, NULL, NOW, &l, a, &text, NULL) == OK && text.n < sizeof(signed_link));
	memcpy(signed_link, text.p, text.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = fuzz_arena();
	struct str text = fuzz_text(data, size), ours;
	char altered[512];
	struct link l;
	size_t at;

	if (keys == NULL)
		open_keys();
	ours = str_of(signed_link);
	if (keys_link_read(keys, NULL, NOW, 7, LINK_RESET, text, a, &l, NULL) == OK)
		MUST(str_eq(text, ours));
	/* Our own link with some of its letters replaced. */
	memcpy(altered, signed_link, sizeof(altered));
	at = size > 1 ? data[0] % ours.n : 0;
	for (size_t i = 1; i < size && at < ours.n; i++, at++)
		altered[at] = (char)data[i];
	text = (struct str){altered, ours.n};
	if (keys_link_read(keys, NULL, NOW, 7, LINK_RESET, text, a, &l, NULL) == OK)
		MUST(str_eq(text, ours) && l.object == 99);
	MUST(keys_link_read(keys, NULL, NOW, 7, LINK_RESET, ours, a, &l, NULL) == OK);
	MUST(keys_link_read(keys, NULL, NOW, 8, LINK_RESET, text, a, &l, NULL) != OK);
	MUST(keys_link_read(keys, NULL, NOW, 7, LINK_INVITE, text, a, &l, NULL) != OK);
	MUST(keys_link_read(keys, NULL, NOW + 900, 7, LINK_RESET, text, a, &l, NULL) != OK);
	return 0;
}
