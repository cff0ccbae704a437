package dev.walbrook.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Evaluates {@link RequiresPostgres} without starting a server. */
final class RequiresPostgresCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresPostgres.class)
                .map(wanted -> evaluate(wanted, TestPostgres.version()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("any PostgreSQL will do"));
    }

    private static ConditionEvaluationResult evaluate(RequiresPostgres wanted, int version) {
        return version >= wanted.min() && version <= wanted.max()
                ? ConditionEvaluationResult.enabled("PostgreSQL " + version)
                : ConditionEvaluationResult.disabled("does not apply to PostgreSQL " + version);
    }
}
