package dev.walbrook.connect.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON documents, and what is left of them after an accident. */
final class RandomJson {

    private static final String[] NUMBERS = {
        "0",
        "-0",
        "00",
        "-007",
        "1",
        "-1",
        "12.50",
        "0.1",
        "-0.0",
        "1e3",
        "1E+3",
        "1e-3",
        "1.0e400",
        "1e-400",
        "2147483647",
        "2147483648",
        "-2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "000000000000000000000000000012",
        "123456789012345678901234567890",
        "0.1e-2147483647",
        "1e2147483647",
        "1e2147483648",
        "1e-2147483649",
        "1e99999999999",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.5f",
        "01.5",
        "-00.5e1",
        "4.9e-324",
        "3.4028236e38",
        "16777217",
        "9007199254740993"
    };

    private static final String[] STRINGS = {
        "",
        "a",
        "schema",
        "payload",
        "é",
        "漢",
        "😀",
        "\\u0041",
        "\\uD83D\\uDE00",
        "\\ud83d",
        "\\uDE00",
        "\\n\\t\\b\\f\\r\\/",
        "\\\"",
        "\\\\",
        "\\u12",
        "\\x",
        "\\",
        "\u0001",
        "\n",
        "\u007f",
        "AQID",
        "AQ==",
        "AQI=",
        "A",
        "AQ",
        "AQ=",
        "====",
        "AQ==AQID",
        " AQID ",
        "AQ ID",
        "A===",
        "-_-_",
        "AQIDB",
        "null",
        "true",
        "0",
        "type",
        "int32"
    };

    private static final String[] WORDS = {
        "null",
        "true",
        "false",
        "nul",
        "truex",
        "false1",
        "nullé",
        "True",
        "none",
        "undefined",
        "'a'",
        "//c\n1",
        "/**/1",
        "#"
    };

    private static final String[] BLANKS = {"", "", "", "", " ", "\n", "\t ", "\r\n", "\f", "\u00a0", "\u0000"};

    private static final byte[] ALPHABET =
            "{}[]:,\"\\ \n0123456789.eE+-truefalsnu/'#".getBytes(StandardCharsets.US_ASCII);

    private static final String[] TYPES = {
        "boolean", "int8", "int16", "int32", "int64", "float", "double", "bytes", "string", "array", "map", "struct",
        "any"
    };

    private static final String[] NAMES = {
        "org.apache.kafka.connect.data.Decimal",
        "org.apache.kafka.connect.data.Date",
        "org.apache.kafka.connect.data.Time",
        "org.apache.kafka.connect.data.Timestamp",
        "some.Name"
    };

    /** Names with quotes are cut off at the first, which is one more accident. */
    private static final Pattern FIELD = Pattern.compile("\"field\":(\"[^\"]*+\")");

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** A document that is mostly valid. */
    String value(int depth) {
        StringBuilder json = new StringBuilder(blank());
        switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0, 1, 2 ->
                json.append(random.nextInt(6) == 0 ? pick(NUMBERS) : Integer.toString(random.nextInt(5000)));
            case 3, 4, 5 -> json.append(string());
            case 6 -> json.append(random.nextInt(6) == 0 ? pick(WORDS) : pick(Arrays.copyOf(WORDS, 3)));
            case 7 -> json.append("[]");
            case 8, 9 -> {
                String separator = "[";
                do {
                    json.append(separator).append(value(depth - 1));
                    separator = ",";
                } while (random.nextInt(3) > 0);
                json.append(random.nextInt(100) == 0 ? ",]" : "]");
            }
            default -> {
                String separator = "{";
                do {
                    json.append(separator)
                            .append(blank())
                            .append(string())
                            .append(blank())
                            .append(':');
                    json.append(value(depth - 1));
                    separator = ",";
                } while (random.nextInt(3) > 0);
                json.append(random.nextInt(100) == 0 ? ",}" : "}");
            }
        }
        return json.append(blank()).toString();
    }

    /** A schema that is mostly valid, members in any order. */
    String schema(int depth) {
        StringBuilder json = new StringBuilder("{");
        String type = pick(TYPES);
        if (random.nextInt(50) > 0) {
            json.append("\"type\":\"").append(type).append("\",");
        }
        if (type.equals("array") || random.nextInt(60) == 0) {
            json.append("\"items\":").append(part(depth)).append(',');
        }
        if (type.equals("map") || random.nextInt(60) == 0) {
            json.append("\"keys\":")
                    .append(random.nextBoolean() ? "{\"type\":\"string\"}" : part(depth))
                    .append(',');
            json.append("\"values\":").append(part(depth)).append(',');
        }
        if (type.equals("struct") || random.nextInt(60) == 0) {
            json.append("\"fields\":[");
            String separator = "";
            for (int i = random.nextInt(4); i > 0; i--) {
                String field = part(depth);
                json.append(separator).append(field, 0, field.length() - 1);
                json.append(field.length() > 2 ? "," : "")
                        .append("\"field\":")
                        .append(string())
                        .append('}');
                separator = ",";
            }
            json.append("],");
        }
        if (random.nextBoolean()) {
            json.append("\"optional\":")
                    .append(random.nextInt(9) == 0 ? value(1) : random.nextBoolean())
                    .append(',');
        }
        if (random.nextInt(3) == 0) {
            json.append("\"name\":")
                    .append(random.nextInt(9) == 0 ? value(1) : '"' + pick(NAMES) + '"')
                    .append(',');
        }
        if (random.nextInt(5) == 0) {
            json.append("\"version\":")
                    .append(random.nextInt(4) == 0 ? value(1) : "3")
                    .append(',');
        }
        if (random.nextInt(5) == 0) {
            json.append("\"doc\":").append(value(0)).append(',');
        }
        if (random.nextInt(3) == 0) {
            json.append("\"parameters\":");
            json.append(random.nextInt(4) == 0 ? value(1) : "{\"scale\":\"2\",\"a\":\"b\"}")
                    .append(',');
        }
        if (random.nextInt(4) == 0) {
            json.append("\"default\":").append(value(2)).append(',');
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return json.append('}').toString();
    }

    private String part(int depth) {
        if (depth > 0 && random.nextInt(40) > 0) {
            return schema(depth - 1);
        }
        return random.nextInt(20) == 0 ? "{}" : "{\"type\":\"" + TYPES[random.nextInt(9)] + "\",\"optional\":true}";
    }

    String envelope() {
        String schema = random.nextInt(20) == 0 ? value(2) : schema(3);
        String payload = value(3);
        return switch (random.nextInt(12)) {
            case 0 -> "{\"payload\":" + payload + ",\"schema\":" + schema + "}";
            case 1 -> "{\"schema\":" + schema + ",\"payload\":" + payload + ",\"x\":1}";
            case 2 -> "{\"schema\":" + schema + ",\"payload\":1,\"payload\":" + payload + "}";
            case 3 -> "{\"schema\":1,\"schema\":" + schema + ",\"payload\":" + payload + "}";
            case 4 -> "{\"sch\\u0065ma\":" + schema + ",\"payload\":" + payload + "}" + value(1);
            case 5 -> "{\"schema\":" + schema + "}";
            case 6 -> " { \"schema\" : " + schema + " ,\n\"payload\"\t: " + payload + " } ";
            default -> "{\"schema\":" + schema + ",\"payload\":" + payload + "}";
        };
    }

    /** A payload with the members that a schema of structs tells, and others, some of them twice, in any order. */
    String payload(String schema) {
        return payload(schema, 3);
    }

    private String payload(String schema, int depth) {
        Matcher fields = FIELD.matcher(schema);
        List<String> members = new ArrayList<>();
        while (fields.find()) {
            for (int times = random.nextInt(12) == 0 ? 2 : random.nextInt(6) == 0 ? 0 : 1; times > 0; times--) {
                boolean nested = depth > 0 && random.nextInt(9) == 0;
                members.add(fields.group(1) + blank() + ":" + (nested ? payload(schema, depth - 1) : value(1)));
            }
        }
        if (random.nextInt(6) == 0) {
            Collections.shuffle(members, random);
        }
        return members.isEmpty() || random.nextInt(5) == 0 ? value(3) : "{" + String.join("," + blank(), members) + "}";
    }

    /** Bytes that look a little like JSON. */
    byte[] garbage() {
        byte[] bytes = new byte[random.nextInt(40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(30) == 0 ? (byte) random.nextInt(256) : ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return bytes;
    }

    /** A document in some encoding. */
    byte[] encoded(String json) {
        Charset charset =
                switch (random.nextInt(40)) {
                    case 0 -> StandardCharsets.UTF_16BE;
                    case 1 -> StandardCharsets.UTF_16LE;
                    case 2 -> Charset.forName("UTF-32BE");
                    case 3 -> Charset.forName("UTF-32LE");
                    case 4 -> StandardCharsets.ISO_8859_1;
                    default -> StandardCharsets.UTF_8;
                };
        return ((random.nextInt(30) == 0 ? "\uFEFF" : "") + json).getBytes(charset);
    }

    /** The bytes with a few of them changed, gone, or there twice. */
    byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = random.nextInt(3) + 1; i > 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = ALPHABET[random.nextInt(ALPHABET.length)];
                case 2 -> damaged = joined(damaged, at, at + 1);
                case 3 -> damaged = joined(damaged, at, Math.max(0, at - random.nextInt(30)));
                default -> damaged = random.nextInt(3) == 0 ? Arrays.copyOf(damaged, at) : damaged;
            }
        }
        return damaged;
    }

    /** The bytes up to one place followed by those from another. */
    private static byte[] joined(byte[] bytes, int to, int from) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, to);
        joined.write(bytes, from, bytes.length - from);
        return joined.toByteArray();
    }

    private String string() {
        String string = pick(STRINGS);
        boolean odd = string.endsWith("\\") && !string.endsWith("\\\\")
                || string.startsWith("\\u12")
                || string.contains("\n");
        return '"' + (odd && random.nextInt(10) > 0 ? "b" : string) + '"';
    }

    private String blank() {
        return random.nextInt(20) == 0 ? pick(BLANKS) : BLANKS[random.nextInt(6)];
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
