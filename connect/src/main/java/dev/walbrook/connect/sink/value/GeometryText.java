package dev.walbrook.connect.sink.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Geometric structures as PostgreSQL's geometric types and PostGIS read them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-geometric.html">Geometric types</a>
 */
final class GeometryText {

    private static final int WKB_LINE_STRING = 2;
    private static final int WKB_POLYGON = 3;

    private GeometryText() {}

    static String point(Object value) {
        Struct struct = (Struct) value;
        return "(" + struct.getFloat64("x") + "," + struct.getFloat64("y") + ")";
    }

    static String circle(Object value) {
        Struct struct = (Struct) value;
        return "<" + point(struct.getStruct("center")) + "," + struct.getFloat64("radius") + ">";
    }

    static String line(Object value) {
        Struct struct = (Struct) value;
        return "{" + struct.getFloat64("a") + "," + struct.getFloat64("b") + "," + struct.getFloat64("c") + "}";
    }

    /** PostGIS reads well-known binary in hexadecimal, after the reference system if there is one. */
    static String postgis(Object value) {
        Struct struct = (Struct) value;
        Object srid = struct.get("srid");
        return (srid == null ? "" : "SRID=" + srid + ";")
                + HexFormat.of().withUpperCase().formatHex(TextFormats.bytes(struct.get("wkb")));
    }

    static TextFormat ofGeometry(String type) {
        return switch (type) {
            case "box" ->
                value -> {
                    List<String> points = points(value);
                    // A box is sent as its outline; the first and third point are opposite corners.
                    return points.get(0) + "," + points.get(2);
                };
            case "lseg" -> value -> "[" + String.join(",", points(value)) + "]";
            case "polygon" ->
                value -> {
                    List<String> points = points(value);
                    return "(" + String.join(",", withoutClosing(points)) + ")";
                };
            case "path" ->
                value -> {
                    if (isPolygon(value)) {
                        return "(" + String.join(",", withoutClosing(points(value))) + ")";
                    }
                    String points = String.join(",", points(value));
                    return isClosed((Struct) value) ? "(" + points + ")" : "[" + points + "]";
                };
            default -> GeometryText::postgis;
        };
    }

    private static List<String> withoutClosing(List<String> ring) {
        int last = ring.size() - 1;
        return last > 0 && ring.get(0).equals(ring.get(last)) ? ring.subList(0, last) : ring;
    }

    private static boolean isPolygon(Object value) {
        return header(wkb(value)) == WKB_POLYGON;
    }

    /** Whether a path is closed: well-known binary cannot say so of a line. */
    private static boolean isClosed(Struct struct) {
        if (struct.schema().field("extensions") == null) {
            return false;
        }
        Map<String, String> extensions = struct.getMap("extensions");
        return extensions != null && "true".equals(extensions.get("closed"));
    }

    private static ByteBuffer wkb(Object value) {
        return ByteBuffer.wrap(TextFormats.bytes(((Struct) value).get("wkb")));
    }

    private static int header(ByteBuffer wkb) {
        wkb.order(wkb.get() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        // The higher bits say that a third dimension or a reference system follows.
        return wkb.getInt() & 0xFF;
    }

    /** The points of a line, or of a polygon's outline. */
    private static List<String> points(Object value) {
        ByteBuffer wkb = wkb(value);
        int kind = header(wkb);
        if (kind == WKB_POLYGON) {
            int rings = wkb.getInt();
            if (rings != 1) {
                throw new IllegalArgumentException("a polygon with holes does not fit PostgreSQL's geometric types");
            }
        } else if (kind != WKB_LINE_STRING) {
            throw new IllegalArgumentException("only lines and polygons fit PostgreSQL's geometric types");
        }
        int count = wkb.getInt();
        List<String> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            points.add("(" + wkb.getDouble() + "," + wkb.getDouble() + ")");
        }
        return points;
    }
}
