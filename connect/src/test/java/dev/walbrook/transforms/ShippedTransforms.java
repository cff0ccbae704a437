package dev.walbrook.transforms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The transforms that the plugin's manifest names. */
public final class ShippedTransforms {

    private static final Path MANIFEST =
            Path.of("src/main/resources/META-INF/services/org.apache.kafka.connect.transforms.Transformation");

    private ShippedTransforms() {}

    /** By simple name. */
    public static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        try {
            for (String name : Files.readAllLines(MANIFEST)) {
                types.add(Class.forName(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("The manifest names a class that does not exist", e);
        }
        types.sort(Comparator.comparing(Class::getSimpleName));
        return types;
    }
}
