/**
 * The source connector's properties: one file per group, what each is called, may be and means.
 *
 * <p>Only declares and validates. {@code SourceConfig}, a package above, turns values into settings; nothing here knows of
 * records or connections.
 */
@NullMarked
package dev.walbrook.connect.source.property;

import org.jspecify.annotations.NullMarked;
