package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.admin.load.SampleSchema;
import dev.walbrook.admin.pipeline.SourceDatabase;
import dev.walbrook.admin.sql.ScriptResult;
import dev.walbrook.admin.sql.SqlScript;
import dev.walbrook.cli.options.PostgresUrl;
import dev.walbrook.cli.options.PrivateFiles;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** Puts tables into the source, once, and makes the sink ready for them. */
final class SourceContent {

    private static final String DATABASE = "walbrook";

    private final UpPlan plan;
    private final Consumer<String> report;

    SourceContent(UpPlan plan, Consumer<String> report) {
        this.plan = plan;
        this.report = report;
    }

    /** The settings of the database {@code walbrook} on an embedded server, created if it is not there. */
    static ConnectionSettings embedded(int port, String password) {
        ConnectionSettings server =
                new ConnectionSettings("127.0.0.1", port, "postgres", "postgres", password, Map.of());
        createDatabase(server, false);
        return new ConnectionSettings("127.0.0.1", port, DATABASE, "postgres", password, Map.of());
    }

    private static void createDatabase(ConnectionSettings server, boolean again) {
        try (Connection connection = DatabaseConnection.open(server);
                Statement statement = connection.createStatement()) {
            if (again) {
                statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = " + Sql.literal(DATABASE))) {
                if (row.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException e) {
            throw new AdminException("cannot create the database " + DATABASE + ": " + e.getMessage(), "", e);
        }
    }

    /** Loads the script or the sample schema unless an earlier run has. */
    void load(ConnectionSettings source) {
        Path marker = plan.dataDirectory().resolve("loaded.properties");
        if (Files.exists(marker)) {
            if (plan.sql() != null) {
                report.accept("the source was filled by an earlier run; --fresh loads " + plan.sql() + " anew");
            }
            return;
        }
        if (plan.source() == null) {
            // What is there without the mark is half of a script that failed.
            createDatabase(PostgresUrl.withDatabase(source, "postgres"), true);
        }
        Path sql = plan.sql();
        if (sql != null) {
            ScriptResult result = SqlScript.run(sql, source);
            result.warnings().forEach(report);
            report.accept(String.format(
                    Locale.ROOT,
                    "loaded %s: %,d statements, %,d rows copied",
                    sql,
                    result.statements(),
                    result.copiedRows()));
        } else if (plan.source() == null) {
            SampleSchema.create(source);
            report.accept("created the sample tables products and orders");
        }
        Properties loaded = new Properties();
        loaded.setProperty("from", sql != null ? sql.toString() : plan.source() == null ? "sample" : "own");
        try {
            PrivateFiles.store(marker, loaded);
        } catch (IOException e) {
            throw new AdminException("cannot write " + marker + ": " + e, "", e);
        }
    }

    /**
     * Checks the source and lists what can be captured.
     *
     * @throws WalbrookException if the server does not write what logical decoding needs
     */
    static List<TableId> inspect(ConnectionSettings source) {
        try (SourceDatabase database = SourceDatabase.open(source)) {
            String level = database.setting("wal_level");
            if (!level.equals("logical")) {
                throw new WalbrookException(
                        ErrorKind.WAL_LEVEL_NOT_LOGICAL,
                        "the server at " + source.host() + ':' + source.port() + " has wal_level = " + level,
                        Map.of());
            }
            return database.userTables();
        } catch (SQLException e) {
            throw new AdminException("cannot look at the source " + source + ": " + e.getMessage(), "", e);
        }
    }

    /** The sink connector creates tables, but schemas are its user's business. */
    static void createSchemas(ConnectionSettings sink, List<TableId> tables) {
        try (Connection connection = DatabaseConnection.open(sink);
                Statement statement = connection.createStatement()) {
            for (String schema : tables.stream().map(TableId::schema).distinct().toList()) {
                try (ResultSet row =
                        statement.executeQuery("SELECT 1 FROM pg_namespace WHERE nspname = " + Sql.literal(schema))) {
                    if (row.next()) {
                        continue;
                    }
                }
                statement.execute("CREATE SCHEMA " + Sql.identifier(schema));
            }
        } catch (SQLException e) {
            throw new AdminException("cannot create the source's schemas in the sink: " + e.getMessage(), "", e);
        }
    }
}
