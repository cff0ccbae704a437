package dev.walbrook.cli.options;

import dev.walbrook.cli.UsageException;
import dev.walbrook.postgres.ConnectionSettings;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code postgresql://user:password@host:port/database?sslmode=require} and its JDBC form.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">Connection URIs</a>
 */
public final class PostgresUrl {

    private static final String FORM = "postgresql://user[:password]@host[:port]/database[?sslmode=...]";

    private PostgresUrl() {}

    /**
     * The settings that the URL spells out; the password is null when it has none.
     *
     * @param option the option that has the URL, for the message
     * @throws UsageException if it is not such a URL; the message does not repeat the URL, which may hold a password
     */
    public static ConnectionSettings parse(String url, String option) {
        String rest;
        if (url.startsWith("jdbc:postgresql://")) {
            rest = url.substring("jdbc:postgresql://".length());
        } else if (url.startsWith("postgresql://")) {
            rest = url.substring("postgresql://".length());
        } else if (url.startsWith("postgres://")) {
            rest = url.substring("postgres://".length());
        } else {
            throw new UsageException(option + " takes a URL of the form " + FORM);
        }
        Map<String, String> properties = new TreeMap<>();
        int question = rest.indexOf('?');
        if (question >= 0) {
            for (String pair : rest.substring(question + 1).split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    properties.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
            rest = rest.substring(0, question);
        }
        String user = properties.remove("user");
        String password = properties.remove("password");
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            String login = rest.substring(0, at);
            int colon = login.indexOf(':');
            user = decode(colon < 0 ? login : login.substring(0, colon));
            password = colon < 0 ? password : decode(login.substring(colon + 1));
            rest = rest.substring(at + 1);
        }
        int slash = rest.indexOf('/');
        String address = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decode(rest.substring(slash + 1));
        int colon = address.lastIndexOf(':');
        // A colon inside brackets belongs to an IPv6 address.
        boolean hasPort = colon > address.lastIndexOf(']');
        String host = hasPort ? address.substring(0, colon) : address;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw new UsageException(option + " names no host; it takes " + FORM);
        }
        String name = user != null && !user.isEmpty() ? user : System.getProperty("user.name", "postgres");
        return new ConnectionSettings(
                host,
                hasPort ? port(address.substring(colon + 1), option) : 5432,
                database.isEmpty() ? name : database,
                name,
                password,
                Map.copyOf(properties));
    }

    /** The URL without its password. */
    public static String format(ConnectionSettings settings) {
        StringBuilder url = new StringBuilder("postgresql://")
                .append(encode(settings.user()))
                .append('@')
                .append(settings.host().indexOf(':') >= 0 ? '[' + settings.host() + ']' : settings.host())
                .append(':')
                .append(settings.port())
                .append('/')
                .append(encode(settings.database()));
        char separator = '?';
        for (Map.Entry<String, String> property : new TreeMap<>(settings.properties()).entrySet()) {
            url.append(separator).append(encode(property.getKey())).append('=').append(encode(property.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    /** The same settings with another password. */
    public static ConnectionSettings withPassword(ConnectionSettings settings, @Nullable String password) {
        return new ConnectionSettings(
                settings.host(),
                settings.port(),
                settings.database(),
                settings.user(),
                password,
                settings.properties());
    }

    /** The same settings for another database of the server. */
    public static ConnectionSettings withDatabase(ConnectionSettings settings, String database) {
        return new ConnectionSettings(
                settings.host(),
                settings.port(),
                database,
                settings.user(),
                settings.password(),
                settings.properties());
    }

    private static int port(String text, String option) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(option + " has no valid port; it takes " + FORM);
    }

    private static String decode(String text) {
        try {
            // A plus is a plus in these URLs, not a space.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "a % in a URL must be followed by two hexadecimal digits; write %25 for a % itself");
        }
    }

    private static String encode(String text) {
        return Objects.requireNonNull(URLEncoder.encode(text, StandardCharsets.UTF_8))
                .replace("+", "%20");
    }
}
