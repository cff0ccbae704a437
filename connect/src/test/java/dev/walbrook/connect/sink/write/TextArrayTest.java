package dev.walbrook.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TextArrayTest {

    @Test
    void saysItsValuesInBothForms() {
        TextArray array = new TextArray(3);
        array.add("a \"b\" \\ é");
        array.add(null);
        array.add("x".repeat(1000));

        assertThat(array.getValue()).isEqualTo("{\"a \\\"b\\\" \\\\ é\",NULL,\"" + "x".repeat(1000) + "\"}");
        byte[] sent = new byte[array.lengthInBytes() + 1];
        array.toBytes(sent, 1);
        ByteBuffer bytes = ByteBuffer.wrap(sent, 1, sent.length - 1);
        assertThat(new int[] {bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt()})
                .as("dimensions, has nulls, oid of text, length, lower bound")
                .containsExactly(1, 1, 25, 3, 1);
        assertThat(bytes.getInt()).isEqualTo(10);
        assertThat(bytes.getInt(bytes.position() + 10)).isEqualTo(-1);
        assertThat(bytes.remaining()).isEqualTo(10 + 4 + 4 + 1000);
    }
}
