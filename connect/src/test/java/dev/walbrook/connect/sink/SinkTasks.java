package dev.walbrook.connect.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts sink tasks as Connect does, and stops those that are left when a test is over. */
final class SinkTasks implements AfterEachCallback {

    private final List<PostgresSinkTask> tasks = new ArrayList<>();

    /** A task with the configuration, to which the partitions, if any, are given. */
    PostgresSinkTask start(DirectContext context, Map<String, String> properties, TopicPartition... opened) {
        PostgresSinkTask task = new PostgresSinkTask();
        task.initialize(context);
        task.start(properties);
        tasks.add(task);
        if (opened.length > 0) {
            task.open(List.of(opened));
        }
        return task;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        tasks.forEach(PostgresSinkTask::stop);
    }
}
