/**
 * The language of the conditions of {@link dev.walbrook.transforms.Filter} and the topics of {@link
 * dev.walbrook.transforms.ContentBasedRouter}.
 *
 * <p>A language of our own and no scripting engine: an engine runs whatever stands in a connector's configuration, with the
 * rights of the worker, so whoever may write a configuration could read its secrets and files. This language only looks at
 * a record: no calls, no loops, no assignment. An expression is checked when the connector is configured, costs some
 * nanoseconds a record, and always ends. What conditions of change events need is a common part of Groovy and JavaScript, so
 * most expressions move from there as they are.
 *
 * <p>{@link dev.walbrook.transforms.expression.ExpressionParser} has the grammar. Must not depend on any transform.
 */
@NullMarked
package dev.walbrook.transforms.expression;

import org.jspecify.annotations.NullMarked;
