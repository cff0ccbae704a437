package dev.walbrook.connect.source;

import dev.walbrook.testkit.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.postgresql.PGConnection;

/** Ways to change the tables {@code a} and {@code b (id int PRIMARY KEY, v text)}, over a thousand changes each. */
enum Workload {
    SINGLE_ROWS {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException {
            try (Statement statement = one.createStatement()) {
                for (int i = 0; i < 500; i++) {
                    int id = 1000 + random.nextInt(60);
                    statement.execute("INSERT INTO " + table(random) + " VALUES (" + id + ", '" + i
                            + "') ON CONFLICT (id) DO UPDATE SET v = excluded.v");
                }
            }
        }
    },
    MULTI_ROW_STATEMENTS {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException {
            try (Statement statement = one.createStatement()) {
                int id = 1000;
                for (int i = 0; i < 20; i++) {
                    int rows = 1 + random.nextInt(80);
                    statement.execute(
                            "INSERT INTO a SELECT i, 'n' FROM generate_series(%d, %d) i".formatted(id, id + rows - 1));
                    statement.execute("UPDATE a SET v = v || 'u' WHERE id %% 3 = %d".formatted(random.nextInt(3)));
                    id += rows;
                }
            }
        }
    },
    COPY {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException, IOException {
            int id = 1000;
            for (int i = 0; i < 12; i++) {
                StringBuilder rows = new StringBuilder();
                int count = 1 + random.nextInt(300);
                for (int row = 0; row < count; row++) {
                    rows.append(id++).append('\t').append(i).append('\n');
                }
                one.unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + table(random) + " FROM STDIN", new StringReader(rows.toString()));
            }
        }
    },
    HUGE_TRANSACTION {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException {
            one.setAutoCommit(false);
            try (Statement statement = one.createStatement()) {
                statement.execute("INSERT INTO a SELECT i, 'huge' FROM generate_series(1000, 4000) i");
                statement.execute("SAVEPOINT s");
                statement.execute("INSERT INTO b SELECT i, 'undone' FROM generate_series(1000, 1100) i");
                statement.execute("ROLLBACK TO s");
                statement.execute("UPDATE a SET v = 'again' WHERE id BETWEEN 1000 AND 2000");
                one.commit();
            } finally {
                one.setAutoCommit(true);
            }
        }
    },
    INTERLEAVED_TRANSACTIONS {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            try (Statement first = one.createStatement();
                    Statement second = two.createStatement()) {
                int id = 1000;
                for (int i = 0; i < 12; i++) {
                    for (int part = 0; part < 3; part++) {
                        int rows = 1 + random.nextInt(40);
                        first.execute("INSERT INTO a SELECT i, 'a' FROM generate_series(%d, %d) i"
                                .formatted(id, id + rows - 1));
                        second.execute("INSERT INTO b SELECT i, 'b' FROM generate_series(%d, %d) i"
                                .formatted(id, id + rows - 1));
                        id += rows;
                    }
                    if (random.nextBoolean()) {
                        one.commit();
                        second.execute("UPDATE b SET v = 'late' WHERE id > " + (id - 5));
                        two.commit();
                    } else {
                        two.commit();
                        one.commit();
                    }
                }
            } finally {
                one.setAutoCommit(true);
                two.setAutoCommit(true);
            }
        }
    },
    KEY_CHANGES {
        @Override
        void write(Connection one, Connection two, Random random) throws SQLException {
            try (Statement statement = one.createStatement()) {
                statement.execute("INSERT INTO a SELECT i, 'k' FROM generate_series(1000, 1059) i");
                for (int i = 0; i < 90; i++) {
                    int id = 1000 + random.nextInt(60);
                    int span = random.nextInt(4);
                    switch (random.nextInt(4)) {
                        case 0 -> statement.execute("DELETE FROM a WHERE id BETWEEN " + id + " AND " + (id + span));
                        case 1 ->
                            statement.execute(
                                    "INSERT INTO a SELECT i, 'n' FROM generate_series(%d, %d) i ON CONFLICT DO NOTHING"
                                            .formatted(id, id + span));
                        default ->
                            statement.execute("UPDATE a SET id = id + %d WHERE id BETWEEN %d AND %d"
                                    .formatted(10_000 * (i + 1), id, id + span));
                    }
                }
                statement.execute("TRUNCATE a, b");
            }
        }
    };

    abstract void write(Connection one, Connection two, Random random) throws SQLException, IOException;

    void write(TestDatabase database, Random random) throws SQLException, IOException {
        try (Connection one = database.connection();
                Connection two = database.connection()) {
            write(one, two, random);
        }
    }

    private static String table(Random random) {
        return random.nextBoolean() ? "a" : "b";
    }
}
