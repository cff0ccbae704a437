package dev.walbrook.transforms.expression;

import dev.walbrook.transforms.expression.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Parses expressions.
 *
 * <pre>
 * expression  = or [ "?" expression ":" expression ]
 * or          = and { "||" and }
 * and         = not { "&amp;&amp;" not }
 * not         = "!" not | comparison
 * comparison  = sum [ ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum
 *                   | "in" ( "(" list ")" | "[" list "]" )
 *                   | "matches" text ]
 * sum         = operand { "+" operand }
 * operand     = text | number | "true" | "false" | "null" | path | "(" expression ")"
 * path        = ( "topic" | "key" | "value" | "keySchema" | "valueSchema" | "header" ) { ( "." | "?." ) name | "[" text "]" }
 * list        = expression { "," expression }
 * </pre>
 *
 * <p>Texts stand in single or double quotes, with a backslash before a quote or a backslash in them. {@code ?.} means the
 * same as a dot; Groovy and JavaScript need it where a value may be null.
 */
public final class ExpressionParser {

    /** Deep enough for people; evaluating an expression that a program made must not exhaust the stack. */
    private static final int MAX_DEPTH = 200;

    private final String text;
    private final List<Token> tokens;
    private int position;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
        this.tokens = Token.split(text);
    }

    /**
     * Parses an expression.
     *
     * @throws ExpressionException if it is not valid; the message says where
     */
    public static Expression parse(String text) {
        ExpressionParser parser = new ExpressionParser(text);
        Expression expression = parser.expression();
        if (parser.peek().kind() != Kind.END) {
            throw parser.failure("the end or an operator is expected");
        }
        return expression;
    }

    private Expression expression() {
        if (++depth > MAX_DEPTH) {
            throw failure("the expression is nested more than " + MAX_DEPTH + " deep");
        }
        Expression condition = or();
        if (accept("?")) {
            Expression yes = expression();
            expect(":");
            condition = new Expression.Choice(condition, yes, expression());
        }
        depth--;
        return condition;
    }

    private Expression or() {
        Expression left = and();
        while (accept("||")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (accept("&&")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        if (!accept("!")) {
            return comparison();
        }
        if (++depth > MAX_DEPTH) {
            throw failure("the expression is nested more than " + MAX_DEPTH + " deep");
        }
        Expression operand = not();
        depth--;
        return new Expression.Not(operand);
    }

    private Expression comparison() {
        Expression left = sum();
        for (Expression.Operator operator : Expression.Operator.values()) {
            if (accept(operator.symbol())) {
                return new Expression.Comparison(operator, left, sum());
            }
        }
        if (accept("in")) {
            return new Expression.In(left, list());
        }
        if (accept("matches")) {
            return new Expression.Matches(left, regex());
        }
        return left;
    }

    private Expression sum() {
        Expression left = operand();
        while (accept("+")) {
            left = new Expression.Concatenation(left, operand());
        }
        return left;
    }

    private List<Expression> list() {
        String end = accept("[") ? "]" : ")";
        if (end.equals(")")) {
            expect("(");
        }
        List<Expression> elements = new ArrayList<>();
        do {
            elements.add(expression());
        } while (accept(","));
        expect(end);
        return elements;
    }

    private Pattern regex() {
        Token token = next();
        if (token.kind() != Kind.TEXT) {
            throw failure(token, "a regular expression in quotes is expected");
        }
        try {
            return Pattern.compile(token.text());
        } catch (PatternSyntaxException e) {
            throw failure(token, "it is no regular expression: " + e.getDescription());
        }
    }

    private Expression operand() {
        Token token = next();
        return switch (token.kind()) {
            case TEXT -> new Expression.Literal(token.text());
            case NUMBER -> new Expression.Literal(number(token));
            case WORD -> word(token);
            case SYMBOL -> {
                if (!token.text().equals("(")) {
                    throw failure(token, "a value is expected");
                }
                Expression inner = expression();
                expect(")");
                yield inner;
            }
            case END -> throw failure(token, "a value is expected");
        };
    }

    private static Number number(Token token) {
        BigDecimal number = new BigDecimal(token.text());
        return number.scale() <= 0 && number.precision() <= 18 ? (Number) number.longValueExact() : number;
    }

    private Expression word(Token token) {
        return switch (token.text()) {
            case "true" -> new Expression.Literal(true);
            case "false" -> new Expression.Literal(false);
            case "null" -> new Expression.Literal(null);
            default -> new Expression.Reference(path(token));
        };
    }

    private Path path(Token first) {
        Path.Root root = Arrays.stream(Path.Root.values())
                .filter(candidate -> candidate.word().equals(first.text()))
                .findFirst()
                .orElseThrow(() -> failure(
                        first,
                        "'" + first.text() + "' is unknown; a record has topic, key, value, keySchema, valueSchema and"
                                + " header"));
        List<String> names = new ArrayList<>();
        while (true) {
            if (accept(".") || accept("?.")) {
                Token name = next();
                if (name.kind() != Kind.WORD) {
                    throw failure(name, "a field's name is expected");
                }
                names.add(name.text());
            } else if (accept("[")) {
                Token name = next();
                if (name.kind() != Kind.TEXT) {
                    throw failure(name, "a field's name in quotes is expected");
                }
                names.add(name.text());
                expect("]");
            } else {
                break;
            }
        }
        if (accept("(")) {
            throw failure(first, "there are no functions; write value.after.name instead of value.get('after')");
        }
        String refusal = root.refuses(names);
        if (refusal != null) {
            throw failure(first, refusal);
        }
        return new Path(root, List.copyOf(names));
    }

    private Token peek() {
        return tokens.get(position);
    }

    private Token next() {
        Token token = tokens.get(position);
        if (token.kind() != Kind.END) {
            position++;
        }
        return token;
    }

    private boolean accept(String symbol) {
        Token token = peek();
        boolean accepted = token.text().equals(symbol) && (token.kind() == Kind.SYMBOL || token.kind() == Kind.WORD);
        if (accepted) {
            position++;
        }
        return accepted;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw failure("'" + symbol + "' is expected");
        }
    }

    private ExpressionException failure(String problem) {
        return failure(peek(), problem);
    }

    private ExpressionException failure(Token token, String problem) {
        return new ExpressionException(text, token.position(), problem);
    }
}
