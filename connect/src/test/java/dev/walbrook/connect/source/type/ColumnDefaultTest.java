package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.codec.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnDefaultTest {

    private static final ValueDecoder TEXT =
            (buffer, offset, length) -> new String(buffer, offset, length, StandardCharsets.UTF_8);

    @ParameterizedTest
    @MethodSource("expressions")
    void theDefaultIsTheConstantOrTheZeroOfAFunction(String type, String expression, Object expected) {
        ValueDecoder decoder = type.equals("int4") ? NumberText::parseInt : TEXT;

        assertThat(ColumnDefault.of(type(type, PgType.Kind.BASE), expression, decoder))
                .isEqualTo(expected);
    }

    static Stream<Arguments> expressions() {
        return Stream.of(
                Arguments.of("int4", "5", 5),
                Arguments.of("int4", "'-7'::integer", -7),
                Arguments.of("int4", "(-7)", -7),
                Arguments.of("int4", "nextval('s'::regclass)", 0),
                Arguments.of("int4", "(3 + 4)", null),
                Arguments.of("text", "'it''s'::text", "it's"),
                Arguments.of("text", "''::text", ""),
                Arguments.of("varchar", "upper('x'::text)", ""),
                Arguments.of("text", "NULL::text", null),
                Arguments.of("text", null, null),
                Arguments.of("bool", "true", "t"),
                Arguments.of("numeric", "1.5", "1.5"),
                Arguments.of("bit", "B'1010'::\"bit\"", "1010"),
                Arguments.of("jsonb", "'{\"a\": 1}'::jsonb", "{\"a\": 1}"),
                Arguments.of("jsonb", "jsonb_build_object()", "{}"),
                Arguments.of("text", "CURRENT_USER", "CURRENT_USER"),
                Arguments.of("timestamp", "(now() + '1 day'::interval)", "1970-01-01 00:00:00"),
                Arguments.of("timestamptz", "now()", "1970-01-01 00:00:00+00"),
                Arguments.of("timestamp", "CURRENT_TIMESTAMP", "1970-01-01 00:00:00"),
                Arguments.of("bytea", "'\\x0102'::bytea", null));
    }

    @Test
    void anEnumHasItsConstant() {
        PgType mood = type("mood", PgType.Kind.ENUM);

        assertThat(ColumnDefault.of(mood, "'ok'::mood", TEXT)).isEqualTo("ok");
    }

    @Test
    void whatTheTypeCannotReadIsNoDefault() {
        assertThat(ColumnDefault.of(type("int4", PgType.Kind.BASE), "'seven'::text", NumberText::parseInt))
                .isNull();
    }

    private static PgType type(String name, PgType.Kind kind) {
        return new PgType(1, "pg_catalog", name, kind, 0, 0, -1, List.of(), List.of());
    }
}
