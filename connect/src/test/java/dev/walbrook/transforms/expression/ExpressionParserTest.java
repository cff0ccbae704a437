package dev.walbrook.transforms.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {

    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("amount", Decimal.builder(2).optional().build())
            .field("rate", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("paid", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("two words", Schema.OPTIONAL_STRING_SCHEMA)
            .field("in", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema EVENT = SchemaBuilder.struct()
            .name("shop.public.orders.Envelope")
            .version(2)
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    private static SourceRecord record() {
        Struct row = new Struct(ROW)
                .put("id", 7L)
                .put("name", "it's \"new\"")
                .put("amount", new BigDecimal("12.50"))
                .put("rate", 0.1)
                .put("paid", true)
                .put("two words", "x")
                .put("in", "word");
        SourceRecord record = new SourceRecord(
                Map.of(),
                Map.of("lsn", 1L),
                "shop.public.orders",
                null,
                Schema.INT64_SCHEMA,
                7L,
                EVENT,
                new Struct(EVENT).put("after", row).put("op", "c"));
        record.headers().addString("trace-id", "abc").addInt("n", 5);
        return record;
    }

    private static Object evaluate(String expression) {
        return ExpressionParser.parse(expression).evaluate(record());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "!false && !!true", "value.op == 'c'", "value.op == \"c\" && value.after.id == 7"})
    void isTrue(String expression) {
        assertThat(evaluate(expression)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "value.after.id == 7.0 => true",
                "value.after.id < 8 && value.after.id > 6 && value.after.id >= 7 && value.after.id <= 7 => true",
                "value.after.id == -7 => false",
                "value.after.amount == 12.5 => true",
                "value.after.amount > 12.499999999999999999 => true",
                "value.after.rate == 0.1 => true",
                "value.after.paid => true",
                "value.after.paid == false => false",
                "value.after.name == 'it\\'s \"new\"' => true",
                "value.after['two words'] == 'x' => true",
                "value.after.in in ('word', 'other') => true",
                "value.after.id in [1, 2, 3] => false",
                "value.before in (null, 1) => true",
                "value.before == null => true",
                "value.before.id == null => true",
                "value.before?.id == 7 => false",
                "value.before.id != 7 => true",
                "value.before.id > 1 || value.before.id <= 1 => false",
                "value.before.name matches '.*' => false",
                "value.after.name matches 'it.*' => true",
                "value.after.name matches 'it' => false",
                "topic matches '.*\\.orders' => true",
                "topic matches \"shop\\\\.public\\\\..*\" => true",
                "key == 7 => true",
                "keySchema.name == null => true",
                "valueSchema.name matches '.*Envelope' && valueSchema.version == 2 => true",
                "header['trace-id'].value == 'abc' && header.n.value == 5 => true",
                "header.nothing.value == null => true",
                "false || true && false => false",
                "(false || true) && true => true",
                "true ? false : true => false",
                "value.op == 'd' ? false : value.op == 'c' ? true : false => true",
                "'a' + 'b' == 'ab' => true",
                "'a' < 'b' => true"
            })
    void evaluates(String expression, boolean expected) {
        assertThat(evaluate(expression)).isEqualTo(expected);
    }

    @Test
    void makesTexts() {
        assertThat(evaluate("topic + '.' + value.op + value.after.id")).isEqualTo("shop.public.orders.c7");
        assertThat(evaluate("value.op == 'u' ? 'updates' : null")).isNull();
    }

    @Test
    void readsRecordsWithoutSchema() {
        SourceRecord record = new SourceRecord(
                null,
                null,
                "t",
                null,
                null,
                Map.of("id", 1),
                null,
                Map.of("after", Map.of("id", 1L, "tags", List.of())));

        assertThat(ExpressionParser.parse("value.after.id == key.id && value.before.id == null")
                        .evaluate(record))
                .isEqualTo(true);
    }

    @Test
    void looksOnlyAtWhatDecides() {
        assertThat(evaluate("value.op == 'c' || value.nothing == 1")).isEqualTo(true);
        assertThat(evaluate("value.op == 'd' && value.nothing == 1")).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value.after.nothing == 1 | its value.after has no field 'nothing'",
                "value.op.code == 1 | its value.op is a text and has no fields",
                "value.after.id == '7' | 'value.after.id' is a number there and ''7'' is a text, which cannot be compared",
                "value.after.paid > 1 | which cannot be compared",
                "value.after == 1 | which cannot be compared",
                "value.after.id matches '7' | only texts match an expression",
                "value.op && true | is neither true nor false for it",
                "!value.before.paid | is neither true nor false for it",
                "'x' + value.before.id | 'value.before.id' is null there and cannot be part of a text"
            })
    void refusesRecordsThatDoNotFit(String expression, String message) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("new");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value.op = 'c' | '=' is not understood at character 10",
                "value.op == 'c | the quote that begins at character 13",
                "record.value == 1 | 'record' is unknown",
                "value.get('op') == 'c' | there are no functions",
                "java.lang.System.exit(0) | 'java' is unknown",
                "topic.length == 1 | topic is a text and has no fields",
                "valueSchema.fields == 1 | a schema has a name and a version",
                "header.trace == 1 | a header has a value",
                "value.op matches '(' | it is no regular expression",
                "value.op matches topic | a regular expression in quotes is expected",
                "value.op in 'c' | '(' is expected",
                "value. | a field's name is expected",
                "(true | ')' is expected",
                "true ? 1 | ':' is expected",
                "true true | the end or an operator is expected",
                "1 ; 2 | ';' is not understood"
            })
    void refusesOtherLanguages(String expression, String message) {
        assertThatThrownBy(() -> ExpressionParser.parse(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        assertThatThrownBy(() -> ExpressionParser.parse("(".repeat(10_000) + "true" + ")".repeat(10_000)))
                .hasMessageContaining("nested more than 200 deep");
        assertThatThrownBy(() -> ExpressionParser.parse("!".repeat(10_000) + "true"))
                .hasMessageContaining("nested more than 200 deep");
    }
}
