package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.sink.record.Row;
import dev.walbrook.connect.sink.value.TextFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the text of one column's values, from whichever form they have. Not thread-safe. */
final class ColumnText implements FieldSink {

    private final TextFormat format;
    private @Nullable String made;

    ColumnText(TextFormat format) {
        this.format = format;
    }

    /**
     * The text of a row's value; null if it has none.
     *
     * @throws IllegalArgumentException if the value cannot be said in the column's type; the message does not hold the value
     */
    @Nullable
    String of(Row row, int column) {
        made = null;
        row.hand(column, this);
        return made;
    }

    @Override
    public void value(@Nullable Object value) {
        made = value == null ? null : format.text(value);
    }

    @Override
    public void integer(long value) {
        made = format.text(value);
    }

    @Override
    public void integer(byte[] text, int offset, int length) {
        String digits = new String(text, offset, length, StandardCharsets.ISO_8859_1);
        // The formats of integers take any number.
        made = format == TextFormat.PLAIN ? digits : format.text(Long.parseLong(digits));
    }

    @Override
    public void bool(boolean value) {
        made = format.text(value);
    }

    @Override
    public void string(byte[] utf8, int offset, int length) {
        made = format.text(new String(utf8, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void decimal(byte[] text, int offset, int length) {
        made = format.text(new BigDecimal(new String(text, offset, length, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void decimal(long unscaled, int scale) {
        made = format.text(BigDecimal.valueOf(unscaled, scale));
    }
}
