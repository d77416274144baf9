/*
 * domain/base/banned.h -- calls that do not compile here. Force-included into every file.
 */
#ifndef DOMAIN_BASE_BANNED_H
#define DOMAIN_BASE_BANNED_H

/* System headers first, so that the names below are only poisoned for us. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok strtok_r
#pragma GCC poison asctime asctime_r ctime ctime_r gmtime localtime tmpnam mktemp atoi atol atoll atof

#endif
