package dev.airlock.shape;

import java.io.File;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

/** What to write instead of a type that has no WIT type. */
final class Hints {
    private static final String TEXT = "write String";
    private static final String ASYNC = "async functions are not supported yet; write what it completes with";
    private static final String STREAM = "streams are not supported yet; write List, or byte[]";

    /** Supertypes after their subtypes: the first that fits counts. */
    private static final Map<Class<?>, String> BY_CLASS = new LinkedHashMap<>();

    static {
        BY_CLASS.put(Object.class, "it says nothing of the value");
        BY_CLASS.put(char.class, "write @Char int, or String, since a char is but half of some characters");
        BY_CLASS.put(Character.class, "write @Char Integer, or String, since a char is but half of some characters");
        BY_CLASS.put(CharSequence.class, TEXT);
        BY_CLASS.put(Date.class, "a long or a String can carry it");
        BY_CLASS.put(BigDecimal.class, "a String can carry it");
        BY_CLASS.put(BigInteger.class, "a String can carry it");
        BY_CLASS.put(UUID.class, "a String or two longs can carry it");
        BY_CLASS.put(File.class, TEXT);
        BY_CLASS.put(Path.class, TEXT);
        BY_CLASS.put(URI.class, TEXT);
        BY_CLASS.put(URL.class, TEXT);
        BY_CLASS.put(OptionalInt.class, "write Optional<Integer>");
        BY_CLASS.put(OptionalLong.class, "write Optional<Long>");
        BY_CLASS.put(OptionalDouble.class, "write Optional<Double>");
        BY_CLASS.put(Set.class, "write List, or EnumSet for flags");
        BY_CLASS.put(Collection.class, "write List");
        BY_CLASS.put(Map.class, "write Map");
        BY_CLASS.put(ByteBuffer.class, "it goes in only, as a parameter of its own; write byte[]");
        BY_CLASS.put(Buffer.class, "write a primitive array");
        BY_CLASS.put(InputStream.class, "it goes in only, as a parameter of its own; write byte[]");
        BY_CLASS.put(CompletionStage.class, ASYNC);
        BY_CLASS.put(Future.class, ASYNC);
        BY_CLASS.put(BaseStream.class, STREAM);
        BY_CLASS.put(Flow.Publisher.class, STREAM);
        BY_CLASS.put(Iterator.class, STREAM);
        BY_CLASS.put(Iterable.class, "write List");
        BY_CLASS.put(Number.class, "write which number it is, such as long");
        BY_CLASS.put(AutoCloseable.class, "a resource is an interface or class of your own that is AutoCloseable");
    }

    /** What a codec would have to wait for, or could not read again. */
    private static final List<Class<?>> NEVER_PAYLOADS = List.of(
            CompletionStage.class,
            Future.class,
            BaseStream.class,
            Flow.Publisher.class,
            Iterator.class,
            InputStream.class,
            AutoCloseable.class,
            void.class,
            Void.class);

    private Hints() {}

    /** Whether a codec may have a form for values of a class. */
    static boolean mayBePayload(Class<?> raw) {
        return NEVER_PAYLOADS.stream().noneMatch(never -> never.isAssignableFrom(raw));
    }

    static String noWitType(ResolvedType type) {
        Class<?> raw = type.raw();
        return raw.getTypeName() + " has no WIT type: " + hint(raw);
    }

    private static String hint(Class<?> raw) {
        if (Languages.isUnsupported(raw)) {
            return "it is a Kotlin class; add dev.airlock:airlock-kotlin to the class path";
        }
        if (raw == void.class || raw == Void.class) {
            return "nothing is for results only";
        }
        if (raw.getPackageName().startsWith("java.time")) {
            return "a long or a String can carry it";
        }
        for (Map.Entry<Class<?>, String> entry : BY_CLASS.entrySet()) {
            boolean fits = entry.getKey() == Object.class
                    ? raw == Object.class
                    : entry.getKey().isAssignableFrom(raw);
            if (fits) {
                return entry.getValue();
            }
        }
        if (raw.isInterface()) {
            return "it is an interface; seal it, and permit records only";
        }
        return "it is a class; make it a record";
    }
}
