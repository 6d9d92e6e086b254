# What the examples' run scripts share: source it with $here set. Finds the JDK, builds what is missing into $work, and
# ends what was started ($pids), whatever happens. shellcheck shell=bash
set -euo pipefail

root=$(cd "$here/../.." && pwd)
jar=$root/agent/target/hitless-agent.jar
work=$here/target
me=$(basename "$here")
pids=()

fail() { echo "$me: $*" >&2; exit 1; }
maven() { mvn -B -q -ntp "$@" >"$work/maven.log" 2>&1 || { cat "$work/maven.log" >&2; fail "mvn $* failed"; }; }
setting() { "$java" -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$1 = //p"; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "no java found; install a JDK, 17 or newer"
command -v mvn >/dev/null || fail "no mvn found; install Maven"
home=$(setting java.home)
feature=$(setting java.specification.version)
[ "${feature%%.*}" -ge 17 ] || fail "$home is Java $feature; set JAVA_HOME to a JDK, 17 or newer"
[ -x "$home/bin/javac" ] || fail "$home is no JDK: it has no javac"
keytool_inside=(--add-exports java.base/sun.security.tools.keytool=ALL-UNNAMED)

# The agent's jar, and the classes of the client that watches.
build() {
  mkdir -p "$work"
  if [ ! -f "$jar" ]; then
    echo "Building agent/target/hitless-agent.jar (once) …"
    (cd "$root" && maven -pl core,agent -am package -Dmaven.test.skip -Dspotless.check.skip)
  fi
  "$home/bin/javac" -XDignore.symbol.file "${keytool_inside[@]}" -d "$work/classes" "$root"/examples/demo/src/demo/*.java
}

# Sets port to the first one from $1 on that is free.
free_port() {
  port=$1
  while (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
}

# Runs a class of the demo's; its exit code is the result.
watched() {
  local colour=false result=0
  if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then colour=true; fi
  "$home/bin/java" -Ddemo.colour=$colour -cp "$work/classes" "$@" &
  pids+=($!)
  wait $! || result=$?
  return $result
}

end() {
  trap - EXIT
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  pids=()
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
