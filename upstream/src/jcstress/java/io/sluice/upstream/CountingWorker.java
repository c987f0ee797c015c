package io.sluice.upstream;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerService;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A worker that is given tasks and runs none, with timers that never end. */
final class CountingWorker implements InvocationHandler {
    private static final Timer NEVER = proxy(Timer.class, (_, _, _) -> null);
    private static final TimerService TIMERS = (_, _) -> NEVER;

    final WorkerContext context = proxy(WorkerContext.class, this);

    /** Written by the one actor that wakes. */
    int tasks;

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        if (method.getName().equals("execute")) {
            tasks++;
            return null;
        }
        if (method.getName().equals("timers")) {
            return TIMERS;
        }
        throw new UnsupportedOperationException(method.getName());
    }
}
