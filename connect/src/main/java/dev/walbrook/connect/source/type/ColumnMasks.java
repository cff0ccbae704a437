package dev.walbrook.connect.source.type;

import dev.walbrook.capture.TableFilter;
import dev.walbrook.postgres.catalog.PgType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is hidden of which columns: the properties whose names hold a number of characters, or an algorithm and a salt. Of
 * several that match a column, truncation comes before masks, and masks before hashes.
 */
public final class ColumnMasks {

    private static final Logger log = LoggerFactory.getLogger(ColumnMasks.class);

    private static final Pattern TRUNCATE = Pattern.compile("column\\.truncate\\.to\\.(\\d{1,9})\\.chars");
    private static final Pattern STARS = Pattern.compile("column\\.mask\\.with\\.(\\d{1,9})\\.chars");
    private static final Pattern HASH_V2 = Pattern.compile("column\\.mask\\.hash\\.v2\\.([^.]+)\\.with\\.salt\\.(.+)");
    private static final Pattern HASH = Pattern.compile("column\\.mask\\.hash\\.([^.]+)\\.with\\.salt\\.(.+)");

    /** The types whose values are masked and hashed, beside enums; any text can be truncated. */
    private static final Set<String> CHARACTERS = Set.of("char", "varchar", "text", "bpchar", "name");

    private enum Kind {
        TRUNCATE,
        STARS,
        HASH,
        HASH_V2
    }

    /** One property. {@code digest} has taken the salt in and is cloned for every value. */
    private record Rule(Kind kind, int characters, @Nullable MessageDigest digest, List<Pattern> columns) {}

    private final List<Rule> rules;

    private ColumnMasks(List<Rule> rules) {
        this.rules = rules;
    }

    /** Whether the property is one of these. */
    public static boolean contains(String property) {
        return kind(property) != null;
    }

    /**
     * Reads them from a configuration.
     *
     * @throws ConfigException if one of them is wrong; without the salt, which is in the property's name
     */
    public static ColumnMasks parse(Map<String, String> properties) {
        List<Rule> rules = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, value) -> {
            Kind kind = kind(name);
            if (kind != null) {
                rules.add(rule(kind, name, value));
            }
        });
        rules.sort((one, other) -> one.kind().compareTo(other.kind()));
        return new ColumnMasks(rules);
    }

    /** What is wrong with them, by property. */
    public static Map<String, String> errors(Map<String, ? extends @Nullable String> properties) {
        Map<String, String> errors = new TreeMap<>();
        properties.forEach((name, value) -> {
            try {
                parse(Map.of(name, value == null ? "" : value));
            } catch (ConfigException e) {
                errors.put(name, String.valueOf(e.getMessage()));
            }
        });
        return errors;
    }

    private static @Nullable Kind kind(String property) {
        if (!property.startsWith("column.")) {
            return null;
        }
        if (TRUNCATE.matcher(property).matches()) {
            return Kind.TRUNCATE;
        }
        if (STARS.matcher(property).matches()) {
            return Kind.STARS;
        }
        if (HASH_V2.matcher(property).matches()) {
            return Kind.HASH_V2;
        }
        return HASH.matcher(property).matches() ? Kind.HASH : null;
    }

    private static Rule rule(Kind kind, String name, String value) {
        List<Pattern> columns;
        try {
            columns = TableFilter.patterns(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("A property of the family " + family(kind) + " is wrong: " + e.getMessage());
        }
        return switch (kind) {
            case TRUNCATE -> new Rule(kind, number(TRUNCATE, name), null, columns);
            case STARS -> new Rule(kind, number(STARS, name), null, columns);
            case HASH -> new Rule(kind, 0, salted(HASH, name), columns);
            case HASH_V2 -> new Rule(kind, 0, salted(HASH_V2, name), columns);
        };
    }

    private static String family(Kind kind) {
        return switch (kind) {
            case TRUNCATE -> "column.truncate.to.<n>.chars";
            case STARS -> "column.mask.with.<n>.chars";
            case HASH -> "column.mask.hash.<algorithm>.with.salt.<salt>";
            case HASH_V2 -> "column.mask.hash.v2.<algorithm>.with.salt.<salt>";
        };
    }

    private static int number(Pattern family, String name) {
        Matcher matcher = family.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static MessageDigest salted(Pattern family, String name) {
        Matcher matcher = family.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a property of the family");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(matcher.group(1));
            digest.update(matcher.group(2).getBytes(StandardCharsets.UTF_8));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new ConfigException("There is no hash algorithm " + matcher.group(1)
                    + ", which a property column.mask.hash… names; SHA-256 is one");
        }
    }

    /**
     * What is hidden of a column.
     *
     * @param qualifiedName {@code schema.table.column}
     * @param described the column's length
     * @param type its type, behind any domain
     * @return null for nothing
     */
    @Nullable
    ColumnMask of(String qualifiedName, SourceType described, PgType type) {
        for (Rule rule : rules) {
            if (TableFilter.matchesAny(rule.columns(), qualifiedName)) {
                return mask(rule, qualifiedName, described, type);
            }
        }
        return null;
    }

    private static ColumnMask mask(Rule rule, String qualifiedName, SourceType described, PgType type) {
        int length = described.length();
        if (rule.kind() == Kind.TRUNCATE) {
            int limit = rule.characters();
            return new ColumnMask(
                    length > limit ? "truncateLength" : null,
                    Integer.toString(limit),
                    text -> truncate(text, limit),
                    null);
        }
        if (type.kind() != PgType.Kind.ENUM && !CHARACTERS.contains(type.name())) {
            log.warn(
                    "column={} stays readable: only columns of characters can be masked or hashed, and this one is of type"
                            + " {}. Leave it out with column.exclude.list",
                    qualifiedName,
                    type.name());
            return new ColumnMask("masked", "true", null, null);
        }
        if (rule.kind() == Kind.STARS) {
            String stars = "*".repeat(rule.characters());
            return new ColumnMask("masked", "true", text -> stars, stars);
        }
        MessageDigest digest = rule.digest();
        UnaryOperator<String> hash = rule.kind() == Kind.HASH
                ? text -> hash(digest, serialized(text))
                : text -> hash(digest, text.getBytes(StandardCharsets.UTF_8));
        return new ColumnMask(
                "masked",
                "true",
                text -> {
                    String hashed = hash.apply(text);
                    return hashed.length() > length ? hashed.substring(0, length) : hashed;
                },
                null);
    }

    /** At most that many characters; never half of one that takes two. */
    private static String truncate(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }

    private static String hash(@Nullable MessageDigest salted, byte[] value) {
        try {
            if (salted == null) {
                throw new IllegalStateException("a hash needs an algorithm");
            }
            MessageDigest digest = (MessageDigest) salted.clone();
            return HexFormat.of().formatHex(digest.digest(value));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }

    /** The first version of the hash is one of the text as Java serializes it. */
    private static byte[] serialized(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
