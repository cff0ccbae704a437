package dev.walbrook.connect.sink.value;

/** Writes values of one schema as the text that one PostgreSQL type reads. */
@FunctionalInterface
public interface TextFormat {

    /** Writes values as they are: PostgreSQL reads Java's text of them. */
    TextFormat PLAIN = Object::toString;

    /**
     * The text of a value.
     *
     * @param value a value of the schema the format was made for, never null
     * @throws IllegalArgumentException if the value cannot be said in that type; the message does not hold the value
     */
    String text(Object value);
}
