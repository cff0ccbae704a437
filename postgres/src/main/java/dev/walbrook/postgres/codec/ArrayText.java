package dev.walbrook.postgres.codec;

/**
 * The text format of arrays: {@code {1,NULL,"a \"b\""}}, nested for more dimensions, with {@code [0:1]=} in front where an
 * index does not start at 1.
 *
 * @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">Array Input and Output Syntax</a>
 */
public final class ArrayText {

    private ArrayText() {}

    /** Takes the elements of an array, one after the other, nested dimensions flattened in their order. */
    public interface ElementHandler {

        /**
         * An element that is not null.
         *
         * @param buffer holds the element's text, quotes and escapes removed; only until this call returns
         * @param offset where the text starts
         * @param length its length in bytes
         */
        void element(byte[] buffer, int offset, int length);

        /** An element that is null. */
        void nullElement();
    }

    /**
     * Reads an array.
     *
     * @param delimiter what separates elements: {@code ;} for {@code box}, a comma for all other built-in types
     * @param handler takes the elements
     * @throws TextFormatException if this is no array; the handler may have been called before
     */
    public static void parse(byte[] buffer, int offset, int length, byte delimiter, ElementHandler handler) {
        new ArrayReader(buffer, offset, length, delimiter, handler).read();
    }

    /** The number of dimensions, 0 for an empty array. Looks at the array's start only. */
    public static int dimensions(byte[] buffer, int offset, int length) {
        int end = offset + length;
        int i = offset;
        if (i < end && buffer[i] == '[') {
            while (i < end && buffer[i] != '{') {
                i++;
            }
        }
        int start = i;
        while (i < end && buffer[i] == '{') {
            i++;
        }
        if (i == start || i == end) {
            throw new TextFormatException(ArrayReader.TYPE, "no opening brace");
        }
        return buffer[i] == '}' ? 0 : i - start;
    }

    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    /** Writes an array of one dimension as PostgreSQL reads it. */
    public static final class Writer {

        private final StringBuilder out = new StringBuilder("{");
        private final char delimiter;

        /** Writes an array of any built-in type but {@code box}. */
        public Writer() {
            this(',');
        }

        public Writer(char delimiter) {
            this.delimiter = delimiter;
        }

        /** Adds an element, in quotes, so that no text is mistaken for null or for several elements. */
        public Writer append(String element) {
            separate();
            appendQuoted(out, element);
            return this;
        }

        public Writer appendNull() {
            separate();
            out.append("NULL");
            return this;
        }

        private void separate() {
            if (out.length() > 1) {
                out.append(delimiter);
            }
        }

        /** The array with the elements so far. */
        @Override
        public String toString() {
            return out + "}";
        }
    }
}
