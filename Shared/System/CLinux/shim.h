// What glibc shows to programs that ask for GNU's additions, which the Glibc module does not.
#include <spawn.h>
#include <sys/socket.h>

// posix_spawn_file_actions_addclosefrom_np(3): glibc 2.34.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
// accept(2)
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
// pipe(2)
extern int pipe2(int descriptors[2], int flags);
