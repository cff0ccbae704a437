package dev.walbrook.connect.source.type;

/** {@code schema.name.adjustment.mode} and {@code field.name.adjustment.mode}: how names become ones that Avro allows. */
public enum NameAdjustment {
    /** Names stay as they are. */
    NONE,
    /** What Avro does not allow becomes {@code _}. */
    AVRO,
    /** What Avro does not allow, and {@code _} itself, becomes {@code _uXXXX}, so that names stay apart. */
    AVRO_UNICODE;

    /** The name of a schema, whose parts are separated by points. */
    public String schemaName(String name) {
        return this == NONE ? name : adjust(name, true);
    }

    /** The name of a field. */
    public String fieldName(String name) {
        return this == NONE ? name : adjust(name, false);
    }

    private String adjust(String name, boolean pointAllowed) {
        StringBuilder adjusted = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' && this == AVRO;
            if (letter || digit && i > 0 || c == '.' && pointAllowed && i > 0) {
                adjusted.append(c);
            } else if (this == AVRO_UNICODE) {
                adjusted.append("_u").append(String.format("%04x", (int) c));
            } else {
                adjusted.append('_');
                if (digit) {
                    adjusted.append(c);
                }
            }
        }
        return adjusted.toString();
    }
}
