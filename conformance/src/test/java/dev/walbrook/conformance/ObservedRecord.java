package dev.walbrook.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as lines, ready to compare: the connector's own name replaced, what is exempt blanked.
 *
 * @param lines text by path, in order; paths begin with {@code key}, {@code key-schema}, {@code value},
 *     {@code value-schema}, {@code header} or {@code header-schema}
 * @param summary operation and key, for the reader
 */
record ObservedRecord(Map<String, String> lines, String summary) {

    /** @param name the connector's unique name, which becomes the common one */
    static ObservedRecord of(ConsumerRecord<byte[], byte[]> record, String name) {
        Map<String, String> raw = new LinkedHashMap<>();
        raw.put("partition", Integer.toString(record.partition()));
        add(raw, "key", record.key());
        add(raw, "value", record.value());
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            String path = "header." + header.key();
            if (!Exemptions.isAddition(path)) {
                headers.add(header.key());
                add(raw, headers.indexOf(header.key()) == headers.size() - 1 ? path : path + "#", header.value());
            }
        }
        raw.put("headers", headers.toString());
        return ofLines(raw, name);
    }

    /**
     * @param raw the lines as they were read
     * @param name the connector's unique name, which becomes the common one
     */
    static ObservedRecord ofLines(Map<String, String> raw, String name) {
        boolean snapshot = "\"r\"".equals(raw.get("value.op"));
        Map<String, String> lines = new LinkedHashMap<>();
        raw.forEach((path, text) -> {
            String common = text.replace(name, Subject.COMMON_NAME);
            lines.put(path.replace(name, Subject.COMMON_NAME), Exemptions.text(path, common, snapshot));
        });
        return new ObservedRecord(lines, summary(lines));
    }

    private static void add(Map<String, String> lines, String prefix, byte @Nullable [] canonical) {
        if (canonical == null) {
            lines.put(prefix, "none");
            return;
        }
        for (String line : new String(canonical, StandardCharsets.UTF_8).split("\n")) {
            int tab = line.indexOf('\t');
            String kind = line.startsWith(CanonicalText.SCHEMA) ? "-schema" : "";
            lines.put(schemaOrValue(prefix, kind) + line.substring(1, tab), line.substring(tab + 1));
        }
    }

    private static String schemaOrValue(String prefix, String kind) {
        int dot = prefix.indexOf('.');
        return dot < 0 ? prefix + kind : prefix.substring(0, dot) + kind + prefix.substring(dot);
    }

    private static String summary(Map<String, String> lines) {
        StringBuilder summary = new StringBuilder();
        summary.append(lines.containsKey("value.op") ? "op " + lines.get("value.op") : "value " + lines.get("value"));
        lines.forEach((path, text) -> {
            if (path.startsWith("key.")) {
                summary.append(' ')
                        .append(path.substring("key.".length()))
                        .append('=')
                        .append(text);
            }
        });
        return summary.toString();
    }
}
