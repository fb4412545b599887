#include <microhttpd.h>

// Linux has both, and the headers show them under _GNU_SOURCE only.
int accept4(int, struct sockaddr *, socklen_t *, int);
int pipe2(int *, int);

// These libmicrohttpd functions are variadic, which Swift cannot call; each wrapper fixes the one form that we need
// (libmicrohttpd manual, "Obtaining and modifying status information").

static inline int web_client_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static inline void *web_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : 0;
}

static inline void web_set_idle_limit(struct MHD_Connection *connection, unsigned int seconds) {
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}
