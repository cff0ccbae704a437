package dev.walbrook.examples.shop.publisher;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
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

/** Payments over HTTP. */
@Tag(name = "payments")
@RestController
@RequestMapping("/publisher/api/payments")
public class PaymentController {

    private final Payments payments;

    public PaymentController(Payments payments) {
        this.payments = payments;
    }

    /**
     * What a client sends.
     *
     * @param orderId the order that is paid
     * @param paymentMethod how
     */
    public record NewPayment(@NotNull Long orderId, @NotNull PaymentMethod paymentMethod) {}

    @PostMapping
    public ResponseEntity<Payment> create(@RequestBody @Valid NewPayment request) {
        Payment payment = payments.make(request.orderId(), request.paymentMethod());
        return ResponseEntity.created(URI.create("/publisher/api/payments/" + payment.id()))
                .body(payment);
    }

    @GetMapping("/{id}")
    public Payment get(@PathVariable("id") long id) {
        return payments.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no payment " + id));
    }

    @GetMapping
    public Page<Payment> list(
            @RequestParam(name = "page", defaultValue = "0") @Min(0) @Max(1_000_000) int page,
            @RequestParam(name = "size", defaultValue = "20") @Min(1) @Max(500) int size) {
        return payments.list(page, size);
    }
}
