package dev.walbrook.examples.shop.publisher;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Orders over HTTP. */
@Tag(name = "orders")
@RestController
@RequestMapping("/publisher/api/orders")
public class OrderController {

    private final Orders orders;

    public OrderController(Orders orders) {
        this.orders = orders;
    }

    /**
     * What a client sends.
     *
     * @param quantity how many pieces, at least one
     * @param deliveryMethod who brings them
     */
    public record NewOrder(@NotNull @Positive Integer quantity, @NotNull DeliveryMethod deliveryMethod) {}

    @PostMapping
    public ResponseEntity<Order> create(@RequestBody @Valid NewOrder request) {
        Order order = orders.place(request.quantity(), request.deliveryMethod());
        return ResponseEntity.created(URI.create("/publisher/api/orders/" + order.id()))
                .body(order);
    }

    @GetMapping("/{id}")
    public Order get(@PathVariable("id") long id) {
        return orders.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no order " + id));
    }

    @GetMapping
    public Page<Order> list(
            @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
            @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(500) int size) {
        return orders.list(page, size);
    }
}
