package dev.walbrook.outbox;

import java.sql.Connection;
import java.sql.SQLException;

/** What an outbox and an inbox ask of the caller's connection. */
final class Transactions {

    private Transactions() {}

    /** @throws IllegalStateException if every statement would be a transaction of its own */
    static void require(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "The connection is in auto-commit mode, so this would be a transaction of its"
                            + " own and stay when the caller's change fails: call setAutoCommit(false), make the change and this"
                            + " with the same connection, then commit()");
        }
    }
}
