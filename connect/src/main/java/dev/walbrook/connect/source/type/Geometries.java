package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.GeometricText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The representations of PostgreSQL's geometric types: a point has its coordinates beside well-known binary, shapes are
 * well-known binary with the PostgreSQL type's name beside it, circle and line have no equivalent there and are structs.
 */
final class Geometries {

    private static final byte LITTLE_ENDIAN = 1;
    private static final int WKB_POINT = 1;
    private static final int WKB_LINE_STRING = 2;
    private static final int WKB_POLYGON = 3;
    /** Byte order, geometry type, and at the most two counts. */
    private static final int WKB_HEADER = 1 + 3 * Integer.BYTES;

    private Geometries() {}

    static SchemaBuilder pointSchema() {
        return SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Point")
                .version(1)
                .doc("Geometry (POINT)")
                .field("x", Schema.FLOAT64_SCHEMA)
                .field("y", Schema.FLOAT64_SCHEMA)
                .field("wkb", Schema.OPTIONAL_BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA);
    }

    static SchemaBuilder shapeSchema() {
        return SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Geometry")
                .version(2)
                .doc("Geometry")
                .field("wkb", Schema.BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
                .field(
                        "extensions",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .optional()
                                .build());
    }

    static SchemaBuilder circleSchema() {
        return SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Circle")
                .version(1)
                .doc("Geometry (CIRCLE)")
                .field("center", pointSchema().build())
                .field("radius", Schema.FLOAT64_SCHEMA);
    }

    static SchemaBuilder lineSchema() {
        return SchemaBuilder.struct()
                .name("io.debezium.data.geometry.Line")
                .version(1)
                .doc("Geometry (LINE)")
                .field("a", Schema.FLOAT64_SCHEMA)
                .field("b", Schema.FLOAT64_SCHEMA)
                .field("c", Schema.FLOAT64_SCHEMA);
    }

    static ValueDecoder pointDecoder(Schema schema) {
        return (buffer, offset, length) -> {
            double[] xy = GeometricText.parse(buffer, offset, length);
            return point(schema, xy[0], xy[1]);
        };
    }

    static ValueDecoder circleDecoder(Schema schema) {
        return (buffer, offset, length) -> {
            double[] numbers = GeometricText.parse(buffer, offset, length);
            return new Struct(schema)
                    .put("center", point(schema.field("center").schema(), numbers[0], numbers[1]))
                    .put("radius", numbers[2]);
        };
    }

    static ValueDecoder lineDecoder(Schema schema) {
        return (buffer, offset, length) -> {
            double[] numbers = GeometricText.parse(buffer, offset, length);
            return new Struct(schema).put("a", numbers[0]).put("b", numbers[1]).put("c", numbers[2]);
        };
    }

    /** @param type {@code box}, {@code lseg}, {@code path} or {@code polygon} */
    static ValueDecoder shapeDecoder(Schema schema, String type) {
        return (buffer, offset, length) -> {
            double[] numbers = GeometricText.parse(buffer, offset, length);
            Map<String, String> extensions = new LinkedHashMap<>();
            extensions.put("type", type);
            byte[] wkb;
            switch (type) {
                case "box" -> {
                    double right = numbers[0];
                    double top = numbers[1];
                    double left = numbers[2];
                    double bottom = numbers[3];
                    wkb = ring(new double[] {right, top, right, bottom, left, bottom, left, top}, false);
                }
                case "polygon" -> wkb = polygon(numbers);
                case "path" -> {
                    extensions.put("closed", Boolean.toString(buffer[offset] == '('));
                    wkb = lineString(numbers);
                }
                default -> wkb = lineString(numbers);
            }
            return new Struct(schema).put("wkb", wkb).put("extensions", extensions);
        };
    }

    private static Struct point(Schema schema, double x, double y) {
        ByteBuffer wkb = header(WKB_POINT, 2);
        wkb.putDouble(x).putDouble(y);
        return new Struct(schema).put("x", x).put("y", y).put("wkb", bytes(wkb));
    }

    private static byte[] lineString(double[] coordinates) {
        ByteBuffer wkb = header(WKB_LINE_STRING, coordinates.length).putInt(coordinates.length / 2);
        for (double coordinate : coordinates) {
            wkb.putDouble(coordinate);
        }
        return bytes(wkb);
    }

    /** Well-known binary closes an outline by repeating the first point, unless the last one already is that. */
    private static byte[] polygon(double[] coordinates) {
        int last = coordinates.length - 2;
        boolean closed = coordinates[0] == coordinates[last] && coordinates[1] == coordinates[last + 1];
        return ring(coordinates, closed);
    }

    private static byte[] ring(double[] coordinates, boolean closed) {
        int points = coordinates.length / 2 + (closed ? 0 : 1);
        ByteBuffer wkb = header(WKB_POLYGON, 2 * points).putInt(1).putInt(points);
        for (double coordinate : coordinates) {
            wkb.putDouble(coordinate);
        }
        return bytes(closed ? wkb : wkb.putDouble(coordinates[0]).putDouble(coordinates[1]));
    }

    private static ByteBuffer header(int type, int numbers) {
        return ByteBuffer.allocate(WKB_HEADER + numbers * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(LITTLE_ENDIAN)
                .putInt(type);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
