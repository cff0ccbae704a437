package dev.walbrook.connect.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypesTest {

    private static final Set<String> BUILT_IN = Set.of(
            "int4",
            "int8",
            "numeric",
            "varchar",
            "bpchar",
            "char",
            "bit",
            "varbit",
            "text",
            "bytea",
            "timestamptz",
            "timestamp",
            "time",
            "interval",
            "money",
            "inet",
            "jsonb");

    private final ColumnTypes types = new ColumnTypes(name -> {
        if (BUILT_IN.contains(name)) {
            return new KnownType("pg_catalog", name, true, false);
        }
        return name.equals("mood") ? new KnownType("Shop", "Mood", false, true) : null;
    });

    @ParameterizedTest
    @CsvSource({
        "INT4, 10, 0, int4",
        "SERIAL, , , int4",
        "BIGSERIAL, , , int8",
        "NUMERIC, 12, 2, 'numeric(12,2)'",
        "NUMERIC, 5, , 'numeric(5,0)'",
        "NUMERIC, , , numeric",
        "NUMERIC, 0, 0, numeric",
        "NUMERIC, 131089, 0, numeric",
        "VARCHAR, 20, , varchar(20)",
        "VARCHAR, 2147483647, , varchar",
        "BPCHAR, 3, , bpchar(3)",
        "CHAR, 1, , '\"char\"'",
        "BIT, 8, , bit(8)",
        "BIT, , , bit(1)",
        "VARBIT, 2147483647, , varbit",
        "TIMESTAMPTZ, 3, , timestamptz(3)",
        "TIMESTAMP, 6, , timestamp",
        "TIMESTAMP, 29, 6, timestamp",
        "TIME, 0, , time(0)",
        "INTERVAL, , , interval",
        "MONEY, , , money",
        "MOOD, , , '\"Shop\".\"Mood\"'",
        "PAIR_OF_THINGS, , , text",
    })
    void restoresTheSourcesType(String type, String length, String scale, String expected) throws SQLException {
        assertThat(types.of(propagated(SchemaBuilder.string(), type, length, scale)))
                .isEqualTo(expected);
    }

    @Test
    void restoresArrays() throws SQLException {
        SchemaBuilder numbers = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(types.of(propagated(numbers, "_NUMERIC", "5", "2"))).isEqualTo("numeric(5,2)[]");
        SchemaBuilder moods = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(types.of(propagated(moods, "_MOOD", null, null))).isEqualTo("\"Shop\".\"Mood\"[]");
        SchemaBuilder others = SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(types.of(propagated(others, "_OTHER", null, null))).isEqualTo("text[]");
    }

    @Test
    void goesByTheSchemaWhereTheTargetLacksTheType() throws SQLException {
        assertThat(types.of(propagated(SchemaBuilder.int32(), "POSITIVE_DOMAIN", null, null)))
                .isEqualTo("integer");
        assertThat(types.of(propagated(SchemaBuilder.bytes(), "SOME_COMPOSITE", null, null)))
                .isEqualTo("text");
        assertThat(types.of(propagated(SchemaBuilder.string(), "BYTEA", null, null)))
                .isEqualTo("text");
    }

    @ParameterizedTest
    @CsvSource({
        "INT32, io.debezium.time.Date, date",
        "INT64, io.debezium.time.MicroTimestamp, timestamp",
        "STRING, io.debezium.time.ZonedTimestamp, timestamptz",
        "STRING, io.debezium.data.Json, json",
        "STRING, io.debezium.data.Uuid, uuid",
        "STRING, io.debezium.data.Enum, text",
        "STRING, io.debezium.data.Ltree, text",
        "STRING, , text",
        "BYTES, , bytea",
        "INT16, , smallint",
        "FLOAT64, , double precision",
        "BOOLEAN, , boolean",
    })
    void goesByTheSchemaWithoutTheSourcesType(Schema.Type type, String name, String expected) throws SQLException {
        assertThat(types.of(SchemaBuilder.type(type).name(name).build())).isEqualTo(expected);
    }

    @Test
    void goesByTheParametersOfDecimalsAndBits() throws SQLException {
        assertThat(types.of(Decimal.builder(2)
                        .parameter("connect.decimal.precision", "10")
                        .build()))
                .isEqualTo("numeric(10,2)");
        assertThat(types.of(Decimal.schema(2))).isEqualTo("numeric");
        assertThat(types.of(SchemaBuilder.bytes()
                        .name("io.debezium.data.Bits")
                        .parameters(Map.of("length", "5"))
                        .build()))
                .isEqualTo("bit(5)");
    }

    private static Schema propagated(SchemaBuilder schema, String type, String length, String scale) {
        schema.parameter("__debezium.source.column.type", type);
        if (length != null) {
            schema.parameter("__debezium.source.column.length", length);
        }
        if (scale != null) {
            schema.parameter("__debezium.source.column.scale", scale);
        }
        return schema.build();
    }
}
