/**
 * The transactional outbox: the inserts into one table become events on the topics of their aggregates.
 *
 * <p>Must not depend on the other transforms.
 */
@NullMarked
package dev.walbrook.transforms.outbox;

import org.jspecify.annotations.NullMarked;
