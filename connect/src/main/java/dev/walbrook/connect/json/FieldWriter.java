package dev.walbrook.connect.json;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.connect.data.LazyStruct;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one field of lazy structs, from whichever form its value has. Not thread-safe. */
final class FieldWriter implements FieldSink {

    private final WritePlan plan;
    private final DecimalFormat decimals;
    private JsonOutput out = new JsonOutput();

    FieldWriter(WritePlan plan, ConverterSettings settings) {
        this.plan = plan;
        this.decimals = settings.decimals();
    }

    void write(JsonOutput target, LazyStruct struct, int index) {
        out = target;
        struct.stream(index, this);
    }

    @Override
    public void value(@Nullable Object value) {
        plan.write(out, value);
    }

    @Override
    public void integer(long value) {
        out.number(value);
    }

    @Override
    public void integer(byte[] text, int offset, int length) {
        out.raw(text, offset, length);
    }

    @Override
    public void bool(boolean value) {
        out.bool(value);
    }

    @Override
    public void string(byte[] utf8, int offset, int length) {
        out.string(utf8, offset, length);
    }

    @Override
    public void decimal(byte[] text, int offset, int length) {
        if (decimals == DecimalFormat.NUMERIC) {
            // Java writes some numbers with an exponent.
            out.ascii(new BigDecimal(new String(text, offset, length, StandardCharsets.ISO_8859_1)).toString());
            return;
        }
        boolean negative = text[offset] == '-';
        long unscaled = 0;
        for (int i = offset + (negative ? 1 : 0); i < offset + length; i++) {
            if (text[i] != '.') {
                unscaled = unscaled * 10 + text[i] - '0';
            }
        }
        out.base64(negative ? -unscaled : unscaled);
    }

    @Override
    public void decimal(long unscaled, int scale) {
        if (decimals == DecimalFormat.NUMERIC) {
            out.ascii(BigDecimal.valueOf(unscaled, scale).toString());
        } else {
            out.base64(unscaled);
        }
    }
}
