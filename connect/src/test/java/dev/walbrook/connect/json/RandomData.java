package dev.walbrook.connect.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Schemas and values of every kind, with a liking for what is rare. */
@SuppressWarnings({"JavaUtilDate", "IdentityHashMapUsage"
}) // Connect's logical types are made of the one; the other is a map too.
final class RandomData {

    private static final long MILLIS_PER_DAY = 86_400_000;

    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1e7,
        9_999_999,
        1e-3,
        9.999e-4,
        1e22,
        2e-3,
        2.2250738585072014E-308,
        4.9e-324,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0x1p63,
        -0x1p63
    };

    private static final long[] LONGS = {
        0,
        1,
        -1,
        9,
        10,
        99,
        100,
        127,
        128,
        -128,
        -129,
        255,
        256,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE - 1L,
        999_999_999_999_999_999L,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final String[] PIECES = {
        "a",
        "orders",
        "\"",
        "\\",
        "/",
        "\n",
        "\r",
        "\t",
        "\b",
        "\f",
        "\u0000",
        "\u001f",
        "\u007f",
        "\u0080",
        "é",
        "ÿ",
        "Ā",
        "߿",
        "ࠀ",
        "€",
        "漢字",
        "\u2028",
        "\ufeff",
        "\uffff",
        "😀",
        "\uD83D",
        "\uDE00",
        "null",
        "{\"a\":1}",
        " "
    };

    private final Random random;

    RandomData(Random random) {
        this.random = random;
    }

    Schema schema(int depth) {
        SchemaBuilder builder = builder(depth);
        if (oneIn(3)) {
            builder.optional();
        }
        if (builder.name() == null && oneIn(4)) {
            builder.name(string());
        }
        if (builder.version() == null && oneIn(5)) {
            builder.version((int) integer());
        }
        if (oneIn(5)) {
            builder.doc(string());
        }
        while (oneIn(4)) {
            builder.parameter("p" + string(), string());
        }
        if (oneIn(3)) {
            try {
                builder.defaultValue(present(builder.build(), depth));
            } catch (DataException e) {
                // Not every kind of schema takes a default: a struct's own schema would have to know it.
            }
        }
        return builder.build();
    }

    private SchemaBuilder builder(int depth) {
        return switch (random.nextInt(depth > 0 ? 19 : 13)) {
            case 0 -> SchemaBuilder.int8();
            case 1 -> SchemaBuilder.int16();
            case 2 -> SchemaBuilder.int32();
            case 3 -> SchemaBuilder.int64();
            case 4 -> SchemaBuilder.float32();
            case 5 -> SchemaBuilder.float64();
            case 6 -> SchemaBuilder.bool();
            case 7 -> SchemaBuilder.bytes();
            case 8 -> Decimal.builder(random.nextInt(30) - 5);
            case 9 -> org.apache.kafka.connect.data.Date.builder();
            case 10 -> Time.builder();
            case 11 -> Timestamp.builder();
            case 12 -> SchemaBuilder.string();
            case 13 -> SchemaBuilder.array(schema(depth - 1));
            case 14 -> SchemaBuilder.map(schema(0), schema(depth - 1));
            case 15 ->
                SchemaBuilder.map(oneIn(2) ? Schema.STRING_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA, schema(depth - 1));
            default -> struct(depth);
        };
    }

    private SchemaBuilder struct(int depth) {
        SchemaBuilder struct = SchemaBuilder.struct();
        int fields = random.nextInt(7);
        for (int i = 0; i < fields; i++) {
            String name = oneIn(4) ? i + string() : "field" + i;
            struct.field(name, schema(depth - 1));
        }
        return struct;
    }

    /** A value of a schema, null at times, and at times one that does not fit it. */
    Object value(Schema schema, int depth) {
        if (oneIn(200)) {
            return anything(2);
        }
        if (oneIn(4) && (schema.isOptional() || schema.defaultValue() != null || oneIn(50))) {
            return null;
        }
        return present(schema, depth);
    }

    Object present(Schema schema, int depth) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> {
                int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
                yield new BigDecimal(bigInteger(), oneIn(60) ? scale + 1 : scale);
            }
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME ->
                new Date((random.nextInt(200_000) - 100_000) * MILLIS_PER_DAY + (oneIn(60) ? 1 : 0));
            case Time.LOGICAL_NAME -> new Date(oneIn(60) ? integer() : random.nextInt((int) MILLIS_PER_DAY + 1));
            case Timestamp.LOGICAL_NAME -> new Date(integer());
            default -> plain(schema, depth);
        };
    }

    private Object plain(Schema schema, int depth) {
        return switch (schema.type()) {
            case INT8 -> (byte) integer();
            case INT16 -> (short) integer();
            case INT32 -> (int) integer();
            case INT64 -> integer();
            case FLOAT32 -> (float) real();
            case FLOAT64 -> real();
            case BOOLEAN -> random.nextBoolean();
            case BYTES -> oneIn(3) ? ByteBuffer.wrap(bytes()) : bytes();
            case STRING -> string();
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (!oneIn(3)) {
                    list.add(value(schema.valueSchema(), depth - 1));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                while (!oneIn(3)) {
                    map.put(value(schema.keySchema(), 0), value(schema.valueSchema(), depth - 1));
                }
                yield map;
            }
            case STRUCT -> {
                Struct struct = new Struct(schema);
                for (Field field : schema.fields()) {
                    Object value = value(field.schema(), depth - 1);
                    try {
                        struct.put(field, value);
                    } catch (DataException e) {
                        // It does not fit, and the struct noticed.
                    }
                }
                yield struct;
            }
        };
    }

    /** A value without schema. */
    Object anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 19 : 14)) {
            case 0 -> (byte) integer();
            case 1 -> (short) integer();
            case 2 -> (int) integer();
            case 3 -> integer();
            case 4 -> (float) real();
            case 5 -> real();
            case 6 -> random.nextBoolean();
            case 7 -> bytes();
            case 8 -> ByteBuffer.wrap(bytes());
            case 9 -> null;
            case 10 -> oneIn(9) ? new BigDecimal("1.5") : "x";
            case 11 -> oneIn(9) ? new Struct(SchemaBuilder.struct().build()) : "struct";
            case 12 -> oneIn(9) ? (CharSequence) new ShoutedText(string()) : string();
            case 13 -> string();
            case 14, 15 -> {
                List<Object> list = new ArrayList<>();
                while (!oneIn(4)) {
                    list.add(anything(depth - 1));
                }
                yield list;
            }
            default -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                boolean strings = !oneIn(4);
                while (!oneIn(4)) {
                    map.put(strings ? string() : anything(0), anything(depth - 1));
                }
                yield switch (random.nextInt(4)) {
                    case 0 -> strings ? new TreeMap<>(map) : map;
                    case 1 -> new IdentityHashMap<>(map);
                    case 2 -> new HashMap<>(map);
                    default -> map;
                };
            }
        };
    }

    /** A sequence of characters that is no string. */
    private record ShoutedText(String text) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text + "!";
        }
    }

    /** Schemas that no builder makes. */
    Schema brokenSchema() {
        Schema.Type type = List.of(Schema.Type.values()).get(random.nextInt(Schema.Type.values().length));
        String[] names = {
            null,
            Decimal.LOGICAL_NAME,
            org.apache.kafka.connect.data.Date.LOGICAL_NAME,
            Time.LOGICAL_NAME,
            Timestamp.LOGICAL_NAME,
            "other"
        };
        Map<String, String> scale = new HashMap<>();
        scale.put(Decimal.SCALE_FIELD, oneIn(2) ? "2" : "two");
        return new ConnectSchema(
                type,
                random.nextBoolean(),
                oneIn(4) ? anything(1) : null,
                names[random.nextInt(names.length)],
                null,
                null,
                oneIn(2) ? scale : null,
                type == Schema.Type.STRUCT ? List.of() : null,
                type == Schema.Type.MAP && !oneIn(5) ? schema(0) : null,
                (type == Schema.Type.MAP || type == Schema.Type.ARRAY) && oneIn(2) ? schema(0) : null);
    }

    /** A value for a broken schema. */
    Object fitting(Schema schema) {
        try {
            return present(schema, 1);
        } catch (RuntimeException e) {
            return anything(2);
        }
    }

    String string() {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return "x".repeat(random.nextInt(20_000)) + (oneIn(2) ? "é\uD83D" : "");
        }
        if (kind == 1) {
            StringBuilder any = new StringBuilder();
            for (int i = random.nextInt(3000); i > 0; i--) {
                any.append((char) random.nextInt(0x10000));
            }
            return any.toString();
        }
        StringBuilder string = new StringBuilder();
        while (!oneIn(5)) {
            string.append(kind < 10 ? "abc" : PIECES[random.nextInt(PIECES.length)]);
        }
        return string.toString();
    }

    long integer() {
        return switch (random.nextInt(4)) {
            case 0 -> LONGS[random.nextInt(LONGS.length)];
            case 1 -> random.nextInt(1000) - 500L;
            case 2 -> random.nextInt();
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
        };
    }

    double real() {
        return switch (random.nextInt(4)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextInt(100_000) / 100.0;
            default -> Math.scalb((double) integer(), random.nextInt(20) - 10);
        };
    }

    BigInteger bigInteger() {
        return oneIn(3) ? new BigInteger(random.nextInt(300), random).negate() : BigInteger.valueOf(integer());
    }

    byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(oneIn(20) ? 3000 : 10)];
        random.nextBytes(bytes);
        return bytes;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
