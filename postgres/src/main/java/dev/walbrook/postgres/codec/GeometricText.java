package dev.walbrook.postgres.codec;

import java.util.Arrays;

/**
 * The text of point, lseg, box, path, polygon, circle and line: numbers between brackets and commas.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-geometric.html">Geometric Types</a>
 */
public final class GeometricText {

    private GeometricText() {}

    /**
     * The numbers of a value, in their order; the brackets, which only tell the type and whether a path is closed, are left
     * out.
     *
     * @throws TextFormatException if anything else is between the numbers, or there is none
     */
    public static double[] parse(byte[] buffer, int offset, int length) {
        double[] numbers = new double[4];
        int count = 0;
        int end = offset + length;
        int position = offset;
        while (position < end) {
            if (isPunctuation(buffer[position])) {
                position++;
                continue;
            }
            int start = position;
            while (position < end && !isPunctuation(buffer[position])) {
                position++;
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = NumberText.parseDouble(buffer, start, position - start);
        }
        if (count == 0) {
            throw new TextFormatException("geometric type", "no numbers in it");
        }
        return Arrays.copyOf(numbers, count);
    }

    private static boolean isPunctuation(byte b) {
        return switch (b) {
            case ',', '(', ')', '[', ']', '<', '>', '{', '}' -> true;
            default -> false;
        };
    }
}
