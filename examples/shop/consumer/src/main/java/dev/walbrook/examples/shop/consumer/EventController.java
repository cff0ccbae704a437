package dev.walbrook.examples.shop.consumer;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What has been received, as JSON. */
@RestController
@RequestMapping("/consumer/api/events")
public class EventController {

    private final ReceivedEvents events;

    public EventController(ReceivedEvents events) {
        this.events = events;
    }

    /**
     * A part of the list, the newest first.
     *
     * @param items of this page
     * @param page its number, from 0
     * @param size how many items a page has
     * @param total how many items all pages have
     */
    public record Page(List<ReceivedEvent> items, int page, int size, long total) {}

    @GetMapping
    public Page list(
            @RequestParam(name = "topic", required = false) @Nullable String topic,
            @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
            @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(1_000) int size) {
        return new Page(events.list(topic, page, size), page, size, events.count(topic));
    }

    @GetMapping("/{eventId}")
    public ReceivedEvent get(@PathVariable("eventId") String eventId) {
        return events.find(eventId).stream()
                .findFirst()
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No event " + eventId + " came yet"));
    }
}
