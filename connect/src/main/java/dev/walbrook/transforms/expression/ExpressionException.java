package dev.walbrook.transforms.expression;

/** An expression is not valid. */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExpressionException(String expression, int position, String problem) {
        super(problem + " at character " + (position + 1) + " of '" + expression + "'");
    }
}
