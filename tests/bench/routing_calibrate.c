/*
 * tests/bench/routing_calibrate.c -- how fast is this machine? 2 x 10^8 insertion probes of
 * Savelsbergh's kind.
 *
 * Each asks, by earliest start and latest start, whether a visit fits between two others and how
 * far it is off the way: integers alone, a table of 256 KiB. Budgets recorded on another machine
 * are to be multiplied by the ratio of the two times.
 */
#include "tests/bench/routing.h"

#define PLACES     256
#define PROBES     200000000u
#define RECORDED_S 0.26 /* where the figures of domain/routing/README.md were taken */

int
main(void)
{
	static int32_t legs[PLACES][PLACES], early[PLACES], late[PLACES];
	uint32_t x = 1, found = 0;
	int64_t sum = 0;
	double from_s, took_s;

	for (int i = 0; i < PLACES; i++) {
		for (int j = 0; j < PLACES; j++) {
			x = x * 1664525u + 1013904223u;
			legs[i][j] = (int32_t)(x >> 22);
		}
		early[i] = (int32_t)(x >> 20);
		late[i] = early[i] + (int32_t)(x >> 21 & 1023);
	}
	from_s = bench_cpu();
	for (uint32_t n = 0; n < PROBES; n++) {
		uint32_t i = n & 255, j = (i + 1) & 255, u = n >> 8 & 255;
		int32_t there = early[i] + legs[i][u], begin = there > early[u] ? there : early[u];

		if (begin <= late[u] && begin + legs[u][j] <= late[j]) {
			found++;
			sum += legs[i][u] + legs[u][j] - legs[i][j];
		}
	}
	took_s = bench_cpu() - from_s;
	printf("calibration: 2e8 insertion probes in %.2f s of CPU (%.2f where our figures were "
	       "taken: x %.2f); %u fit, %lld\n",
	    took_s, RECORDED_S, took_s / RECORDED_S, found, (long long)sum);
	return 0;
}
