/**
 * Reads JSON documents and makes Connect's schemas and values of them.
 *
 * <p>A reader of our own, because no JSON library is certain to be there: the plugin carries none, and the worker's Jackson
 * is on the worker's class path by chance of its version, not by contract. The documents are payloads of one row; strict
 * RFC 8259 in two hundred lines is less than what keeping up with a library would cost.
 *
 * <p>Must not depend on any transform.
 */
@NullMarked
package dev.walbrook.transforms.json;

import org.jspecify.annotations.NullMarked;
