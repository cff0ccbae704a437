/**
 * Source against sink: whether both hold the same rows, decided inside the databases while changes flow.
 *
 * <p>It asks {@code pipeline} how far the changes have come and must not depend on how the result is shown.
 */
@NullMarked
package dev.walbrook.admin.compare;

import org.jspecify.annotations.NullMarked;
