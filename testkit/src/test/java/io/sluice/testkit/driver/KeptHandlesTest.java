package io.sluice.testkit.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Constant;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * A thief keeps everything that a closed connection ever gave it, and tries every public method of each with every argument that could
 * help. The next client's bytes, which lie in the same blocks, come out nowhere and stay what they are. The methods are found by reflection: one
 * that is added later is tried too.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptHandlesTest {
    private static final String SECRET = "Zq9-the-next-client's-password-Zq9";

    private final Recorder plugin = new Recorder("tiny");
    private final Map<String, Object> kept = new LinkedHashMap<>();
    private final List<Buf> secrets = new ArrayList<>();
    private Stepped server;
    private Pool own;
    private int tried;
    private int refused;

    @BeforeEach
    void steal() {
        plugin.in("readable", c -> {});
        server = plugin.start();
        server.connect();
        Connection victim = plugin.last;
        Pool pool = victim.pool();
        Buf large = pool.take(2000);
        large.putAscii("what the first client sent, which may be read as long as it is here");
        Buf small = pool.take(100);
        small.putAscii("small");
        kept.put("pool", pool);
        kept.put("large", large);
        kept.put("small", small);
        kept.put("read-only view", pool.view(large, large.start(), large.last()));
        kept.put("room", pool.room(large, 500));
        // Of a pool that goes on: nothing but the epoch ends these.
        own = plugin.context.pool();
        kept.put("view of another pool", own.view(large, large.start(), large.last()));
        kept.put("small view of another pool", own.view(small, small.start(), small.last()));
        kept.put("room of another pool", own.room(large, 500));
        kept.put("constant", pool.view(Constant.of("public".getBytes(StandardCharsets.US_ASCII))));
        kept.put("file part", pool.file(file(), 0, 1000));
        kept.put("mark", pool.mark());
        Chain last = pool.link(small);
        Chain chain = pool.link(large);
        chain.next(last);
        kept.put("chain", chain);
        kept.put("link", last);
        victim.close(CloseReason.FINISHED);
        // The next client's bytes lie where the first one's were: the blocks are used again last in, first out.
        server.connect();
        for (int bytes : new int[] {100, 2000, 300, 4000}) {
            Buf secret = plugin.last.pool().take(bytes);
            while (secret.room() >= SECRET.length()) {
                secret.putAscii(SECRET);
            }
            secrets.add(secret);
        }
    }

    @AfterEach
    void close() {
        own.end();
        server.close();
    }

    private static OpenFile file() {
        return (OpenFile) Proxy.newProxyInstance(
                OpenFile.class.getClassLoader(),
                new Class<?>[] {OpenFile.class},
                (proxy, method, arguments) -> method.getName().equals("toString") ? "a file" : null);
    }

    /** What the thief may pass for a parameter. */
    private List<Object> choices(Class<?> type) {
        if (type == int.class) {
            return List.of(0, 1, 5, 100, 512, 2000, -1, Integer.MAX_VALUE);
        }
        if (type == long.class) {
            return List.of(0L, 7L, 4096L, -1L);
        }
        if (type == boolean.class) {
            return List.of(true, false);
        }
        if (type == byte.class) {
            return List.of((byte) 'x');
        }
        if (type == byte[].class) {
            return List.of(new byte[2000]);
        }
        if (type == String.class) {
            return List.of("xxxxxxxx");
        }
        if (type == ByteBuffer.class) {
            return List.of(ByteBuffer.allocate(2000));
        }
        if (type == Constant.class) {
            return List.of(Constant.of(new byte[] {'c'}));
        }
        if (type == OpenFile.class) {
            return List.of(file());
        }
        if (type == Pool.Cleanup.class) {
            return List.of((Pool.Cleanup) () -> {});
        }
        if (type == Object.class) {
            return List.of("tag");
        }
        List<Object> found = new ArrayList<>();
        kept.values().stream().filter(type::isInstance).forEach(found::add);
        if (type == Buf.class) {
            found.add(own.take(2000));
        } else if (type == Chain.class) {
            found.add(own.link(own.take(100)));
        }
        return found.isEmpty() ? fail("nothing to pass for " + type) : found;
    }

    private void tryAll(Object target, Class<?> type, String name) {
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() == Object.class) {
                continue;
            }
            Object receiver = Modifier.isStatic(method.getModifiers()) ? null : target;
            List<List<Object>> calls = List.of(List.of());
            for (Class<?> parameter : method.getParameterTypes()) {
                List<List<Object>> longer = new ArrayList<>();
                for (Object choice : choices(parameter)) {
                    for (List<Object> call : calls) {
                        List<Object> with = new ArrayList<>(call);
                        with.add(choice);
                        longer.add(with);
                    }
                }
                calls = longer;
            }
            calls.forEach(call -> tryOne(receiver, method, call, name));
        }
    }

    private void tryOne(Object receiver, Method method, List<Object> arguments, String name) {
        tried++;
        String what = name + "." + method.getName() + arguments;
        try {
            Object answer = method.invoke(receiver, arguments.toArray());
            assertClean(what, answer);
            arguments.forEach(argument -> assertClean(what, argument));
        } catch (InvocationTargetException thrown) {
            refused++;
            Throwable cause = thrown.getCause();
            assertTrue(cause instanceof RuntimeException, () -> what + " threw " + cause);
            assertFalse(String.valueOf(cause.getMessage()).contains("Zq9"), what);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(what, hidden);
        }
    }

    /** Nothing that was got or filled shows a byte of the secret. */
    private static void assertClean(String what, Object value) {
        String seen = switch (value) {
            case null -> "";
            case byte[] bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
            case ByteBuffer buffer -> new String(buffer.array(), StandardCharsets.ISO_8859_1);
            case Buf buf -> textOf(buf);
            case Chain chain -> chain == Chain.ERROR ? "" : textOf(chain.buf());
            case Byte one -> Character.toString(one);
            default -> String.valueOf(value);
        };
        assertFalse(
                seen.contains("Zq9") || seen.equals("Z") || seen.equals("q") && what.contains("get"),
                what + " shows " + seen);
    }

    private static String textOf(Buf buf) {
        try {
            return buf.inFile() ? "" : buf.text();
        } catch (RuntimeException refused) {
            return "";
        }
    }

    @Test
    void nothing_shows_the_next_clients_bytes_and_nothing_changes_them() {
        for (Map.Entry<String, Object> thing : List.copyOf(kept.entrySet())) {
            tryAll(
                    thing.getValue(),
                    thing.getValue() instanceof Pool
                            ? Pool.class
                            : thing.getValue().getClass(),
                    thing.getKey());
        }
        for (Buf secret : secrets) {
            String text = secret.text();
            assertEquals(SECRET.repeat(text.length() / SECRET.length()), text);
            assertTrue(text.length() >= SECRET.length());
        }
        assertTrue(tried > 2000, "tried " + tried);
        assertTrue(refused > tried / 4, "refused " + refused + " of " + tried);
    }

    /** A pool that has ended for good gives nothing to who kept it. */
    @Test
    void a_kept_pool_gives_no_memory() {
        Pool pool = (Pool) kept.get("pool");
        long before = server.worker().slabs().bytesInUse();
        try {
            pool.take(100);
            fail("memory was had");
        } catch (IllegalStateException told) {
            assertEquals("this pool has ended with its connection", told.getMessage());
        }
        assertEquals(before, server.worker().slabs().bytesInUse());
    }

    /** The attack above is as good as its list of methods. */
    @Test
    void the_methods_of_the_three_handles_are_known_to_the_thief() {
        assertNotNull(Arrays.stream(Buf.class.getMethods())
                .filter(method -> method.getName().equals("get"))
                .findAny());
        TreeSet<String> types = new TreeSet<>();
        for (Class<?> type : List.of(Buf.class, Chain.class, Pool.class)) {
            for (Method method : type.getMethods()) {
                Arrays.stream(method.getParameterTypes()).forEach(parameter -> types.add(parameter.getSimpleName()));
            }
        }
        assertTrue(
                types.containsAll(
                        List.of("Buf", "Chain", "Constant", "OpenFile", "ByteBuffer", "int", "long", "byte[]")),
                types.toString());
    }
}
