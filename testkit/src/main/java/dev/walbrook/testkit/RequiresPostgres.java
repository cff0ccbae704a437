package dev.walbrook.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test needs a PostgreSQL of at least {@link #min()}, at most {@link #max()}; it is skipped on others. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresPostgresCondition.class)
public @interface RequiresPostgres {

    /** The first major version the test applies to. */
    int min() default 0;

    /** The last major version the test applies to. */
    int max() default Integer.MAX_VALUE;
}
