package dev.walbrook.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.cli.UsageException;
import dev.walbrook.postgres.ConnectionSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://me@db.example/shop, db.example, 5432, shop, me,",
        "postgres://me:p%40ss%3A@db.example:6000/my%20shop, db.example, 6000, my shop, me, p@ss:",
        "postgresql://me:a+b@h/d, h, 5432, d, me, a+b",
        "postgresql://me:a@b@h/d, h, 5432, d, me, a@b",
        "postgresql://me@h, h, 5432, me, me,",
        "postgresql://me@[::1]:5433/d, ::1, 5433, d, me,",
        "jdbc:postgresql://h:1234/d?user=me&password=x, h, 1234, d, me, x",
    })
    void readsEveryPart(String url, String host, int port, String database, String user, String password) {
        assertThat(PostgresUrl.parse(url, "--source"))
                .isEqualTo(new ConnectionSettings(host, port, database, user, password, Map.of()));
    }

    @Test
    void keepsPropertiesAndLeavesThePasswordOutOfTheText() {
        ConnectionSettings settings =
                PostgresUrl.parse("postgresql://me:secret@h/d?sslmode=require&options=-c%20x", "--source");

        assertThat(settings.properties()).isEqualTo(Map.of("sslmode", "require", "options", "-c x"));
        assertThat(PostgresUrl.format(settings))
                .isEqualTo("postgresql://me@h:5432/d?options=-c%20x&sslmode=require")
                .doesNotContain("secret");
        assertThat(PostgresUrl.parse(PostgresUrl.format(settings), "state"))
                .isEqualTo(PostgresUrl.withPassword(settings, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mysql://a:secret@h/d", "postgresql:///secret", "postgresql://a:secret@h:99999/d", "h:5432", ""})
    void refusesOtherTextsWithoutRepeatingThem(String url) {
        assertThatThrownBy(() -> PostgresUrl.parse(url, "--sink"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--sink")
                .hasMessageNotContaining("secret");
    }
}
