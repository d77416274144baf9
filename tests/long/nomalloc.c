/*
 * tests/long/nomalloc.c -- a library to preload: the n-th request for memory of a program is refused.
 *
 * NOMALLOC_AT=n     refuse call n (counted from the program's start)
 * NOMALLOC_ON=1     and every call after it
 * NOMALLOC_COUNT=f  write the number of calls into file f at the end
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

static unsigned long calls, refuse_at;
static bool from_then_on;

__attribute__((constructor)) static void
begin(void)
{
	const char *at = getenv("NOMALLOC_AT"), *on = getenv("NOMALLOC_ON");

	refuse_at = at == NULL ? 0 : strtoul(at, NULL, 10);
	from_then_on = on != NULL && on[0] == '1';
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("NOMALLOC_COUNT");
	unsigned long n = calls;
	FILE *f;

	refuse_at = 0;
	f = path == NULL ? NULL : fopen(path, "w");
	if (f == NULL)
		return;
	fprintf(f, "%lu\n", n);
	fclose(f);
}

static bool
refused(void)
{
	unsigned long n = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);

	if (refuse_at == 0 || (from_then_on ? n < refuse_at : n != refuse_at))
		return false;
	errno = ENOMEM;
	return true;
}

void *
malloc(size_t n)
{
	return refused() ? NULL : __libc_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return refused() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return refused() ? NULL : __libc_realloc(p, n);
}

void *
aligned_alloc(size_t align, size_t n)
{
	return refused() ? NULL : __libc_memalign(align, n);
}

int
posix_memalign(void **out, size_t align, size_t n)
{
	void *p = refused() ? NULL : __libc_memalign(align, n);

	if (p == NULL)
		return ENOMEM;
	*out = p;
	return 0;
}
