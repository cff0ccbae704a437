/** What the plugin's connectors share. */
@NullMarked
package dev.walbrook.connect;

import org.jspecify.annotations.NullMarked;
