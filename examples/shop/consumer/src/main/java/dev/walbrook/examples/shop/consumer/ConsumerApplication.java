package dev.walbrook.examples.shop.consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** The service's entry point. */
@SpringBootApplication
public class ConsumerApplication {

    public static void main(String[] args) {
        SpringApplication.run(ConsumerApplication.class, args);
    }

    /**
     * Repeats a record for as long as its processing fails, because the usual reason is a database that is away: the
     * default is to give up after ten attempts and to skip the record. One that is no event at all is skipped and logged.
     */
    @Bean
    CommonErrorHandler errorHandler() {
        ExponentialBackOff pauses = new ExponentialBackOff(200, 2);
        pauses.setMaxInterval(5_000);
        DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
        handler.addNotRetryableExceptions(IllegalArgumentException.class);
        return handler;
    }
}
