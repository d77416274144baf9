#include "domain/customers/slips.h"

#include <stddef.h>

unsigned
slips(struct str a, struct str b, bool open, unsigned most)
{
	unsigned row[3][SLIPS_WORD_MAX + 1];
	unsigned *before = row[0], *last = row[1], *now = row[2], best;

	a = str_sub(a, 0, SLIPS_WORD_MAX);
	b = str_sub(b, 0, SLIPS_WORD_MAX);
	if (a.n > b.n + most || (!open && b.n > a.n + most))
		return most + 1;
	for (size_t j = 0; j <= b.n; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned least = now[0] = (unsigned)i, *spare = before;

		for (size_t j = 1; j <= b.n; j++) {
			unsigned d = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);

			d = last[j] + 1 < d ? last[j] + 1 : d;
			d = now[j - 1] + 1 < d ? now[j - 1] + 1 : d;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < d)
				d = before[j - 2] + 1;
			now[j] = d;
			least = d < least ? d : least;
		}
		if (least > most)
			return most + 1;
		before = last;
		last = now;
		now = spare;
	}
	best = last[b.n];
	for (size_t j = 0; open && j < b.n; j++)
		best = last[j] < best ? last[j] : best;
	return best > most ? most + 1 : best;
}

unsigned
slips_of(struct str typed, struct str text)
{
	unsigned sum = 0;

	while (typed.n > 0) {
		struct str rest = text, word = str_cut(typed, ' ', &typed);
		unsigned best = (unsigned)(word.n < SLIPS_WORD_MAX ? word.n : SLIPS_WORD_MAX); /* none of its letters is there */

		while (rest.n > 0 && best > 0) {
			unsigned d = slips(word, str_cut(rest, ' ', &rest), typed.n == 0, best - 1);

			best = d < best ? d : best;
		}
		sum += best;
	}
	return sum;
}
