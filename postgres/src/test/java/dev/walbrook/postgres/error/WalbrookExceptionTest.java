package dev.walbrook.postgres.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WalbrookExceptionTest {

    @Test
    void fillsKnownFactsAndKeepsTheOthersReadable() {
        WalbrookException failure =
                new WalbrookException(ErrorKind.PUBLICATION_MISSING, "no p", Map.of("publication", "\"p{tables}\""));

        assertThat(failure.cure())
                .isEqualTo("Create it as the tables' owner or a superuser:"
                        + " CREATE PUBLICATION \"p{tables}\" FOR TABLE <tables>;");
        assertThat(failure).hasMessage("no p -- " + failure.cure());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasADirectiveAndACure(ErrorKind kind) {
        assertThat(kind.directive()).isNotNull();
        assertThat(kind.cureTemplate()).matches("(?s).*[.;)}]");
    }
}
