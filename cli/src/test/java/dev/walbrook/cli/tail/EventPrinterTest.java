package dev.walbrook.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.admin.events.ChangeEvent;
import dev.walbrook.admin.events.Operation;
import dev.walbrook.cli.Terminal;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventPrinterTest {

    private final ObjectMapper json = new ObjectMapper();
    private final EventPrinter printer = new EventPrinter(new Terminal(false, false, 80, 24), ZoneOffset.UTC);

    @Test
    void showsARowWithItsKeyFirst() {
        String line = printer.line(event(Operation.INSERT, null, "{'id':1,'name':'Tide table','price':'12.50'}"));

        assertThat(line).isEqualTo("00:00:01.500 INSERT    public.t id=1  name=\"Tide table\" price=\"12.50\"");
    }

    @Test
    void showsWhatAnUpdateChanged() {
        String line = printer.line(
                event(Operation.UPDATE, "{'id':1,'a':1,'b':null,'c':true}", "{'id':1,'a':2,'b':'x','c':true}"));

        assertThat(line).endsWith("public.t id=1  a: 1 → 2 b: null → \"x\"");
    }

    @Test
    void remembersTheRowWhenAnUpdateHasNoOldValues() {
        printer.line(event(Operation.SNAPSHOT, null, "{'id':1,'a':1,'big':'text'}"));

        String line =
                printer.line(event(Operation.UPDATE, null, "{'id':1,'a':2,'big':'" + ChangeEvent.UNAVAILABLE + "'}"));

        assertThat(line).endsWith("UPDATE    public.t id=1  a: 1 → 2");
    }

    @Test
    void showsDeletesAndTombstones() {
        assertThat(printer.line(event(Operation.DELETE, "{'id':1,'a':2}", null)))
                .endsWith("DELETE    public.t id=1  a=2");
        assertThat(printer.line(event(Operation.TOMBSTONE, null, null))).endsWith("tombstone public.t id=1");
    }

    @Test
    void coloursOnlyWhereTheyAreWelcome() {
        EventPrinter coloured = new EventPrinter(new Terminal(true, true, 80, 24), ZoneOffset.UTC);

        assertThat(coloured.line(event(Operation.INSERT, null, "{'id':1}"))).contains("\u001b[32mINSERT");
        assertThat(printer.line(event(Operation.INSERT, null, "{'id':1}"))).doesNotContain("\u001b");
    }

    @Test
    void writesOneJsonObjectPerLine() throws JsonProcessingException {
        String line = new EventJson().line(event(Operation.UPDATE, "{'id':1,'a':'x\\ny'}", "{'id':1,'a':2}"));

        assertThat(line).doesNotContain("\n");
        assertThat(json.readTree(line).path("op").asText()).isEqualTo("update");
        assertThat(json.readTree(line).path("before").path("a").asText()).isEqualTo("x\ny");
    }

    private ChangeEvent event(Operation operation, String before, String after) {
        return new ChangeEvent(
                "walbrook.public.t",
                0,
                5,
                Instant.ofEpochMilli(1500),
                operation,
                "public.t",
                tree("{'id':1}"),
                tree(before),
                tree(after),
                null);
    }

    private JsonNode tree(String text) {
        try {
            return text == null ? null : json.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
