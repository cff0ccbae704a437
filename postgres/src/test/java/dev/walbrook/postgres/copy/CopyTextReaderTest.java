package dev.walbrook.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTextReaderTest {

    @Test
    void readsValuesWhereTheyAre() {
        byte[] row = bytes("42\t\tnaïve\n");

        TupleData tuple = CopyTextReader.read(row, 3);

        assertThat(values(tuple)).containsExactly("42", "", "naïve");
        assertThat(tuple.buffer()).isSameAs(row);
        assertThat(row).isEqualTo(bytes("42\t\tnaïve\n"));
    }

    @Test
    void readsNullsAndTheirNeighbours() {
        assertThat(read("\\N\n", 1)).containsExactly((String) null);
        assertThat(read("\\N\ta\t\\N\t\\N\n", 4)).containsExactly(null, "a", null, null);
        assertThat(read("\\\\N\tN\t\\N1\n", 3)).containsExactly("\\N", "N", "N1");
    }

    @Test
    void readsEmptyRows() {
        assertThat(read("\n", 0)).isEmpty();
        assertThat(read("\n", 1)).containsExactly("");
        assertThat(read("\t\n", 2)).containsExactly("", "");
    }

    @Test
    void readsEveryEscape() {
        assertThat(read("\\b\\f\\n\\r\\t\\v\\\\\n", 1)).containsExactly("\b\f\n\r\t\u000B\\");
        assertThat(read("\\7\\101\\1018\\0601\n", 1)).containsExactly("\u0007AA801");
        assertThat(read("\\x41\\x7\\x7a1\\X\\xg\n", 1)).containsExactly("A\u0007z1Xxg");
        assertThat(read("a\\\tb\tc\\.\n", 2)).containsExactly("a\tb", "c.");
        assertThat(CopyTextReader.read(bytes("\\377\n"), 1).buffer()[0]).isEqualTo((byte) 0xFF);
    }

    @Test
    void refusesWhatIsNoRow() {
        assertMalformed("", 1);
        assertMalformed("", 0);
        assertMalformed("a", 1);
        assertMalformed("a\tb\n", 1);
        assertMalformed("a\n", 2);
        assertMalformed("a\n", 0);
        assertMalformed("a\nb\n", 1);
        assertMalformed("a\nb\n", 2);
        assertMalformed("a\\\n", 1);
        assertMalformed("\\\n", 1);
    }

    @Test
    void whatIsWrittenByTheRulesIsRead() {
        Random random = Seeds.random();
        for (int round = 0; round < 50_000; round++) {
            List<byte @Nullable []> values = new ArrayList<>();
            for (int count = random.nextInt(6); count > 0; count--) {
                values.add(random.nextInt(5) == 0 ? null : randomValue(random));
            }

            TupleData tuple = CopyTextReader.read(write(values, random), values.size());

            for (int column = 0; column < values.size(); column++) {
                if (values.get(column) == null) {
                    assertThat(tuple.kind(column)).isEqualTo(TupleData.NULL);
                } else {
                    assertThat(tuple.kind(column)).isEqualTo(TupleData.TEXT);
                    assertThat(Arrays.copyOfRange(
                                    tuple.buffer(), tuple.offset(column), tuple.offset(column) + tuple.length(column)))
                            .isEqualTo(values.get(column));
                }
            }
        }
    }

    @Test
    void readsOrRefusesRandomBytes() {
        Random random = Seeds.random();
        byte[] alphabet = bytes("\\\\\\\t\t\nNbx01.a");
        for (int round = 0; round < 100_000; round++) {
            byte[] row = new byte[random.nextInt(12)];
            for (int i = 0; i < row.length; i++) {
                row[i] = i == row.length - 1 ? (byte) '\n' : alphabet[random.nextInt(alphabet.length)];
            }
            try {
                assertThat(CopyTextReader.read(row, random.nextInt(4))).isNotNull();
            } catch (MalformedRowException e) {
                assertThat(e.offset()).isBetween(0, row.length);
            }
        }
    }

    private static byte[] randomValue(Random random) {
        byte[] value = new byte[random.nextInt(6)];
        random.nextBytes(value);
        for (int i = 0; i < value.length; i++) {
            if (random.nextBoolean()) {
                value[i] = (byte) "\\\t\n\r\b\f\u000BNx.01".charAt(random.nextInt(12));
            }
        }
        return value;
    }

    /** Writes a row as the documentation of COPY allows it, with a choice among the escapes. */
    private static byte[] write(List<byte @Nullable []> values, Random random) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        for (int column = 0; column < values.size(); column++) {
            if (column > 0) {
                row.write('\t');
            }
            byte[] value = values.get(column);
            if (value == null) {
                row.writeBytes(bytes("\\N"));
                continue;
            }
            for (byte b : value) {
                int named = "\b\f\n\r\t\u000B\\".indexOf(b);
                if (named >= 0 && random.nextInt(4) > 0) {
                    row.writeBytes(new byte[] {'\\', (byte) "bfnrtv\\".charAt(named)});
                } else if (named >= 0 || random.nextInt(8) == 0) {
                    row.writeBytes(bytes((random.nextBoolean() ? "\\%03o" : "\\x%02X").formatted(b & 0xFF)));
                } else {
                    row.write(b);
                }
            }
        }
        row.write('\n');
        return row.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<@Nullable String> read(String row, int columnCount) {
        return values(CopyTextReader.read(bytes(row), columnCount));
    }

    private static List<@Nullable String> values(TupleData tuple) {
        List<@Nullable String> values = new ArrayList<>();
        for (int column = 0; column < tuple.columnCount(); column++) {
            values.add(tuple.isNull(column) ? null : tuple.text(column));
        }
        return values;
    }

    private static void assertMalformed(String row, int columnCount) {
        assertThatExceptionOfType(MalformedRowException.class)
                .as("'%s'", row)
                .isThrownBy(() -> CopyTextReader.read(bytes(row), columnCount));
    }
}
