/*
 * fcgi/press/main.c -- main of `poolpress`: what needs a large library and a stranger's bytes is made here, in a process
 * of its own that ends with its one piece of work.
 *
 *	poolpress photo LARGE SMALL < RAW     two JPEG files; prints "WIDTH HEIGHT BYTES" of the large one
 *	poolpress paper DIR < SHEETS          a PDF for each document; prints how many
 *	poolpress mail TO < RAW               the words of a mail, and its parts in files beside them; prints how many
 *
 * It has no database, no keys and no settings (fcgi/jobs/press.c sees to that), a ceiling of seconds, and dies with
 * whoever called it. Status: 0 made, 65 the bytes are not what they should be, 1 anything else.
 */
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "fcgi/press/press.h"

static bool bounded(void);

int
main(int argc, char **argv)
{
	if (!bounded())
		return PRESS_FAILED;
	if (argc == 4 && strcmp(argv[1], "photo") == 0)
		_exit(photo_main(argv[2], argv[3])); /* what it took goes with the process */
	if (argc == 3 && strcmp(argv[1], "paper") == 0)
		_exit(paper_main(argv[2]));
	if (argc == 3 && strcmp(argv[1], "mail") == 0)
		_exit(mail_main(argv[2]));
	fputs("usage: poolpress photo LARGE SMALL < RAW\n       poolpress paper DIR < SHEETS\n       poolpress mail TO < RAW\n", stderr);
	return 2;
}

static bool
bounded(void)
{
	const struct rlimit seconds = {PRESS_SECONDS, PRESS_SECONDS}, none = {0, 0};

	(void)alarm(PRESS_SECONDS);
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    setrlimit(RLIMIT_CPU, &seconds) == 0 && setrlimit(RLIMIT_CORE, &none) == 0;
}
