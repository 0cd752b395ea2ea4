// What Swift's Glibc module leaves out: waiting for a process by a descriptor, waking a thread that polls, and what
// <spawn.h>, <fcntl.h> and <unistd.h> declare for _GNU_SOURCE only.
#include <spawn.h>
#include <sys/types.h>
#include <sys/eventfd.h>
#include <sys/pidfd.h>

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int pipe2(int ends[2], int flags);

// POSIX_SPAWN_SETSID of <spawn.h>: the child begins a session of its own.
enum { CLINUX_SPAWN_SETSID = 0x80 };
