package dev.walbrook.capture;

import dev.walbrook.postgres.Sql;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names an error's cure may mention; those that stand in SQL are quoted for it. */
public final class CaptureFacts {

    private CaptureFacts() {}

    /** The names in the settings. */
    public static Map<String, String> of(CaptureSettings settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("slot", settings.slot());
        facts.put("publication", Sql.identifier(settings.publication()));
        facts.put("host", settings.connection().host());
        facts.put("port", Integer.toString(settings.connection().port()));
        facts.put("database", Sql.identifier(settings.connection().database()));
        facts.put("user", Sql.identifier(settings.connection().user()));
        return facts;
    }

    /** The same with one more. */
    public static Map<String, String> of(CaptureSettings settings, String name, String value) {
        Map<String, String> facts = of(settings);
        facts.put(name, value);
        return facts;
    }
}
