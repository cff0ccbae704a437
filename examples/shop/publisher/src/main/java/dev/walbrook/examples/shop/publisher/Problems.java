package dev.walbrook.examples.shop.publisher;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Every refusal is a problem detail (RFC 9457) whose member {@code errors} names each wrong field. */
@RestControllerAdvice
public class Problems extends ResponseEntityExceptionHandler {

    /**
     * What is wrong with one field.
     *
     * @param field its name; {@code body} for the request's body as a whole
     * @param message what is expected
     */
    public record Problem(String field, String message) {}

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Problem> problems = new ArrayList<>();
        for (FieldError error : ex.getBindingResult().getFieldErrors()) {
            problems.add(new Problem(error.getField(), String.valueOf(error.getDefaultMessage())));
        }
        return respond(ex, problems, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Problem> problems = new ArrayList<>();
        ex.getParameterValidationResults().forEach(result -> result.getResolvableErrors()
                .forEach(error -> problems.add(new Problem(
                        String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(error.getDefaultMessage())))));
        return respond(ex, problems, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String field = ex instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(ex.getPropertyName());
        return respond(
                ex,
                List.of(new Problem(field, "must be " + described(ex.getRequiredType()))),
                headers,
                status,
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return respond(ex, List.of(unreadable(ex.getCause())), headers, status, request);
    }

    private static Problem unreadable(@Nullable Throwable cause) {
        if (cause instanceof InputCoercionException tooLarge) {
            return new Problem(field(tooLarge), "must be " + described(tooLarge.getTargetType()));
        }
        if (cause instanceof StreamReadException malformed) {
            return new Problem(field(malformed), "is not valid JSON" + place(malformed));
        }
        if (cause instanceof MismatchedInputException mismatched) {
            return new Problem(field(mismatched), expected(mismatched));
        }
        if (cause instanceof JacksonException other) {
            return new Problem(field(other), "cannot be read" + place(other));
        }
        return new Problem("body", "is missing or not readable");
    }

    private static String expected(MismatchedInputException mismatched) {
        Class<?> target = mismatched.getTargetType();
        if (mismatched.getPath().isEmpty()) {
            return "must be one JSON object" + place(mismatched);
        }
        if (mismatched instanceof InvalidFormatException format && target != null && target.isEnum()) {
            return "must be one of " + constants(target) + ", not '" + format.getValue() + "'";
        }
        return "must be " + described(target);
    }

    private static String described(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type.isEnum()) {
            return "one of " + constants(type);
        }
        if (type == Integer.class || type == int.class) {
            return "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        }
        if (type == Long.class || type == long.class) {
            return "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
        }
        return "a " + type.getSimpleName();
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String field(JacksonException failure) {
        String path = failure.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String place(JacksonException failure) {
        return failure.getLocation() == null
                ? ""
                : ": line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
    }

    private @Nullable ResponseEntity<Object> respond(
            Exception ex, List<Problem> problems, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String text = problems.stream()
                .map(problem -> problem.field() + " " + problem.message())
                .collect(Collectors.joining("; "));
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, text);
        detail.setTitle("Invalid request");
        detail.setProperty("errors", problems);
        return handleExceptionInternal(ex, detail, headers, status, request);
    }
}
