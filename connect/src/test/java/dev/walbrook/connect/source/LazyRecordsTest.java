package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.capture.Operation;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.json.JsonConverter;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are handed on as text are the same as values that are made. */
class LazyRecordsTest {

    private static final int ROWS = 400;

    /** A type, its modifier, and texts as PostgreSQL writes them. */
    private record Type(String name, int modifier, String... texts) {}

    private static final List<Type> TYPES = List.of(
            new Type("bool", -1, "t", "f"),
            new Type("int2", -1, "0", "-32768", "32767"),
            new Type("int4", -1, "0", "-2147483648", "2147483647", "7"),
            new Type("int8", -1, "0", "-9223372036854775808", "9223372036854775807", "-1"),
            new Type("oid", -1, "0", "4294967295"),
            new Type("float8", -1, "1.5", "NaN", "-0", "1e+300"),
            new Type("numeric", (10 << 16 | 2) + 4, "0.00", "-0.05", "-12345678.90", "99999999.99", "NaN"),
            new Type(
                    "numeric", (38 << 16 | 2) + 4, "0.00", "123456789012345678901234567890.12", "-1234567890123456.78"),
            new Type("numeric", (5 << 16) + 4, "0", "-12345"),
            new Type("numeric", -1, "0", "1.50", "NaN", "Infinity"),
            new Type(
                    "text",
                    -1,
                    "",
                    "plain",
                    "\"q\" \\ / \b\f\n\r\t \u0000 \u0001 \u001f \u007f",
                    "äöü ß € ￿ \u2028",
                    "😀 and 𝄞",
                    "A".repeat(3000) + "é" + "\"".repeat(500)),
            new Type("jsonb", -1, "{\"a\": [1, \"é\", null]}", "null"),
            new Type("uuid", -1, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            new Type("date", -1, "2024-02-29", "0044-03-15 BC", "infinity"),
            new Type(
                    "timestamp",
                    -1,
                    "2024-02-29 12:34:56.789012",
                    "2024-02-29 12:34:56",
                    "1969-12-31 23:59:59.9",
                    "0001-01-01 00:00:00",
                    "0044-03-15 12:00:00.000001 BC",
                    "12345-06-07 08:09:10",
                    "infinity",
                    "-infinity"),
            new Type("timestamp", 3, "2024-02-29 12:34:56.789", "infinity"),
            new Type(
                    "timestamptz",
                    -1,
                    "2024-02-29 12:34:56.789012+00",
                    "2024-02-29 12:34:56.7+00",
                    "2024-02-29 12:34:56+00",
                    "2024-02-29 12:34:56+05:45",
                    "0044-03-15 12:00:00.000001+00 BC",
                    "12345-06-07 08:09:10+00",
                    "infinity",
                    "-infinity"),
            new Type("timestamptz", 0, "2024-02-29 12:34:56+00"),
            new Type(
                    "timestamptz",
                    3,
                    "2024-02-29 12:34:56.789+00",
                    "2024-02-29 12:34:56.7+00",
                    "2024-02-29 12:34:56+00"));

    @ParameterizedTest
    @CsvSource({
        "false, BASE64, precise, adaptive",
        "true, BASE64, precise, adaptive",
        "false, NUMERIC, precise, microseconds",
        "false, BASE64, string, nanoseconds",
        "true, BASE64, double, isostring",
        "false, BASE64, precise, connect",
        "false, BASE64, string, structured"
    })
    void ourConverterWritesOfThemWhatKafkasWritesOfTheValues(
            boolean schemas, String decimalFormat, String decimals, String times) {
        Random random = Seeds.random();
        Map<String, Object> settings = Map.of(
                "schemas.enable",
                schemas,
                "decimal.format",
                decimalFormat,
                "replace.null.with.default",
                random.nextBoolean());
        Converter ours = new JsonConverter();
        Converter kafkas = new org.apache.kafka.connect.json.JsonConverter();
        EventRecords records = records(Map.of("decimal.handling.mode", decimals, "time.precision.mode", times));
        for (int i = 0; i < ROWS; i++) {
            for (SourceRecord made : make(records, change(random, i))) {
                for (boolean key : new boolean[] {true, false}) {
                    ours.configure(settings, key);
                    kafkas.configure(settings, key);
                    byte[] ourBytes = key
                            ? ours.fromConnectData("t", made.keySchema(), made.key())
                            : ours.fromConnectData("t", made.valueSchema(), made.value());
                    byte[] kafkasBytes = key
                            ? kafkas.fromConnectData("t", made.keySchema(), made.key())
                            : kafkas.fromConnectData("t", made.valueSchema(), made.value());
                    assertThat(text(ourBytes)).isEqualTo(text(kafkasBytes));
                }
            }
        }
    }

    @Test
    void aRecordIsAStructLikeAnyOther() {
        Random random = Seeds.random();
        EventRecords records = records(Map.of());
        for (int i = 0; i < ROWS; i++) {
            for (SourceRecord made : make(records, change(random, i))) {
                if (made.value() instanceof Struct value) {
                    Struct copy = new Struct(value.schema());
                    for (Field field : value.schema().fields()) {
                        Object part = value.get(field);
                        assertThat(value.get(field.name())).isEqualTo(part);
                        copy.put(field, value.getWithoutDefault(field.name()));
                    }
                    value.validate();
                    assertThat(value.getStruct("source").getString("table")).isEqualTo("all_types");
                    assertThat(value.getInt64("ts_ms")).isEqualTo(copy.getInt64("ts_ms"));
                    assertThat(value).hasToString(copy.toString());
                }
            }
        }
    }

    @Test
    void whoeverChangesARowHasAnOrdinaryOne() {
        Random random = Seeds.random();
        SourceRecord made = make(records(Map.of()), change(random, 0)).get(0);
        Struct row = ((Struct) made.value()).getStruct("after");

        row.put("c10", "other");

        Converter ours = new JsonConverter();
        ours.configure(Map.of("schemas.enable", false), false);
        assertThat(row.getString("c10")).isEqualTo("other");
        assertThat(text(ours.fromConnectData("t", row.schema(), row))).contains("\"c10\":\"other\"");
    }

    private static String text(byte[] json) {
        return json == null ? "null" : new String(json, StandardCharsets.UTF_8);
    }

    private static EventRecords records(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "database.hostname", "localhost",
                "database.user", "u",
                "database.password", "p",
                "database.dbname", "d",
                "topic.prefix", "p"));
        properties.putAll(more);
        return SourceConfig.parse("test", "0", properties).eventRecords(null, null);
    }

    private static List<SourceRecord> make(EventRecords records, RowChange change) {
        List<SourceRecord> made = new ArrayList<>();
        records.append(change, new Acknowledgements(Lsn.INVALID), made);
        return made;
    }

    private static RowChange change(Random random, int number) {
        Operation operation =
                switch (number % 3) {
                    case 0 -> Operation.CREATE;
                    case 1 -> Operation.UPDATE;
                    default -> Operation.DELETE;
                };
        TupleData row = row(random, number);
        boolean delete = operation == Operation.DELETE;
        return new RowChange(
                TABLE,
                operation,
                delete ? OldTupleKind.FULL : OldTupleKind.NONE,
                delete ? row : null,
                delete ? null : row,
                new Lsn(1000 + number),
                1,
                new Transaction(number, new Lsn(5000), new Lsn(500), 1_760_000_000_123_456L, null),
                1,
                SnapshotMarker.NONE,
                100);
    }

    private static final TableSchema TABLE = table();

    private static TableSchema table() {
        List<CapturedColumn> columns = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            Type type = TYPES.get(i);
            PgType pgType =
                    new PgType(i + 1, "pg_catalog", type.name(), PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
            columns.add(new CapturedColumn("c" + i, pgType, pgType, type.modifier(), null, i > 3, null, null));
        }
        return new TableSchema(1, new TableId("public", "all_types"), columns, List.of(3, 2), false);
    }

    private static TupleData row(Random random, int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Not at the buffer's beginning, as in a message.
        bytes.write('I');
        byte[] kinds = new byte[TYPES.size()];
        int[] spans = new int[2 * TYPES.size()];
        for (int i = 0; i < TYPES.size(); i++) {
            if (i > 3 && random.nextInt(8) == 0) {
                kinds[i] = TupleData.NULL;
                continue;
            }
            String[] texts = TYPES.get(i).texts();
            byte[] text = texts[random.nextInt(texts.length)].getBytes(StandardCharsets.UTF_8);
            if (TYPES.get(i).name().equals("text") && number % 7 == 0 && text.length > 0) {
                // A database whose encoding is SQL_ASCII has anything.
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            kinds[i] = TupleData.TEXT;
            spans[2 * i] = bytes.size();
            spans[2 * i + 1] = text.length;
            bytes.writeBytes(text);
        }
        return new TupleData(bytes.toByteArray(), kinds, spans);
    }
}
