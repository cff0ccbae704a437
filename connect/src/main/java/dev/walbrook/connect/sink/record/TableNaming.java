package dev.walbrook.connect.sink.record;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Names target tables after {@code collection.name.format}.
 *
 * <p>The format is one name or, separated by a dot, a schema and a name, each made of literal text, <code>${topic}</code>
 * (the topic with its dots turned into underscores, as Debezium's sink does) and <code>${source.FIELD}</code> (the text of a
 * field of the event's source block, exactly as it is: case and non-ASCII letters stay).
 */
public final class TableNaming {

    private static final String TOPIC = "topic";
    private static final String SOURCE = "source.";

    /** A run of the format: literal text, or the name of a placeholder. */
    private record Piece(String text, boolean placeholder) {}

    private final List<List<Piece>> parts;
    /** The name of all tables, where the format has no placeholder. */
    private final @Nullable TableName only;

    private TableNaming(List<List<Piece>> parts) {
        this.parts = parts;
        boolean literal = parts.stream().flatMap(List::stream).noneMatch(Piece::placeholder);
        // Nothing is asked for the text of literals.
        this.only = literal ? name("", field -> null) : null;
    }

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException if it has an unknown or unclosed placeholder, an empty name, or more than a schema and
     *     a name; the message says which
     */
    public static TableNaming parse(String format) {
        List<List<Piece>> parts = new ArrayList<>();
        List<Piece> part = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            if (format.startsWith("${", at)) {
                int end = format.indexOf('}', at);
                if (end < 0) {
                    throw new IllegalArgumentException("a placeholder is not closed with '}'");
                }
                flush(literal, part);
                part.add(placeholder(format.substring(at + 2, end)));
                at = end + 1;
            } else if (format.charAt(at) == '.') {
                flush(literal, part);
                parts.add(part);
                part = new ArrayList<>();
                at++;
            } else {
                literal.append(format.charAt(at++));
            }
        }
        flush(literal, part);
        parts.add(part);
        if (parts.size() > 2) {
            throw new IllegalArgumentException("a table's name has at most two parts, its schema and its name");
        }
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a part of the name is empty");
        }
        return new TableNaming(List.copyOf(parts));
    }

    private static void flush(StringBuilder literal, List<Piece> part) {
        if (!literal.isEmpty()) {
            part.add(new Piece(literal.toString(), false));
            literal.setLength(0);
        }
    }

    private static Piece placeholder(String name) {
        if (name.equals(TOPIC) || (name.startsWith(SOURCE) && name.length() > SOURCE.length())) {
            return new Piece(name, true);
        }
        throw new IllegalArgumentException(
                "${" + name + "} is not known; there are ${topic} and ${source.FIELD}, such as ${source.table}");
    }

    /**
     * The table of an event.
     *
     * @param source the event's source block
     * @return null if the block lacks a field that the format names
     */
    public @Nullable TableName of(String topic, Struct source) {
        return name(topic, field -> {
            if (source.schema().field(field) == null) {
                return null;
            }
            Object value = source.get(field);
            return value == null ? null : value.toString();
        });
    }

    /**
     * The table of a record that has no source block: its last two parts, if the topic is named as sources name theirs
     * ({@code prefix.schema.table}).
     *
     * @return null if the format asks for more than the topic tells
     */
    public @Nullable TableName ofTopic(String topic) {
        int table = topic.lastIndexOf('.');
        int schema = table < 0 ? -1 : topic.lastIndexOf('.', table - 1);
        return name(topic, field -> switch (field) {
            case "table" -> table < 0 ? null : topic.substring(table + 1);
            case "schema" -> table < 0 ? null : topic.substring(schema + 1, table);
            case "name" -> schema < 0 ? null : topic.substring(0, schema);
            default -> null;
        });
    }

    /** Looks up the text of a field of the source block. */
    private interface SourceFields {
        @Nullable
        String text(String field);
    }

    private @Nullable TableName name(String topic, SourceFields source) {
        if (only != null) {
            return only;
        }
        String[] names = new String[parts.size()];
        for (int i = 0; i < names.length; i++) {
            StringBuilder name = new StringBuilder();
            for (Piece piece : parts.get(i)) {
                String text = text(piece, topic, source);
                if (text == null) {
                    return null;
                }
                name.append(text);
            }
            names[i] = name.toString();
        }
        return names.length == 1 ? new TableName(null, names[0]) : new TableName(names[0], names[1]);
    }

    private static @Nullable String text(Piece piece, String topic, SourceFields source) {
        if (!piece.placeholder()) {
            return piece.text();
        }
        return piece.text().equals(TOPIC)
                ? topic.replace('.', '_')
                : source.text(piece.text().substring(SOURCE.length()));
    }
}
