# Read by the scripts beside it: find_jdk prints the home of a JDK that is new enough.

needed=25

# Answers whether $1 is the home of a JDK that is new enough. Reads its release file: starting each would take seconds.
is_new_enough() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/jcmd" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -ge "$needed" ]
}

find_jdk() {
    on_path=$(command -v java || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
        on_path=${on_path%/bin/java}
    fi
    for jdk in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* "${HOME:-}"/.sdkman/candidates/java/*; do
        if is_new_enough "$jdk"; then
            echo "$jdk"
            return
        fi
    done
    echo "bench: no JDK $needed or newer; set JAVA_HOME to one" >&2
    return 1
}

