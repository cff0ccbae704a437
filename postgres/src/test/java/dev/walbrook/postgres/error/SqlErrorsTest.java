package dev.walbrook.postgres.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.ConnectionSettings;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

class SqlErrorsTest {

    private static final ConnectionSettings SETTINGS =
            new ConnectionSettings("db.example", 5432, "shop", "ann", "secret", Map.of());

    /** As PostgreSQL 15 to 18 report them; the messages are their English ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            AUTHENTICATION_FAILED         | 28P01 | auth.c        | auth_failed                      | password authentication failed for user "ann"
            AUTHENTICATION_FAILED         | 28000 | auth.c        | ClientAuthentication             | no pg_hba.conf entry for host "10.0.0.1", user "ann", database "shop", no encryption
            REPLICATION_PRIVILEGE_MISSING | 28000 | auth.c        | ClientAuthentication             | no pg_hba.conf entry for replication connection from host "10.0.0.1", user "ann"
            REPLICATION_PRIVILEGE_MISSING | 42501 | postinit.c    | InitPostgres                     | must be superuser or replication role to start walsender
            REPLICATION_PRIVILEGE_MISSING | 42501 | postinit.c    | InitPostgres                     | permission denied to start WAL sender
            REPLICATION_PRIVILEGE_MISSING | 42501 | slot.c        | CheckSlotPermissions             | keine Berechtigung
            PRIVILEGE_MISSING             | 42501 | aclchk.c      | aclcheck_error                   | permission denied for table orders
            DATABASE_MISSING              | 3D000 | postinit.c    | InitPostgres                     | database "shop" does not exist
            CANNOT_CONNECT                | 57P03 | postmaster.c  | ProcessStartupPacket             | the database system is starting up
            CONNECTION_LOST               | 57P01 | postgres.c    | ProcessInterrupts                | terminating connection due to administrator command
            SERVER_OVERLOADED             | 53300 | proc.c        | InitProcess                      | sorry, too many clients already
            DISK_FULL                     | 53100 | md.c          | mdextend                         | could not extend file "base/5/1": No space left on device
            NO_FREE_SLOT                  | 53400 | slot.c        | ReplicationSlotCreate            | all replication slots are in use
            NO_FREE_SLOT                  | 55000 | slot.c        | CheckSlotRequirements            | replication slots can only be used if "max_replication_slots" > 0
            SLOT_IN_USE                   | 55006 | slot.c        | ReplicationSlotAcquire           | Replikations-Slot »a« ist aktiv für PID 7
            TRANSIENT_CONFLICT            | 55006 | dbcommands.c  | dropdb                           | database "shop" is being accessed by other users
            SLOT_MISSING                  | 42704 | slot.c        | ReplicationSlotAcquire           | replication slot "a" does not exist
            PUBLICATION_MISSING           | 42704 | lsyscache.c   | get_publication_oid              | publication "p" does not exist
            INTERNAL                      | 42704 | parse_type.c  | typenameType                     | type "mood" does not exist
            WAL_LEVEL_NOT_LOGICAL         | 55000 | logical.c     | CheckLogicalDecodingRequirements | logical decoding requires "wal_level" >= "logical"
            SLOT_LOST                     | 55000 | logical.c     | CreateDecodingContext            | can no longer get changes from replication slot "a"
            SLOT_LOST                     | 55000 | slot.c        | ReplicationSlotAcquire           | can no longer access replication slot "a"
            SLOT_LOST                     | 55000 | walsender.c   | StartLogicalReplication          | cannot read from logical replication slot "a"
            SLOT_LOST                     | 58P01 | walsender.c   | WalSndSegmentOpen                | requested WAL segment 000000010000000000000003 has already been removed
            SLOT_WRONG                    | 55000 | logical.c     | CreateDecodingContext            | replication slot "a" was not created in this database
            SLOT_WRONG                    | 55000 | logical.c     | CreateDecodingContext            | cannot use physical replication slot for logical decoding
            SERVER_READ_ONLY              | 25006 | utility.c     | PreventCommandIfReadOnly         | cannot execute INSERT in a read-only transaction
            TRANSIENT_CONFLICT            | 40P01 | deadlock.c    | DeadLockReport                   | deadlock detected
            TRANSIENT_CONFLICT            | XX000 | pg_publication.c | f                             | cache lookup failed for relation 16385
            INTERNAL                      | XX000 | a.c           | f                                | unexpected
            RECORD_REFUSED                | 23505 | nbtinsert.c   | _bt_check_unique                 | duplicate key value violates unique constraint "orders_pkey"
            RECORD_REFUSED                | 22P02 | numutils.c    | pg_strtoint32_safe               | invalid input syntax for type integer: "x"
            CONFIGURATION                 | 0A000 | pgoutput.c    | pgoutput_startup                 | client sent proto_version=9 but server only supports protocol 4 or lower
            INTERNAL                      | 42601 | scan.l        | scanner_yyerror                  | syntax error at or near "SELEKT"
            """)
    void classifiesWhatTheServerReports(ErrorKind expected, String state, String file, String routine, String message) {
        assertThat(SqlErrors.classify(server(state, message, "F" + file + "\0R" + routine)))
                .isEqualTo(expected);
    }

    @Test
    void classifiesWhatTheDriverReports() {
        assertThat(SqlErrors.classify(
                        driver("refused", PSQLState.CONNECTION_UNABLE_TO_CONNECT, new ConnectException("refused"))))
                .isEqualTo(ErrorKind.CANNOT_CONNECT);
        assertThat(SqlErrors.classify(
                        driver("attempt failed", PSQLState.CONNECTION_FAILURE, new UnknownHostException("x"))))
                .isEqualTo(ErrorKind.CANNOT_CONNECT);
        assertThat(SqlErrors.classify(driver("reading from copy", PSQLState.CONNECTION_FAILURE, new EOFException())))
                .isEqualTo(ErrorKind.CONNECTION_LOST);
        assertThat(SqlErrors.classify(driver("closed", PSQLState.CONNECTION_DOES_NOT_EXIST, null)))
                .isEqualTo(ErrorKind.CONNECTION_LOST);
        assertThat(SqlErrors.classify(driver("unexpected packet", PSQLState.PROTOCOL_VIOLATION, null)))
                .isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
        assertThat(SqlErrors.classify(driver("The server does not support SSL.", PSQLState.CONNECTION_REJECTED, null)))
                .isEqualTo(ErrorKind.TLS_REFUSED);
        assertThat(SqlErrors.classify(driver("no password was provided", PSQLState.CONNECTION_REJECTED, null)))
                .isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
        SSLHandshakeException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("unknown issuer"));
        assertThat(SqlErrors.classify(driver("SSL error", PSQLState.CONNECTION_FAILURE, untrusted)))
                .isEqualTo(ErrorKind.TLS_REFUSED);
        assertThat(SqlErrors.classify(new SQLException("no state"))).isEqualTo(ErrorKind.INTERNAL);
    }

    @Test
    void aConnectionThatBreaksWhileItIsOpenedIsNone() {
        PSQLException broken = driver("closed", PSQLState.CONNECTION_FAILURE, new EOFException());

        WalbrookException failure = SqlErrors.translateConnect(broken, SETTINGS);

        assertThat(failure.kind()).isEqualTo(ErrorKind.CANNOT_CONNECT);
        assertThat(failure).hasMessageContaining("db.example:5432").hasMessageContaining("SQLSTATE 08006");
    }

    @Test
    void fillsTheCureWithNamesReadyForSql() {
        WalbrookException failure = SqlErrors.translate(
                server("42501", "permission denied to start WAL sender", "RInitPostgres"),
                "cannot connect",
                SETTINGS,
                Map.of());

        assertThat(failure.cure()).contains("ALTER ROLE \"ann\" WITH REPLICATION;");
        assertThat(failure.problem())
                .isEqualTo("cannot connect (ann@db.example:5432/shop):"
                        + " permission denied to start WAL sender (SQLSTATE 42501)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            23505 | duplicate key value violates unique constraint "k"                | unique constraint "k"
            22P02 | invalid input syntax for type integer: "4711 "is" private"        | invalid input syntax for type integer: "…"
            22003 | value "4711" is out of range for type integer                     | value "…" is out of range for type integer
            22P02 | ungültige Eingabesyntax für Typ integer: »4711«                   | ungültige Eingabesyntax für Typ integer: "…"
            22021 | invalid byte sequence for encoding "UTF8": 0x47 0x11              | encoding "…": 0x…
            P0001 | order 4711 of private                                             | a trigger or function raised an exception
            """)
    void tellsNoRowValues(String state, String message, String shown) {
        PSQLException cause = server(state, message, "DKey (id)=(4711) already exists.\0Wprivate");
        BatchUpdateException batch =
                new BatchUpdateException("Batch entry 0 INSERT … ('4711') was aborted", state, 0, new int[0], cause);

        WalbrookException failure = SqlErrors.translate(batch, "cannot write to orders", null, Map.of());

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(failure).hasMessageContaining(shown);
        assertThat(trace.toString()).doesNotContain("4711").doesNotContain("private");
        assertThat(((SQLException) failure.getCause()).getSQLState()).isEqualTo(state);
    }

    private static PSQLException server(String state, String message, String further) {
        return new PSQLException(new ServerErrorMessage("SERROR\0C" + state + "\0M" + message + "\0" + further + "\0"));
    }

    private static PSQLException driver(String message, PSQLState state, Throwable cause) {
        return new PSQLException(message, state, cause);
    }
}
