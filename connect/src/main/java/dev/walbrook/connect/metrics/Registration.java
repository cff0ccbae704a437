package dev.walbrook.connect.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MBean's place in the JVM's MBean server.
 *
 * <p>In a rebalance the next task of a connector may start in the same JVM while the one before it still ends: the next takes
 * the name over, and the one before leaves it alone when it closes. A bean of somebody else is never touched. Metrics are
 * not worth a failure, so a name that cannot be had is only warned of.
 */
public final class Registration implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    /** What Kafka and Debezium write into an object name without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[\\w\\-%. \\t]*");

    /** Our beans by name, guarded by the class. */
    private static final Map<ObjectName, Registration> OWNERS = new HashMap<>();

    private final @Nullable ObjectName name;

    private Registration(@Nullable ObjectName name) {
        this.name = name;
    }

    /**
     * Registers a bean.
     *
     * @param domain the name's part before the colon
     * @param keys the name's keys, in order
     * @param bean an MXBean
     */
    public static Registration of(String domain, Map<String, String> keys, Object bean) {
        StringBuilder text = new StringBuilder(domain);
        char separator = ':';
        for (Map.Entry<String, String> key : keys.entrySet()) {
            text.append(separator).append(key.getKey()).append('=').append(quoted(key.getValue()));
            separator = ',';
        }
        try {
            return register(new ObjectName(text.toString()), bean);
        } catch (JMException e) {
            log.warn("the metrics {} cannot be registered", text, e);
            return new Registration(null);
        }
    }

    private static Registration register(ObjectName name, Object bean) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        synchronized (OWNERS) {
            if (server.isRegistered(name)) {
                if (!OWNERS.containsKey(name)) {
                    log.warn("the metrics {} belong to another connector of the same name and stay its own", name);
                    return new Registration(null);
                }
                server.unregisterMBean(name);
            }
            server.registerMBean(bean, name);
            Registration registration = new Registration(name);
            OWNERS.put(name, registration);
            return registration;
        }
    }

    @Override
    public void close() {
        ObjectName registered = name;
        if (registered == null) {
            return;
        }
        synchronized (OWNERS) {
            if (OWNERS.remove(registered, this)) {
                try {
                    ManagementFactory.getPlatformMBeanServer().unregisterMBean(registered);
                } catch (InstanceNotFoundException e) {
                    log.debug("the metrics {} were gone already", registered);
                } catch (JMException e) {
                    log.warn("the metrics {} cannot be removed", registered, e);
                }
            }
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
    }
}
