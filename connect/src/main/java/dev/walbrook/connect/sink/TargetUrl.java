package dev.walbrook.connect.sink;

import dev.walbrook.postgres.ConnectionSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Takes a JDBC URL apart, so that neither the URL nor what is secret in it need be shown anywhere. */
final class TargetUrl {

    private TargetUrl() {}

    /**
     * Where the URL leads.
     *
     * @param username the role; null if the URL names it
     * @param password its password; null if the URL has it or the server does not ask for one
     * @throws IllegalArgumentException if it is not a URL of PostgreSQL's driver, or nobody names a role; the message does
     *     not hold the URL
     */
    static ConnectionSettings parse(String url, @Nullable String username, @Nullable String password) {
        Properties parsed = Driver.parseURL(url, null);
        if (parsed == null) {
            throw new IllegalArgumentException("must have the form jdbc:postgresql://host:port/database");
        }
        Map<String, String> further = new HashMap<>();
        parsed.stringPropertyNames().forEach(name -> further.put(name, parsed.getProperty(name)));
        String[] hosts = taken(further, "PGHOST", "localhost").split(",");
        String[] ports = taken(further, "PGPORT", "5432").split(",");
        String urlUser = further.remove("user");
        String urlPassword = further.remove("password");
        String user = username == null ? urlUser : username;
        if (user == null) {
            throw new IllegalArgumentException("no role is named: set " + SinkProperties.USERNAME);
        }
        String database = taken(further, "PGDBNAME", user);
        // Many rows of one INSERT go as one statement, which is several times faster.
        further.putIfAbsent("reWriteBatchedInserts", "true");
        return new ConnectionSettings(
                hosts.length == 1 ? hosts[0] : withPorts(hosts, ports),
                Integer.parseInt(ports[0]),
                database,
                user,
                password == null ? urlPassword : password,
                Map.copyOf(further));
    }

    private static String taken(Map<String, String> properties, String name, String otherwise) {
        String value = properties.remove(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static String withPorts(String[] hosts, String[] ports) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < hosts.length; i++) {
            boolean bareIpv6 = hosts[i].indexOf(':') >= 0 && !hosts[i].startsWith("[");
            list.append(i == 0 ? "" : ",")
                    .append(bareIpv6 ? "[" + hosts[i] + "]" : hosts[i])
                    .append(':')
                    .append(ports[Math.min(i, ports.length - 1)]);
        }
        return list.toString();
    }
}
