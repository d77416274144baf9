/*
 * tests/fuzz/route_plan.c -- a plan from anywhere, for a small file of each kind: the checker says
 * what it costs or that it is no plan, and never falls over.
 */
#include "fcgi/route/check.h"
#include "tests/fuzz/fuzz.h"

static const char json[] =
    "{\"days\":2,\"vehicles\":[{\"id\":1,\"start_index\":0,\"end_index\":0,\"capacity\":[3,1],"
    "\"breaks\":[{\"id\":1,\"service\":5,\"time_windows\":[[3,9]]}],\"time_window\":[0,99]},"
    "{\"id\":2,\"day\":1,\"start_index\":1,\"skills\":[4]}],\"jobs\":[{\"id\":1,\"location_index\":"
    "1,"
    "\"day_sets\":[[0],[0,1]],\"usual\":1,\"promise\":[2,4]},{\"id\":2,\"location_index\":0,"
    "\"skills\":[4],\"delivery\":[2,2],\"with\":1,\"time_windows\":[[1,2],[5,6]]}],"
    "\"supply\":{\"location_index\":1,\"service\":4,\"price\":2},\"matrices\":{\"car\":{\"durations\":[[0,7],[8,0]]}}}";
static const char days[] = "1 1 2 2\n0 9\n0 9\n0 1 1 0 0 0 0\n1 2 2 1 3 1 2 1 2\n2 3 1 1 4 2 1 3\n";
static const char windows[] =
    "a\n\nVEHICLE\nNUMBER CAPACITY\n 2 9\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY "
    "TIME DUE DATE SERVICE TIME\n\n0 1 1 0 0 99 0\n1 3 4 5 6 70 8\n2 5 5 5 0 90 8\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str files[] = {
	    {json, sizeof(json) - 1}, {days, sizeof(days) - 1}, {windows, sizeof(windows) - 1}};

	for (int n = 0; n < 3; n++) {
		struct arena *a = fuzz_arena();
		struct fault f = {0};
		struct verdict v = {0};

		if (check_plan(files[n], fuzz_text(data, size), a, &v, &f) != OK) {
			MUST(f.err == E_INVALID && strcmp(f.field, "plan") == 0);
			continue;
		}
		MUST(v.served + v.left_out == 2);
		MUST(v.late >= 0 && v.overtime >= 0 && v.overload >= 0);
	}
	return 0;
}
