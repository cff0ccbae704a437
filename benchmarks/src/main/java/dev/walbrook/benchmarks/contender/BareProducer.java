package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Sample;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.measure.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the bytes that a connector has written before, again and again, as many as there are records: Kafka's own limit. */
public final class BareProducer implements StreamContender, SnapshotContender {

    @Override
    public String name() {
        return "producer";
    }

    @Override
    public String description() {
        return "a KafkaProducer that sends what a connector wrote, with " + Contenders.PRODUCER;
    }

    @Override
    public Measurement stream(Run run) {
        return send(run);
    }

    @Override
    public Measurement snapshot(Run run) {
        return send(run);
    }

    private static Measurement send(Run run) {
        Sample sample = run.sample();
        if (sample.entries().isEmpty()) {
            return Measurement.failed("no connector ran before it that wrote something to send");
        }
        Map<String, Object> settings = new HashMap<>(Contenders.PRODUCER);
        settings.put("bootstrap.servers", run.data().servers().bootstrapServers());
        try (Topic topic = Connector.topic(run);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Stopwatch watch = new Stopwatch()
                    .process(Metric.WORKER_CPU, ProcessHandle.current().pid())
                    .process(Metric.BROKER_CPU, run.data().servers().broker().pid());
            Future<?> last = CompletableFuture.completedFuture(null);
            watch.start();
            int size = sample.entries().size();
            for (long record = 0; record < run.records(); record++) {
                Sample.Entry entry = sample.entries().get((int) (record % size));
                last = producer.send(new ProducerRecord<>(topic.name(), entry.key(), entry.value()));
            }
            producer.flush();
            watch.stop();
            // An idempotent producer sends nothing after what it could not send.
            last.get();
            return watch.measurement(run.events(), sample.bytes() * run.records() / size, Content.NOTHING);
        } catch (ExecutionException e) {
            return Measurement.failed("records could not be sent: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Measurement.failed("interrupted");
        }
    }
}
