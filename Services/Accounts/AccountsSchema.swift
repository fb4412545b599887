import Store

/// The tables of accounts and sign-ins. Append-only: a change is a further migration.
enum AccountsSchema {
    static let migrations = [
        Migration(
            "accounts-1-accounts",
            """
            -- details: role, area, state, password hash and the rest, sealed and bound to the name: a row that is
            -- changed by hand, or put in another's place, no longer opens.
            CREATE TABLE account(user TEXT PRIMARY KEY, details BLOB NOT NULL, last_sign_in INTEGER)
                STRICT, WITHOUT ROWID;

            -- token: of the secret that whoever signed in holds. details: whose it is and since when, sealed and bound
            -- to the token.
            CREATE TABLE session(
                token INTEGER PRIMARY KEY, user TEXT NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
                details BLOB NOT NULL) STRICT;
            CREATE INDEX session_user ON session(user);
            CREATE INDEX session_expires ON session(expires_at);
            """)
    ]
}
