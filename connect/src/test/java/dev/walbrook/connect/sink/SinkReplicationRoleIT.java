package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers and foreign keys of the target, which a replica leaves alone. */
class SinkReplicationRoleIT {

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    @BeforeAll
    static void startServer() {
        SERVER.execute("CREATE ROLE narrow LOGIN PASSWORD 'narrow'; GRANT CREATE ON SCHEMA public TO narrow");
    }

    @ParameterizedTest
    @CsvSource({"origin, 1", "local, 1", "replica, 0"})
    void triggersFireAsTheRoleSays(String role, String fired) {
        String schema = SERVER.createSchema("role");
        SERVER.execute(
                """
                CREATE TABLE %1$s.t (id int PRIMARY KEY); CREATE TABLE %1$s.fired (id int);
                CREATE FUNCTION %1$s.f() RETURNS trigger LANGUAGE plpgsql AS
                  $$ BEGIN INSERT INTO %1$s.fired VALUES (NEW.id); RETURN NULL; END $$;
                CREATE TRIGGER f AFTER INSERT ON %1$s.t FOR EACH ROW EXECUTE FUNCTION %1$s.f()"""
                        .formatted(schema));
        Events events = new Events(schema, "t", Events.columns("id", Schema.INT32_SCHEMA), "id");
        PostgresSinkTask task = new PostgresSinkTask();
        task.initialize(new DirectContext());
        task.start(SERVER.with(Map.of(
                "session.replication.role", role, "collection.name.format", "${source.schema}.${source.table}")));
        task.open(List.of(new TopicPartition(events.topic(), 0)));

        task.put(List.of(events.create(1)));

        assertThat(SERVER.query("SELECT count(*) FROM " + schema + ".fired")).containsExactly(fired);
        task.stop();
    }

    @Test
    void saysAtOnceWhichPrivilegeIsMissing() {
        assertThat(errors("replica"))
                .singleElement()
                .asString()
                .contains("GRANT SET ON PARAMETER session_replication_role TO \"narrow\"");
        assertThat(errors("origin")).isEmpty();

        SERVER.execute("GRANT SET ON PARAMETER session_replication_role TO narrow");
        assertThat(errors("replica")).isEmpty();
        SERVER.execute("REVOKE SET ON PARAMETER session_replication_role FROM narrow");
    }

    private static List<String> errors(String role) {
        Map<String, String> properties = SERVER.with(Map.of(
                "connection.username", "narrow",
                "connection.password", "narrow",
                "session.replication.role", role));
        return new PostgresSinkConnector()
                .validate(properties).configValues().stream()
                        .filter(value -> value.name().equals("session.replication.role"))
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();
    }
}
