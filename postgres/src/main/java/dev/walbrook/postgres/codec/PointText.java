package dev.walbrook.postgres.codec;

/** The text format of {@code point}: {@code (x,y)}. */
public final class PointText {

    private static final String TYPE = "point";

    private PointText() {}

    public static Point parse(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int comma = offset;
        while (comma < end && buffer[comma] != ',') {
            comma++;
        }
        if (comma == end || buffer[offset] != '(' || buffer[end - 1] != ')') {
            throw new TextFormatException(TYPE, "not a point in the form (x,y)");
        }
        return new Point(
                NumberText.parseDouble(buffer, offset + 1, comma - offset - 1),
                NumberText.parseDouble(buffer, comma + 1, end - comma - 2));
    }

    /** Writes a point as PostgreSQL reads it, without loss. */
    public static String format(Point point) {
        return "(" + point.x() + ',' + point.y() + ')';
    }
}
