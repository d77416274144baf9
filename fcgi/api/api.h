/*
 * fcgi/api/api.h -- people ask: the guest list (api.c) and the loop that answers.
 */
#ifndef FCGI_API_API_H
#define FCGI_API_API_H

#include "fcgi/http/router.h"
#include "tenancy/lease.h"

enum api_process { API_WEB = 1, API_AUTH, API_CGI };

/*
 * api_serve -- a worker's life: accept, answer, until told to stop (SIGTERM) or tired
 *
 * listen_fd  in  a listening unix socket, shared with the other workers
 * Answers the exit code: 0 told to stop or retired after its share of works
 */
int api_serve(struct house *h, enum api_process p, int listen_fd);

/* api_cgi -- one request from the environment and standard input to standard output; 0 if it was
 * answered */
int api_cgi(struct house *h);

#endif
