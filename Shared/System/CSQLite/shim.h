#include <sqlite3.h>

// Swift cannot call functions with variable arguments. Whether the last connection to close a file in write-ahead mode
// leaves its log alone (sqlite.org/c3ref/c_dbconfig_defensive.html).
static inline int jieli_sqlite3_leave_log_on_close(sqlite3 *database, int leaves) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leaves, (int *)0);
}
