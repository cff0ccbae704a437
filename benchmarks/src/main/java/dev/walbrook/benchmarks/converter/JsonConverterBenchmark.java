package dev.walbrook.benchmarks.converter;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Events per second of a converter, each way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonConverterBenchmark {

    private static final int EVENTS = 1024;
    private static final String TOPIC = "shop.public.orders";

    /** Whose converter. */
    @Param({"walbrook", "kafka"})
    public String converter = "walbrook";

    /** {@code schemas.enable}. */
    @Param({"false", "true"})
    public boolean schemas;

    private Converter converting = new dev.walbrook.connect.json.JsonConverter();
    private Struct[] events = {};
    private byte[][] records = {};
    private int next;

    /** Makes the events, and makes sure that both converters agree about them. */
    @Setup
    public void prepare() {
        Converter ours = configured(new dev.walbrook.connect.json.JsonConverter());
        Converter kafkas = configured(new org.apache.kafka.connect.json.JsonConverter());
        events = new OrderEvents().events(EVENTS);
        records = new byte[EVENTS][];
        for (int i = 0; i < EVENTS; i++) {
            records[i] = kafkas.fromConnectData(TOPIC, OrderEvents.ENVELOPE, events[i]);
            if (!Arrays.equals(records[i], ours.fromConnectData(TOPIC, OrderEvents.ENVELOPE, events[i]))
                    || !Arrays.equals(records[i], again(kafkas, ours.toConnectData(TOPIC, records[i])))) {
                throw new IllegalStateException("The converters differ about event " + i);
            }
        }
        converting = converter.equals("kafka") ? kafkas : ours;
    }

    private static byte[] again(Converter converter, SchemaAndValue read) {
        return converter.fromConnectData(TOPIC, read.schema(), read.value());
    }

    private Converter configured(Converter unconfigured) {
        unconfigured.configure(Map.of("schemas.enable", schemas), false);
        return unconfigured;
    }

    /** From Connect's data to bytes. */
    @Benchmark
    public byte[] write() {
        next = (next + 1) % EVENTS;
        return converting.fromConnectData(TOPIC, OrderEvents.ENVELOPE, events[next]);
    }

    /** From bytes to Connect's data. */
    @Benchmark
    public SchemaAndValue read() {
        next = (next + 1) % EVENTS;
        return converting.toConnectData(TOPIC, records[next]);
    }
}
