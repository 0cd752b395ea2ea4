#include <libpq-fe.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

// Swift does not import character constants.
static const int ng_error_state = PG_DIAG_SQLSTATE;
static const int ng_error_message = PG_DIAG_MESSAGE_PRIMARY;
static const int ng_error_constraint = PG_DIAG_CONSTRAINT_NAME;
static const int ng_error_position = PG_DIAG_STATEMENT_POSITION;
