# What the commands here share: builds the benchmarks where that is needed, then starts one.

root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/benchmarks/target

# Prints a source that is newer than what was built; nothing when there is none.
newer() {
  if [ ! -f "$target/built" ]; then
    echo "$root/pom.xml"
  else
    find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$target/built" | head -n 1
  fi
}

build() {
  rm -rf "$target/lib" # Libraries of an earlier version would stay.
  mkdir -p "$target"
  : >"$target/started"
  "$root/mvnw" -q -B -f "$root/pom.xml" -pl benchmarks -am package -Dmaven.test.skip=true \
    -Dspotless.check.skip=true >&2
  mv "$target/started" "$target/built"
}

# Becomes a Java program with the options of the relive launcher; its class comes first. Logs go to
# the build's directory: /tmp is no disk on many machines.
exec_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  if ! command -v "$java" >/dev/null; then
    echo "The benchmarks need a JDK 17 or newer, and there is no $java; set JAVA_HOME." >&2
    exit 1
  fi
  if [ -n "$(newer)" ]; then
    echo 'Building the benchmarks.' >&2
    build
  fi
  mkdir -p "$target/tmp"
  exec "$java" -Xmx2g -XX:+UseParallelGC -Djava.io.tmpdir="$target/tmp" \
    -Dai.djl.offline=true -DOPT_OUT_TRACKING=true -Dslf4j.internal.verbosity=ERROR \
    -cp "$target/benchmarks-0.1.0-SNAPSHOT.jar:$target/lib/*" "$@"
}
