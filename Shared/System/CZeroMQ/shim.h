#include <zmq.h>
// Linux's wake-up and file watch, which a loop over sockets needs and the Glibc module leaves out.
#include <sys/eventfd.h>
#include <sys/inotify.h>
