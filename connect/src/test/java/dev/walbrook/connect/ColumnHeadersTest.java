package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.junit.jupiter.api.Test;

class ColumnHeadersTest {

    private static final Map<String, String> SIMPLE =
            Map.of("a,b", "{{1,2},{3,4}}", "ü", "NaN", "c", "00101", "d", "", "e", "24:00:00+00", "f", "-0");
    private static final Map<String, String> QUOTED = Map.of("say \"a\"", "{{\"a \\\" b\"},{\"\\\\\"}}");

    @Test
    void everyTextSurvivesTheJsonConverter() {
        assertThat(texts(json(), SIMPLE)).isEqualTo(SIMPLE);
        assertThat(texts(json(), QUOTED)).isEqualTo(QUOTED);
        assertThat(names(json(), List.of("a,b", "\"c\"", "\\"))).containsExactly("a,b", "\"c\"", "\\");
    }

    @Test
    void theSimpleHeaderConverterIsTrustedWithWhatItDoesNotChange() {
        assertThat(texts(new SimpleHeaderConverter(), SIMPLE)).isEqualTo(SIMPLE);
        assertThat(texts(new SimpleHeaderConverter(), QUOTED)).isNull();
        assertThat(names(new SimpleHeaderConverter(), List.of("a,b", "c"))).containsExactly("a,b", "c");
        assertThat(names(new SimpleHeaderConverter(), List.of("\"c\""))).isNull();
    }

    @Test
    void whatIsNotOfStringsIsNotTaken() {
        Headers headers = new ConnectHeaders()
                .addString("text", "a,b")
                .add("numbers", Map.of("a", 1), null)
                .add("list", List.of(1), null)
                .add("nothing", null, null);

        for (String name : List.of("text", "numbers", "list", "nothing")) {
            assertThat(ColumnHeaders.texts(headers, name)).as(name).isNull();
            assertThat(ColumnHeaders.names(headers, name)).as(name).isNull();
        }
        assertThat(ColumnHeaders.texts(headers, "absent")).isEmpty();
        assertThat(ColumnHeaders.names(headers, "absent")).isEmpty();
    }

    private static Map<String, String> texts(HeaderConverter converter, Map<String, String> texts) {
        Headers headers = new ConnectHeaders();
        ColumnHeaders.addTexts(headers, "h", texts);
        return ColumnHeaders.texts(sent(converter, headers), "h");
    }

    private static List<String> names(HeaderConverter converter, List<String> names) {
        Headers headers = new ConnectHeaders();
        ColumnHeaders.addNames(headers, "h", names);
        return ColumnHeaders.names(sent(converter, headers), "h");
    }

    private static Headers sent(HeaderConverter converter, Headers headers) {
        Header header = headers.lastWithName("h");
        byte[] bytes = converter.fromConnectHeader("topic", "h", header.schema(), header.value());
        return new ConnectHeaders().add("h", converter.toConnectHeader("topic", "h", bytes));
    }

    private static HeaderConverter json() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("converter.type", "header"));
        return converter;
    }
}
