package dev.walbrook.connect.source;

/** A null where the schema allows none. */
final class NullInRequiredColumn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final boolean element;

    /**
     * @param column the column's name
     * @param element whether an element of an array is null, and not the value
     */
    NullInRequiredColumn(String column, boolean element) {
        super(column, null, false, false);
        this.column = column;
        this.element = element;
    }

    String column() {
        return column;
    }

    boolean element() {
        return element;
    }
}
