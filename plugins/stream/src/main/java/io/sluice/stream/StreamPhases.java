package io.sluice.stream;

import io.sluice.core.connection.Connection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a session through its phases (ngx_stream_core_run_phases). One instance per worker: the handlers of each phase in their resolved
 * order, one after the other in one array.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class StreamPhases {
    private final StreamWorker worker;
    private final StreamPhase[] phases;
    private final StreamHandler[] handlers;
    private final StreamHandler[] logHandlers;

    StreamPhases(StreamWorker worker, Map<StreamPhase, List<StreamHandler>> byPhase) {
        this.worker = worker;
        logHandlers = byPhase.getOrDefault(StreamPhase.LOG, List.of()).toArray(StreamHandler[]::new);
        int count = 0;
        for (StreamPhase phase : StreamPhase.values()) {
            count += byPhase.getOrDefault(phase, List.of()).size();
        }
        phases = new StreamPhase[count - logHandlers.length];
        handlers = new StreamHandler[phases.length];
        int i = 0;
        for (StreamPhase phase : StreamPhase.values()) {
            if (phase != StreamPhase.LOG) {
                for (StreamHandler handler : byPhase.getOrDefault(phase, List.of())) {
                    phases[i] = phase;
                    handlers[i++] = handler;
                }
            }
        }
    }

    /** From where the session is to its content handler, or to where it waits or ends. */
    void run(StreamSession session) {
        PhasePlace place = session.place;
        while (place.index < handlers.length) {
            StreamPhase phase = phases[place.index];
            if (session.state() == StreamSession.State.PREREADING && !session.preread.more(session)) {
                return;
            }
            StreamOutcome outcome = call(session, handlers[place.index], phase);
            if (outcome == null) {
                return;
            }
            if (outcome == StreamOutcome.MORE) {
                session.enter(StreamSession.State.PREREADING);
                continue;
            }
            session.enter(StreamSession.State.PHASES);
            if (phase == StreamPhase.PREREAD) {
                session.preread.settled(session);
            }
            if (!step(place, outcome)) {
                return;
            }
        }
        content(session);
    }

    /** Answers whether to go on at once. */
    private boolean step(PhasePlace place, StreamOutcome outcome) {
        switch (outcome) {
            case DECLINED -> place.index++;
            case NEXT_PHASE -> {
                StreamPhase phase = phases[place.index];
                while (place.index < phases.length && phases[place.index] == phase) {
                    place.index++;
                }
            }
            case PARKED -> {
                place.index++;
                if (!place.resumed) {
                    return false;
                }
                place.resumed = false;
            }
            case MORE, TAKEN, ENDED -> {
                return false;
            }
        }
        return true;
    }

    private void content(StreamSession session) {
        ServerConf server = session.listen().server();
        Connection c = session.connection();
        StreamHandler handler = worker.content(server);
        if (handler == null || (server.noDelay() && !c.tcpNoDelay())) {
            session.end(StreamSession.INTERNAL_ERROR);
            return;
        }
        session.place.index = handlers.length;
        StreamOutcome outcome = call(session, handler, StreamPhase.CONTENT);
        if (outcome == null) {
            return;
        }
        session.enter(StreamSession.State.TAKEN);
        if (c.readReady()) {
            // It was reported while nobody wanted it, and is not reported again.
            session.readable();
        }
    }

    /** Answers null if nothing more is to be done: the session is over. */
    private static @Nullable StreamOutcome call(StreamSession session, StreamHandler handler, StreamPhase phase) {
        PhasePlace place = session.place;
        place.inHandler = true;
        try {
            StreamOutcome outcome = handler.handle(session);
            if (session.isOver()) {
                return null;
            }
            place.inHandler = false;
            return checked(place, outcome, phase);
        } catch (Throwable failure) {
            Connection c = session.connection();
            c.report("a handler of the phase " + phase, failure);
            session.end(StreamSession.INTERNAL_ERROR);
            return null;
        }
    }

    /** What makes no sense would leave a session that nobody ever ends. */
    private static StreamOutcome checked(PhasePlace place, StreamOutcome outcome, StreamPhase phase) {
        boolean good = switch (outcome) {
            case DECLINED, NEXT_PHASE -> phase != StreamPhase.CONTENT;
            case PARKED -> phase != StreamPhase.CONTENT && (place.ticket != 0 || place.resumed);
            case MORE -> phase == StreamPhase.PREREAD;
            case TAKEN -> phase == StreamPhase.CONTENT;
            case ENDED -> false;
        };
        if (!good) {
            throw new IllegalStateException("a handler of the phase " + phase + " answered " + outcome
                    + (outcome == StreamOutcome.PARKED ? " without StreamSession.park" : ""));
        }
        return outcome;
    }

    void log(StreamSession session) {
        for (StreamHandler handler : logHandlers) {
            try {
                handler.handle(session);
            } catch (Throwable failure) {
                Connection c = session.connection();
                c.report("a log handler", failure);
            }
        }
    }
}
