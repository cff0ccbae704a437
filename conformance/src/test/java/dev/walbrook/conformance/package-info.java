/**
 * Runs Debezium's PostgreSQL connector and Walbrook's side by side, on the same database and the same changes, and
 * compares every record they write.
 *
 * <p>A {@link dev.walbrook.conformance.Scenario} is SQL and a configuration; {@link dev.walbrook.conformance.ConnectorPair}
 * runs it under both connectors in a real worker; {@link dev.walbrook.conformance.Comparison} compares what
 * {@link dev.walbrook.conformance.CanonicalText} has made of the records. What cannot be equal is listed in
 * {@link dev.walbrook.conformance.Exemptions} and nowhere else. The outcome is the page docs/reference/compatibility.md.
 *
 * <p>{@link dev.walbrook.conformance.PublishedConfigurationsIT} does without the converters of this package: it runs
 * configurations as they were published, with the converters and transforms that they name, and decodes the bytes
 * ({@link dev.walbrook.conformance.DecodedRecord}).
 *
 * <p>Nothing here may use classes of either connector: both are known by what they write.
 */
@NullMarked
package dev.walbrook.conformance;

import org.jspecify.annotations.NullMarked;
