package dev.walbrook.transforms.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text it; of a text, what is between the quotes
 * @param position where it begins, from 0
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        WORD,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    /** Longer ones first: the first that fits is taken. */
    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "<=", ">=", "&&", "||", "?.", "<", ">", "!", "?", ":", "+", "(", ")", "[", "]", ".", ",");

    /** Splits an expression; the last token is the end. */
    static List<Token> split(String expression) {
        List<Token> tokens = new ArrayList<>();
        int position = 0;
        while (true) {
            while (position < expression.length() && Character.isWhitespace(expression.charAt(position))) {
                position++;
            }
            if (position == expression.length()) {
                tokens.add(new Token(Kind.END, "", position));
                return tokens;
            }
            char c = expression.charAt(position);
            int end;
            if (c == '\'' || c == '"') {
                StringBuilder text = new StringBuilder();
                end = text(expression, position, text);
                tokens.add(new Token(Kind.TEXT, text.toString(), position));
            } else if (Character.isJavaIdentifierStart(c)) {
                end = position + 1;
                while (end < expression.length() && Character.isJavaIdentifierPart(expression.charAt(end))) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, expression.substring(position, end), position));
            } else if (isDigit(c)
                    || c == '-' && position + 1 < expression.length() && isDigit(expression.charAt(position + 1))) {
                end = number(expression, position + 1);
                tokens.add(new Token(Kind.NUMBER, expression.substring(position, end), position));
            } else {
                String symbol = symbol(expression, position);
                end = position + symbol.length();
                tokens.add(new Token(Kind.SYMBOL, symbol, position));
            }
            position = end;
        }
    }

    private static int text(String expression, int start, StringBuilder text) {
        char quote = expression.charAt(start);
        int i = start + 1;
        while (i < expression.length() && expression.charAt(i) != quote) {
            char c = expression.charAt(i);
            char following = i + 1 < expression.length() ? expression.charAt(i + 1) : c;
            // Other backslashes stay, so that a regular expression is written as it is.
            if (c == '\\' && (following == quote || following == '\\' && i + 1 < expression.length())) {
                i++;
                c = following;
            }
            text.append(c);
            i++;
        }
        if (i == expression.length()) {
            throw new ExpressionException(expression, start, "the quote that begins");
        }
        return i + 1;
    }

    private static int number(String expression, int from) {
        int i = from;
        while (i < expression.length() && isDigit(expression.charAt(i))) {
            i++;
        }
        if (i + 1 < expression.length() && expression.charAt(i) == '.' && isDigit(expression.charAt(i + 1))) {
            i++;
            while (i < expression.length() && isDigit(expression.charAt(i))) {
                i++;
            }
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String symbol(String expression, int position) {
        return SYMBOLS.stream()
                .filter(symbol -> expression.startsWith(symbol, position))
                .findFirst()
                .orElseThrow(() -> new ExpressionException(
                        expression, position, "'" + expression.charAt(position) + "' is not understood"));
    }
}
