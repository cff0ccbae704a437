package dev.walbrook.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            db.example          | shop      | jdbc:postgresql://db.example:5432/shop
            10.1.2.3            | shop      | jdbc:postgresql://10.1.2.3:5432/shop
            ::1                 | shop      | jdbc:postgresql://[::1]:5432/shop
            [::1]               | shop      | jdbc:postgresql://[::1]:5432/shop
            [::1]:6000          | shop      | jdbc:postgresql://[::1]:6000/shop
            one, two:6000,three | shop      | jdbc:postgresql://one:5432,two:6000,three:5432/shop
            db.example          | a?b&c/d%e | jdbc:postgresql://db.example:5432/a%3Fb%26c%2Fd%25e
            """)
    void writesTheUrl(String host, String database, String expected) {
        ConnectionSettings settings = new ConnectionSettings(host, 5432, database, "ann", "secret", Map.of());

        assertThat(Connections.jdbcUrl(settings)).isEqualTo(expected);
    }
}
