package dev.walbrook.transforms.event;

/** How names that Avro does not allow are adjusted: {@code schema.name.adjustment.mode} and its sibling for fields. */
public enum AvroNames {
    /** Names are kept. */
    NONE,
    /** Each character that Avro does not allow becomes an underscore. */
    AVRO,
    /** Each becomes {@code _uxxxx}, its code in hexadecimal, and so does an underscore, so that two names stay two. */
    AVRO_UNICODE;

    /** The name of a schema, in which dots separate parts. */
    public String schemaName(String name) {
        return adjust(name, true);
    }

    /** The name of a field. */
    public String fieldName(String name) {
        return adjust(name, false);
    }

    private String adjust(String name, boolean dots) {
        if (this == NONE || name.isEmpty()) {
            return name;
        }
        StringBuilder adjusted = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isLetter(c) || i > 0 && (isDigit(c) || dots && c == '.') || c == '_' && this == AVRO) {
                adjusted.append(c);
            } else if (this == AVRO) {
                adjusted.append('_');
                if (isDigit(c)) {
                    adjusted.append(c);
                }
            } else {
                adjusted.append("_u").append(c < 0x100 ? "00" : "").append(Integer.toHexString(c));
            }
        }
        return adjusted.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
