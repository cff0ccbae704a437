package dev.walbrook.connect.source;

/** Takes what there is to say of a row beside the row itself. */
interface RowRemarks {

    /** A column whose value is not in the WAL, and which no placeholder marks. */
    void unavailable(String field);

    /**
     * A value that loses something.
     *
     * @param header the header that is for it
     * @param field the field's name
     * @param text PostgreSQL's text of the value
     */
    void exact(String header, String field, String text);
}
