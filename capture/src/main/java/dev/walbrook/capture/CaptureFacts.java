package dev.walbrook.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names an error's cure may mention. */
final class CaptureFacts {

    private CaptureFacts() {}

    static Map<String, String> of(CaptureSettings settings) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("slot", settings.slot());
        facts.put("publication", settings.publication());
        facts.put("host", settings.connection().host());
        facts.put("port", Integer.toString(settings.connection().port()));
        facts.put("database", settings.connection().database());
        facts.put("user", settings.connection().user());
        return facts;
    }

    static Map<String, String> of(CaptureSettings settings, String name, String value) {
        Map<String, String> facts = of(settings);
        facts.put(name, value);
        return facts;
    }
}
