package io.sluice.core.plugin;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Here;
import io.sluice.core.config.Range;
import io.sluice.core.config.Section;
import io.sluice.core.config.Shorthand;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.SocketType;
import java.util.Optional;

/** One entry of a {@code listen} list as it stands in the configuration. What is absent is the default of {@link ListenOptions}. */
record ListenFields(
        @Here Section here,
        @Shorthand String address,
        Optional<Boolean> udp,
        @Range(min = 1, max = 65_535) Optional<Integer> backlog,
        @Range(min = 1, max = 1 << 30) Optional<Bytes> rcvbuf,
        @Range(min = 1, max = 1 << 30) Optional<Bytes> sndbuf,
        Optional<KeepaliveSetting> soKeepalive,
        Optional<Boolean> ipv6only,
        Optional<Boolean> reuseport,
        Optional<Boolean> deferred,
        @Range(min = 1, max = 65_535) Optional<Integer> fastopen,
        @Range(min = 1, max = 1 << 30) Optional<Bytes> sndlowat,
        @Range(min = 1, max = 1 << 30) Optional<Bytes> notsentLowat,
        Optional<String> mode,
        @Range(min = 256, max = 65_536) Optional<Bytes> poolSize) {
    private static final int PERMISSIONS = 0777;

    ListenFields {
        mode.ifPresent(ListenFields::octal);
    }

    ListenOptions options() {
        ListenOptions none = ListenOptions.DEFAULT;
        return none.with()
                .socketType(isUdp() ? SocketType.DATAGRAM : none.socketType())
                .backlog(backlog.orElse(none.backlog()))
                .receiveBuffer(count(rcvbuf, none.receiveBufferBytes()))
                .sendBuffer(count(sndbuf, none.sendBufferBytes()))
                .keepalive(soKeepalive.map(KeepaliveSetting::probing).orElse(none.keepalive()))
                .ipv6Only(ipv6only.orElse(none.ipv6Only()))
                .reusePort(reuseport.orElse(isUdp() && !address.startsWith("unix:")))
                .deferred(deferred.orElse(none.deferred()))
                .fastOpen(fastopen.orElse(none.fastOpen()))
                .sendLowat(count(sndlowat, none.sendLowatBytes()))
                .notSentLowat(count(notsentLowat, none.notSentLowatBytes()))
                .fileMode(mode.map(ListenFields::octal).orElse(none.fileMode()))
                .pool(count(poolSize, none.poolBytes()))
                .build();
    }

    boolean isUdp() {
        return udp.orElse(false);
    }

    private static int count(Optional<Bytes> bytes, int none) {
        return bytes.map(value -> Math.toIntExact(value.count())).orElse(none);
    }

    private static int octal(String text) {
        boolean isOctal = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '7');
        int bits = isOctal ? Integer.parseInt(text, 8) : -1;
        if (bits < 0 || bits > PERMISSIONS) {
            throw new IllegalArgumentException("mode must be octal, as 660, is \"" + text + "\"");
        }
        return bits;
    }
}
