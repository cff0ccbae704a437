package dev.walbrook.examples.shop.publisher;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service's entry point. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Shop publisher",
                        version = "1",
                        description = "Orders and payments, each with its event."))
@SpringBootApplication
public class PublisherApplication {

    public static void main(String[] args) {
        SpringApplication.run(PublisherApplication.class, args);
    }
}
