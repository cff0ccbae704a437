package dev.walbrook.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureCauseTest {

    @Test
    void findsOurOwnFailureWithItsCure() {
        String trace =
                """
                org.apache.kafka.connect.errors.ConnectException: task stopped
                \tat a.b.C.d(C.java:1)
                Caused by: dev.walbrook.postgres.error.WalbrookException: wal_level is replica -- Run ALTER SYSTEM SET wal_level = 'logical';
                \tat a.b.C.e(C.java:2)
                \t... 7 more
                Caused by: java.io.IOException: deeper
                \t... 8 more
                """;

        assertThat(FailureCause.of(trace))
                .isEqualTo(new FailureCause("wal_level is replica", "Run ALTER SYSTEM SET wal_level = 'logical';"));
    }

    @Test
    void fallsBackToTheLastCause() {
        String trace =
                """
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask
                \tat a.b.C.d(C.java:1)
                Caused by: org.postgresql.util.PSQLException: ERROR: no such thing
                  Hint: look elsewhere
                \tat a.b.C.e(C.java:2)
                """;

        assertThat(FailureCause.of(trace).problem())
                .isEqualTo("PSQLException: ERROR: no such thing\n  Hint: look elsewhere");
    }

    @Test
    void saysSoWhenThereIsNoTrace() {
        assertThat(FailureCause.of("").problem()).isEqualTo("the worker gives no reason");
    }
}
