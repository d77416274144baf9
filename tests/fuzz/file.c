/* tests/fuzz/file.c -- the head of a picture: whatever it says, it is within bounds or refused. */
#include "domain/base/file.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file_look look = {.width = 77};
	struct fault f = {0};

	if (file_look(fuzz_text(data, size), &look, &f) != OK) {
		MUST(f.err == E_INVALID && f.field != NULL && look.width == 77);
		return 0;
	}
	MUST(look.type > 0 && look.type < FILE_TYPES && look.turn >= 1 && look.turn <= 8);
	MUST(look.type == FILE_PDF || (look.width > 0 && look.height > 0));
	MUST(look.width <= FILE_SIDE_MAX && (uint64_t)look.width * look.height <= FILE_PIXELS_MAX);
	MUST(!look.taken_is || (look.taken.month >= 1 && look.taken.month <= 12 && look.taken.hour < 24));
	return 0;
}
