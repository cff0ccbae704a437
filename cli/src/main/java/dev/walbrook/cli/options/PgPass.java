package dev.walbrook.cli.options;

import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a password where libpq looks for it: PGPASSWORD, then the password file.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The password file</a>
 */
public final class PgPass {

    private PgPass() {}

    /** The settings with a password, if one is to be found; they keep one they have. */
    public static ConnectionSettings complete(ConnectionSettings settings) {
        if (settings.password() != null) {
            return settings;
        }
        String fromEnvironment = System.getenv("PGPASSWORD");
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return PostgresUrl.withPassword(settings, fromEnvironment);
        }
        String named = System.getenv("PGPASSFILE");
        Path file = named != null && !named.isEmpty()
                ? Path.of(named)
                : Path.of(System.getProperty("user.home", "."), ".pgpass");
        return PostgresUrl.withPassword(settings, lookUp(file, settings).orElse(null));
    }

    /** The first matching line's password; empty if there is none, or others could read the file. */
    static Optional<String> lookUp(Path file, ConnectionSettings settings) {
        try {
            if (!Files.isRegularFile(file) || isOpenToOthers(file)) {
                return Optional.empty();
            }
            for (String line : Files.readAllLines(file)) {
                String password = match(line, settings);
                if (password != null) {
                    return Optional.of(password);
                }
            }
        } catch (IOException e) {
            // libpq ignores a file it cannot read; the server then says that it wants a password.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    static @Nullable String match(String line, ConnectionSettings settings) {
        if (line.startsWith("#")) {
            return null;
        }
        List<String> fields = fields(line);
        if (fields.size() != 5
                || !fits(fields.get(0), settings.host())
                || !fits(fields.get(1), Integer.toString(settings.port()))
                || !fits(fields.get(2), settings.database())
                || !fits(fields.get(3), settings.user())) {
            return null;
        }
        return unescape(fields.get(4));
    }

    private static boolean fits(String pattern, String value) {
        return pattern.equals("*") || unescape(pattern).equals(value);
    }

    private static String unescape(String field) {
        return field.replaceAll("\\\\(.)", "$1");
    }

    /** Colons separate the fields; a backslash takes the next character as it is. The password may hold colons. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(c).append(line.charAt(++i));
            } else if (c == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
