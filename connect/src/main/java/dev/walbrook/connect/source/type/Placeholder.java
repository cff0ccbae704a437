package dev.walbrook.connect.source.type;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * {@code unavailable.value.placeholder}: what stands for a large value that an update did not change and that is therefore
 * not in the WAL.
 *
 * @param setting the property's value: the text, or {@code hex:} and the bytes in hexadecimal
 */
public record Placeholder(String setting) {

    private static final String HEX_PREFIX = "hex:";

    /** @throws IllegalArgumentException if bytes are announced that are not there */
    public Placeholder {
        if (setting.startsWith(HEX_PREFIX)) {
            HexFormat.of().parseHex(setting.substring(HEX_PREFIX.length()));
        }
    }

    byte[] bytes() {
        return setting.startsWith(HEX_PREFIX)
                ? HexFormat.of().parseHex(setting.substring(HEX_PREFIX.length()))
                : setting.getBytes(StandardCharsets.UTF_8);
    }

    /** The text; bytes that are not UTF-8 are replaced. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
