package dev.walbrook.transforms.expression;

import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/** An expression, parsed. Values are texts, numbers, booleans, null, and whatever else a record holds. */
public sealed interface Expression {

    /**
     * Its value for a record.
     *
     * @throws UnconvertibleException if the record has no such field, or a value has the wrong type
     */
    @Nullable
    Object evaluate(ConnectRecord<?> record);

    /** The value of an expression that must be a condition. */
    static boolean condition(Expression expression, ConnectRecord<?> record) {
        if (expression.evaluate(record) instanceof Boolean condition) {
            return condition;
        }
        throw new UnconvertibleException(
                "the expression '" + expression + "' is neither true nor false for it",
                "Compare it with something, such as value.op == 'c', or test it for null first.");
    }

    /** A constant. */
    record Literal(@Nullable Object value) implements Expression {

        @Override
        public @Nullable Object evaluate(ConnectRecord<?> record) {
            return value;
        }

        @Override
        public String toString() {
            return value instanceof String text ? "'" + text.replace("'", "\\'") + "'" : String.valueOf(value);
        }
    }

    /** {@code !condition}. */
    record Not(Expression operand) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            return !condition(operand, record);
        }

        @Override
        public String toString() {
            return "!" + operand;
        }
    }

    /** {@code left && right}; the right one is not looked at if the left one is false. */
    record And(Expression left, Expression right) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            return condition(left, record) && condition(right, record);
        }

        @Override
        public String toString() {
            return "(" + left + " && " + right + ")";
        }
    }

    /** {@code left || right}; the right one is not looked at if the left one is true. */
    record Or(Expression left, Expression right) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            return condition(left, record) || condition(right, record);
        }

        @Override
        public String toString() {
            return "(" + left + " || " + right + ")";
        }
    }

    /** {@code condition ? yes : no}. */
    record Choice(Expression condition, Expression yes, Expression no) implements Expression {

        @Override
        public @Nullable Object evaluate(ConnectRecord<?> record) {
            return (Expression.condition(condition, record) ? yes : no).evaluate(record);
        }

        @Override
        public String toString() {
            return "(" + condition + " ? " + yes + " : " + no + ")";
        }
    }

    /** {@code left + right}: texts and numbers, written one after the other. */
    record Concatenation(Expression left, Expression right) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            return text(left, record) + text(right, record);
        }

        private static String text(Expression expression, ConnectRecord<?> record) {
            Object value = Values.plain(expression.evaluate(record));
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return value.toString();
            }
            throw new UnconvertibleException(
                    "'" + expression + "' is " + Values.kind(value) + " there and cannot be part of a text",
                    "Test it for null first: x == null ? 'none' : 'some.' + x.");
        }

        @Override
        public String toString() {
            return "(" + left + " + " + right + ")";
        }
    }

    /** {@code left == right} and the other comparisons. */
    record Comparison(Operator operator, Expression left, Expression right) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            Object leftValue = Values.plain(left.evaluate(record));
            Object rightValue = Values.plain(right.evaluate(record));
            if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL) {
                if (leftValue == null || rightValue == null) {
                    return (leftValue == rightValue) == (operator == Operator.EQUAL);
                }
                return (Values.compare(left, leftValue, right, rightValue) == 0) == (operator == Operator.EQUAL);
            }
            // As in SQL, nothing is smaller or greater than null.
            return leftValue != null
                    && rightValue != null
                    && operator.holds(Values.compare(left, leftValue, right, rightValue));
        }

        @Override
        public String toString() {
            return left + " " + operator.symbol() + " " + right;
        }
    }

    /** {@code value in ('a', 'b')}; null is in no list that does not name it. */
    record In(Expression operand, List<Expression> elements) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            return elements.stream()
                    .anyMatch(element ->
                            Boolean.TRUE.equals(new Comparison(Operator.EQUAL, operand, element).evaluate(record)));
        }

        @Override
        public String toString() {
            return operand + " in "
                    + elements.stream()
                            .map(String::valueOf)
                            .toList()
                            .toString()
                            .replace('[', '(')
                            .replace(']', ')');
        }
    }

    /** {@code value matches 'regex'}: the whole text; null matches nothing. */
    record Matches(Expression operand, Pattern pattern) implements Expression {

        @Override
        public Object evaluate(ConnectRecord<?> record) {
            Object value = Values.plain(operand.evaluate(record));
            if (value == null) {
                return false;
            }
            if (value instanceof String text) {
                return pattern.matcher(text).matches();
            }
            throw new UnconvertibleException(
                    "'" + operand + "' is " + Values.kind(value) + " there, and only texts match an expression",
                    "Compare it instead.");
        }

        @Override
        public String toString() {
            return operand + " matches '" + pattern + "'";
        }
    }

    /** A field of the record; see {@link Path}. */
    record Reference(Path path) implements Expression {

        @Override
        public @Nullable Object evaluate(ConnectRecord<?> record) {
            return path.read(record);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** The comparisons. */
    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }
}
