/*
 * fcgi/listen.h -- the socket that visitors' requests come through. For the master alone.
 */
#ifndef FCGI_LISTEN_H
#define FCGI_LISTEN_H

/*
 * listen_open -- inherited (POOL_LISTEN_FD of an earlier self, LISTEN_FDS of the service manager)
 * or made
 *
 * Answers the descriptor, or -1 after a message on standard error.
 */
int listen_open(const char *path, int backlog);

/* listen_forget -- remove the socket's name, if we made it */
void listen_forget(const char *path);

#define LISTEN_FD_VARIABLE "POOL_LISTEN_FD"

#endif
