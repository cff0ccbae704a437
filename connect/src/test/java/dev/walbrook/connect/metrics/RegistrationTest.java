package dev.walbrook.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    /** Something to register. */
    public interface NumberedMXBean {
        int getNumber();
    }

    private record Numbered(int number) implements NumberedMXBean {
        @Override
        public int getNumber() {
            return number;
        }
    }

    @Test
    void theNextTaskTakesTheNameOverAndTheOneBeforeLeavesItAlone() throws JMException {
        Map<String, String> keys = Map.of("server", "takeover");
        Registration before = Registration.of("test.registration", keys, new Numbered(1));
        Registration next = Registration.of("test.registration", keys, new Numbered(2));
        ObjectName name = new ObjectName("test.registration:server=takeover");

        assertThat(JMX.getAttribute(name, "Number")).isEqualTo(2);
        before.close();
        assertThat(JMX.isRegistered(name)).isTrue();
        next.close();
        assertThat(JMX.isRegistered(name)).isFalse();
        next.close();
    }

    @Test
    void aBeanOfSomebodyElseStays() throws JMException {
        ObjectName name = new ObjectName("test.registration:server=foreign");
        JMX.registerMBean(new Numbered(1), name);
        try {
            Registration.of("test.registration", Map.of("server", "foreign"), new Numbered(2))
                    .close();

            assertThat(JMX.getAttribute(name, "Number")).isEqualTo(1);
        } finally {
            JMX.unregisterMBean(name);
        }
    }

    @Test
    void valuesAreQuotedOnlyWhereTheyMustBe() throws JMException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("server", "my-shop.1");
        keys.put("team", "a/b,c");
        try (Registration registration = Registration.of("test.registration", keys, new Numbered(1))) {
            assertThat(registration).isNotNull();

            assertThat(JMX.isRegistered(new ObjectName("test.registration:server=my-shop.1,team=\"a/b,c\"")))
                    .isTrue();
        }
    }
}
